"""first tables."""

import sqlalchemy as sa
from alembic import op

from portail_app.models.columns import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "billingrun",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("period_starts_on", sa.Date(), nullable=False),
        sa.Column("period_ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("issued_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billingrun")),
        sa.UniqueConstraint("label", name=op.f("uq_billingrun_label")),
    )
    op.create_table(
        "canteenmenu",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("dishes", sa.String(length=1000), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canteenmenu")),
        sa.UniqueConstraint("on", name=op.f("uq_canteenmenu_on")),
    )
    op.create_table(
        "family",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=400), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("city", sa.String(length=120), nullable=False),
        sa.Column(
            "allowance_scheme",
            sa.Enum(
                "caf", "msa", "autre", name="allowancescheme", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("allowance_number", sa.String(length=30), nullable=False),
        sa.Column("quotient_familial", sa.Integer(), nullable=True),
        sa.Column("tax_reference", sa.String(length=30), nullable=False),
        sa.Column("tax_household_count", sa.Integer(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("quotient_familial >= 0", name="family_quotient_not_negative"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family")),
        sa.UniqueConstraint("number", name=op.f("uq_family_number")),
    )
    op.create_table(
        "guardian",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("civility", sa.String(length=10), nullable=False),
        sa.Column("first_name", sa.String(length=120), nullable=False),
        sa.Column("last_name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("home_phone", sa.String(length=30), nullable=False),
        sa.Column("mobile_phone", sa.String(length=30), nullable=False),
        sa.Column("address", sa.String(length=400), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("city", sa.String(length=120), nullable=False),
        sa.Column("profession", sa.String(length=120), nullable=False),
        sa.Column("employer", sa.String(length=160), nullable=False),
        sa.Column("employer_address", sa.String(length=400), nullable=False),
        sa.Column("employer_phone", sa.String(length=30), nullable=False),
        sa.Column("sms_allowed", sa.Boolean(), nullable=False),
        sa.Column("email_allowed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardian")),
    )
    op.create_table(
        "municipality",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=400), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("website", sa.String(length=200), nullable=False),
        sa.Column("accent_colour", sa.String(length=7), nullable=False),
        sa.Column("issuer_name", sa.String(length=160), nullable=False),
        sa.Column("issuer_quality", sa.String(length=160), nullable=False),
        sa.Column("welcome_title", sa.String(length=120), nullable=False),
        sa.Column("welcome_message", sa.String(length=4000), nullable=False),
        sa.Column("infos_message", sa.String(length=4000), nullable=False),
        sa.Column("infos_link", sa.String(length=400), nullable=False),
        sa.Column("means_of_payment", sa.String(length=1000), nullable=False),
        sa.Column("budget_line", sa.String(length=80), nullable=False),
        sa.CheckConstraint("id = 1", name="municipality_single"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
    )
    op.create_table(
        "numberseries",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_numberseries")),
    )
    op.create_table(
        "outgoingemail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("next_attempt_at", Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("last_error", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoingemail")),
    )
    with op.batch_alter_table("outgoingemail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outgoingemail_next_attempt_at"), ["next_attempt_at"], unique=False)

    op.create_table(
        "publisheddocument",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("stored_name", sa.String(length=80), nullable=False),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("published_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publisheddocument")),
        sa.UniqueConstraint("stored_name", name=op.f("uq_publisheddocument_stored_name")),
    )
    op.create_table(
        "school",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("zone", sa.String(length=1), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
        sa.UniqueConstraint("name", name=op.f("uq_school_name")),
    )
    op.create_table(
        "schoolvacation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=1), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name="school_vacation_order"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schoolvacation")),
        sa.UniqueConstraint("zone", "starts_on", name="school_vacation_once"),
    )
    with op.batch_alter_table("schoolvacation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_schoolvacation_starts_on"), ["starts_on"], unique=False)

    op.create_table(
        "service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "nature",
            sa.Enum(
                "garde",
                "repas",
                "activite",
                "autre",
                name="servicenature",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("weekdays", sa.String(length=7), nullable=False),
        sa.Column("open_in_vacations", sa.Boolean(), nullable=False),
        sa.Column("booking_deadline", sa.String(length=40), nullable=False),
        sa.Column("absence_deadline", sa.String(length=40), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("capacity IS NULL OR capacity >= 0", name="service_capacity_not_negative"),
        sa.CheckConstraint("length(weekdays) = 7", name="service_weekdays_seven"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
        sa.UniqueConstraint("code", name=op.f("uq_service_code")),
    )
    op.create_table(
        "signinthrottle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failure_at", Instant(), nullable=False),
        sa.Column("blocked_until", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signinthrottle")),
        sa.UniqueConstraint("key", name=op.f("uq_signinthrottle_key")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identifier", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.String(length=80), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "parent",
                "agent",
                "animateur",
                "regisseur",
                "administrateur",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("display_name", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("first_password_until", Instant(), nullable=True),
        sa.Column("suspended_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("last_sign_in_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["guardian.id"], name=op.f("fk_account_guardian_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("identifier", name=op.f("uq_account_identifier")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_guardian_id"), ["guardian_id"], unique=False)

    op.create_table(
        "classroom",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_classroom_school_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_classroom")),
        sa.UniqueConstraint("school_id", "name", name="classroom_once"),
    )
    with op.batch_alter_table("classroom", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_classroom_school_id"), ["school_id"], unique=False)

    op.create_table(
        "closedday",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("is_public_holiday", sa.Boolean(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_closedday_service_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closedday")),
        sa.UniqueConstraint("on", "service_id", name="closed_day_once"),
    )
    with op.batch_alter_table("closedday", schema=None) as batch_op:
        batch_op.create_index(
            "closed_day_for_all_once",
            ["on"],
            unique=True,
            sqlite_where=sa.text("service_id IS NULL"),
            postgresql_where=sa.text("service_id IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_closedday_on"), ["on"], unique=False)
        batch_op.create_index(batch_op.f("ix_closedday_service_id"), ["service_id"], unique=False)

    op.create_table(
        "familyguardian",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "responsable", "conjoint", name="guardianrole", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("is_payer", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["family_id"], ["family.id"], name=op.f("fk_familyguardian_family_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["guardian.id"], name=op.f("fk_familyguardian_guardian_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_familyguardian")),
        sa.UniqueConstraint("family_id", "guardian_id", name="family_guardian_once"),
    )
    with op.batch_alter_table("familyguardian", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_familyguardian_family_id"), ["family_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_familyguardian_guardian_id"), ["guardian_id"], unique=False)

    op.create_table(
        "invoice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("payer_id", sa.Integer(), nullable=True),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("debtor_name", sa.String(length=200), nullable=False),
        sa.Column("debtor_address", sa.String(length=600), nullable=False),
        sa.Column("quotient_familial", sa.Integer(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("total_cents", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("due_on >= issued_on", name="invoice_due_after_issue"),
        sa.CheckConstraint("total_cents >= 0", name="invoice_total_not_negative"),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name=op.f("fk_invoice_family_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["payer_id"], ["guardian.id"], name=op.f("fk_invoice_payer_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["run_id"], ["billingrun.id"], name=op.f("fk_invoice_run_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sa.UniqueConstraint("number", name=op.f("uq_invoice_number")),
    )
    with op.batch_alter_table("invoice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invoice_family_id"), ["family_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invoice_issued_on"), ["issued_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_invoice_payer_id"), ["payer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invoice_run_id"), ["run_id"], unique=False)

    op.create_table(
        "mandate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=35), nullable=False),
        sa.Column("holder", sa.String(length=160), nullable=False),
        sa.Column("iban_encrypted", sa.String(length=400), nullable=False),
        sa.Column("iban_last4", sa.String(length=4), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name=op.f("fk_mandate_family_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
        sa.UniqueConstraint("reference", name=op.f("uq_mandate_reference")),
    )
    with op.batch_alter_table("mandate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mandate_family_id"), ["family_id"], unique=False)

    op.create_table(
        "tariffgrid",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("voted_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_tariffgrid_service_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tariffgrid")),
        sa.UniqueConstraint("service_id", "valid_from", name="tariff_grid_once"),
    )
    with op.batch_alter_table("tariffgrid", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tariffgrid_service_id"), ["service_id"], unique=False)

    op.create_table(
        "thread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=160), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name=op.f("fk_thread_family_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
    )
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thread_family_id"), ["family_id"], unique=False)

    op.create_table(
        "authsession",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("last_seen_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_authsession_account_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authsession")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_authsession_token_hash")),
    )
    with op.batch_alter_table("authsession", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_authsession_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_authsession_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "child",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.String(length=120), nullable=False),
        sa.Column("last_name", sa.String(length=120), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("classroom_id", sa.Integer(), nullable=True),
        sa.Column("glasses", sa.String(length=200), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["classroom_id"], ["classroom.id"], name=op.f("fk_child_classroom_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child")),
    )
    with op.batch_alter_table("child", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_child_classroom_id"), ["classroom_id"], unique=False)

    op.create_table(
        "creditnote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name="credit_note_positive"),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_creditnote_invoice_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_creditnote")),
        sa.UniqueConstraint("number", name=op.f("uq_creditnote_number")),
    )
    with op.batch_alter_table("creditnote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_creditnote_invoice_id"), ["invoice_id"], unique=False)

    op.create_table(
        "journalentry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=True),
        sa.Column("family_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_journalentry_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["family_id"], ["family.id"], name=op.f("fk_journalentry_family_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journalentry")),
    )
    with op.batch_alter_table("journalentry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journalentry_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_journalentry_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_journalentry_family_id"), ["family_id"], unique=False)

    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("from_staff", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(length=8000), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("read_at", Instant(), nullable=True),
        sa.Column("deleted_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_message_author_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_message_thread_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "passwordreset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_passwordreset_account_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passwordreset")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_passwordreset_token_hash")),
    )
    with op.batch_alter_table("passwordreset", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passwordreset_account_id"), ["account_id"], unique=False)

    op.create_table(
        "paymentattempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=30), nullable=False),
        sa.Column("operation_id", sa.String(length=40), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("receipt_email", sa.String(length=254), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "creee",
                "en_cours",
                "payee",
                "refusee",
                "abandonnee",
                "expiree",
                "anomalie",
                name="attemptstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("checked_at", Instant(), nullable=True),
        sa.CheckConstraint("amount_cents > 0", name="payment_attempt_positive"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_paymentattempt_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_paymentattempt_invoice_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paymentattempt")),
        sa.UniqueConstraint("operation_id", name=op.f("uq_paymentattempt_operation_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_paymentattempt_reference")),
    )
    with op.batch_alter_table("paymentattempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paymentattempt_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paymentattempt_invoice_id"), ["invoice_id"], unique=False)

    op.create_table(
        "tariffband",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("quotient_minimum", sa.Integer(), nullable=False),
        sa.Column("quotient_maximum", sa.Integer(), nullable=True),
        sa.Column("unit_price_cents", sa.Integer(), nullable=False),
        sa.Column("effort_rate", sa.Numeric(precision=8, scale=6), nullable=True),
        sa.CheckConstraint("unit_price_cents >= 0", name="tariff_band_price_not_negative"),
        sa.ForeignKeyConstraint(
            ["grid_id"], ["tariffgrid.id"], name=op.f("fk_tariffband_grid_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tariffband")),
        sa.UniqueConstraint("grid_id", "quotient_minimum", name="tariff_band_once"),
    )
    with op.batch_alter_table("tariffband", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tariffband_grid_id"), ["grid_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_attendance_child_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["account.id"], name=op.f("fk_attendance_recorded_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_attendance_service_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("child_id", "service_id", "on", name="attendance_once"),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index("attendance_by_day", ["service_id", "on"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_recorded_by_id"), ["recorded_by_id"], unique=False)

    op.create_table(
        "childauthorisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("given_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_childauthorisation_child_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_childauthorisation")),
        sa.UniqueConstraint("child_id", "kind", name="child_authorisation_once"),
    )
    with op.batch_alter_table("childauthorisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_childauthorisation_child_id"), ["child_id"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name="enrolment_order"),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_enrolment_child_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_enrolment_service_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("child_id", "service_id", "starts_on", name="enrolment_once"),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enrolment_child_id"), ["child_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_enrolment_service_id"), ["service_id"], unique=False)

    op.create_table(
        "familychild",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("custody", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_familychild_child_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["family_id"], ["family.id"], name=op.f("fk_familychild_family_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_familychild")),
        sa.UniqueConstraint("family_id", "child_id", name="family_child_once"),
    )
    with op.batch_alter_table("familychild", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_familychild_child_id"), ["child_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_familychild_family_id"), ["family_id"], unique=False)

    op.create_table(
        "familyrequest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "reservation",
                "absence",
                "responsable",
                "conjoint",
                "adresse",
                "telephone",
                "courriel",
                "profession",
                "autorisations_contact",
                "fiscales",
                "prelevement",
                "enfant",
                "informations",
                "autorisations",
                "donnees_sanitaires",
                "personnes_autorisees",
                "lunettes",
                name="requestkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "pending",
                "accepted",
                "refused",
                "withdrawn",
                name="requeststatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=True),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("pending_key", sa.String(length=80), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("entered_by_staff", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_familyrequest_author_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_familyrequest_child_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_familyrequest_decided_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["family_id"], ["family.id"], name=op.f("fk_familyrequest_family_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_familyrequest_service_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_familyrequest")),
        sa.UniqueConstraint("number", name=op.f("uq_familyrequest_number")),
        sa.UniqueConstraint("pending_key", name=op.f("uq_familyrequest_pending_key")),
    )
    with op.batch_alter_table("familyrequest", schema=None) as batch_op:
        batch_op.create_index("familyrequest_by_day", ["child_id", "on"], unique=False)
        batch_op.create_index(batch_op.f("ix_familyrequest_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_familyrequest_child_id"), ["child_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_familyrequest_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_familyrequest_decided_by_id"), ["decided_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_familyrequest_family_id"), ["family_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_familyrequest_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_familyrequest_service_id"), ["service_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_familyrequest_status"), ["status"], unique=False)

    op.create_table(
        "healthrecord",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("allergies", sa.String(length=1000), nullable=False),
        sa.Column("has_pai", sa.Boolean(), nullable=False),
        sa.Column("diet", sa.String(length=200), nullable=False),
        sa.Column("doctor_name", sa.String(length=160), nullable=False),
        sa.Column("doctor_phone", sa.String(length=30), nullable=False),
        sa.Column("vaccinations", sa.String(length=1000), nullable=False),
        sa.Column("vaccinations_valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_healthrecord_child_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_healthrecord")),
        sa.UniqueConstraint("child_id", name=op.f("uq_healthrecord_child_id")),
    )
    op.create_table(
        "invoiceline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=True),
        sa.Column("child_name", sa.String(length=240), nullable=False),
        sa.Column("service_name", sa.String(length=80), nullable=False),
        sa.Column(
            "nature",
            sa.Enum(
                "garde",
                "repas",
                "activite",
                "autre",
                name="servicenature",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("period", sa.String(length=80), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=8, scale=2), nullable=False),
        sa.Column("unit_price_cents", sa.Integer(), nullable=False),
        sa.Column("quotient_bracket", sa.String(length=80), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity > 0", name="invoice_line_quantity_positive"),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_invoiceline_child_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_invoiceline_invoice_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoiceline")),
        sa.UniqueConstraint("invoice_id", "position", name="invoice_line_once"),
    )
    with op.batch_alter_table("invoiceline", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invoiceline_child_id"), ["child_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invoiceline_invoice_id"), ["invoice_id"], unique=False)

    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=True),
        sa.Column("receipt_number", sa.String(length=20), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "card",
                "direct_debit",
                "transfer",
                "cheque",
                "cash",
                "cesu",
                name="paymentmethod",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name="payment_positive"),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["paymentattempt.id"], name=op.f("fk_payment_attempt_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name=op.f("fk_payment_family_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["account.id"], name=op.f("fk_payment_recorded_by_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_payment_attempt_id")),
        sa.UniqueConstraint("receipt_number", name=op.f("uq_payment_receipt_number")),
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_family_id"), ["family_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_recorded_by_id"), ["recorded_by_id"], unique=False)

    op.create_table(
        "pickupcontact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.String(length=120), nullable=False),
        sa.Column("last_name", sa.String(length=120), nullable=False),
        sa.Column("relationship", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_pickupcontact_child_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pickupcontact")),
    )
    with op.batch_alter_table("pickupcontact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pickupcontact_child_id"), ["child_id"], unique=False)

    op.create_table(
        "allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name="allocation_positive"),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_allocation_invoice_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_allocation_payment_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
        sa.UniqueConstraint("payment_id", "invoice_id", name="allocation_once"),
    )
    with op.batch_alter_table("allocation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allocation_invoice_id"), ["invoice_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_allocation_payment_id"), ["payment_id"], unique=False)

    op.create_table(
        "booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("booked", "cancelled", name="bookingstatus", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_booking_child_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name=op.f("fk_booking_family_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["familyrequest.id"], name=op.f("fk_booking_request_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_booking_service_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint("child_id", "service_id", "on", name="booking_once"),
    )
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.create_index("booking_by_day", ["service_id", "on"], unique=False)
        batch_op.create_index(batch_op.f("ix_booking_family_id"), ["family_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_booking_request_id"), ["request_id"], unique=False)

    op.create_table(
        "requestevent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "pending",
                "accepted",
                "refused",
                "withdrawn",
                name="requeststatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_requestevent_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["familyrequest.id"], name=op.f("fk_requestevent_request_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requestevent")),
    )
    with op.batch_alter_table("requestevent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_requestevent_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_requestevent_request_id"), ["request_id"], unique=False)

    op.create_table(
        "supportingdocument",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("stored_name", sa.String(length=80), nullable=False),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("size_bytes > 0", name="supporting_document_not_empty"),
        sa.ForeignKeyConstraint(
            ["family_id"], ["family.id"], name=op.f("fk_supportingdocument_family_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["familyrequest.id"], name=op.f("fk_supportingdocument_request_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["account.id"], name=op.f("fk_supportingdocument_uploaded_by_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supportingdocument")),
        sa.UniqueConstraint("stored_name", name=op.f("uq_supportingdocument_stored_name")),
    )
    with op.batch_alter_table("supportingdocument", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supportingdocument_family_id"), ["family_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_supportingdocument_request_id"), ["request_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_supportingdocument_uploaded_by_id"), ["uploaded_by_id"], unique=False)

    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "medical",
                "family",
                "school_trip",
                "teacher_absent",
                "other",
                name="absencereason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("excused", sa.Boolean(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_absence_booking_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["familyrequest.id"], name=op.f("fk_absence_request_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
        sa.UniqueConstraint("booking_id", name=op.f("uq_absence_booking_id")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_request_id"), ["request_id"], unique=False)

    _freeze_issued_invoices()


def _freeze_issued_invoices() -> None:
    """Let the database itself refuse to change or delete an issued invoice; a credit note corrects it."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:
        op.execute(
            "CREATE FUNCTION refuse_frozen() RETURNS trigger AS $$ "
            "BEGIN RAISE EXCEPTION 'issued invoices never change'; END; $$ LANGUAGE plpgsql"
        )
    for table in ("invoice", "invoiceline", "creditnote"):
        for act in ("update", "delete"):
            name = f"{table}_refuses_{act}"
            if postgresql:
                op.execute(
                    f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION refuse_frozen()"
                )
            else:
                op.execute(
                    f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'issued invoices never change'); END"
                )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_frozen() CASCADE")
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absence_request_id"))

    op.drop_table("absence")
    with op.batch_alter_table("supportingdocument", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supportingdocument_uploaded_by_id"))
        batch_op.drop_index(batch_op.f("ix_supportingdocument_request_id"))
        batch_op.drop_index(batch_op.f("ix_supportingdocument_family_id"))

    op.drop_table("supportingdocument")
    with op.batch_alter_table("requestevent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_requestevent_request_id"))
        batch_op.drop_index(batch_op.f("ix_requestevent_account_id"))

    op.drop_table("requestevent")
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_booking_request_id"))
        batch_op.drop_index(batch_op.f("ix_booking_family_id"))
        batch_op.drop_index("booking_by_day")

    op.drop_table("booking")
    with op.batch_alter_table("allocation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_allocation_payment_id"))
        batch_op.drop_index(batch_op.f("ix_allocation_invoice_id"))

    op.drop_table("allocation")
    with op.batch_alter_table("pickupcontact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pickupcontact_child_id"))

    op.drop_table("pickupcontact")
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_recorded_by_id"))
        batch_op.drop_index(batch_op.f("ix_payment_family_id"))

    op.drop_table("payment")
    with op.batch_alter_table("invoiceline", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invoiceline_invoice_id"))
        batch_op.drop_index(batch_op.f("ix_invoiceline_child_id"))

    op.drop_table("invoiceline")
    op.drop_table("healthrecord")
    with op.batch_alter_table("familyrequest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_familyrequest_status"))
        batch_op.drop_index(batch_op.f("ix_familyrequest_service_id"))
        batch_op.drop_index(batch_op.f("ix_familyrequest_kind"))
        batch_op.drop_index(batch_op.f("ix_familyrequest_family_id"))
        batch_op.drop_index(batch_op.f("ix_familyrequest_decided_by_id"))
        batch_op.drop_index(batch_op.f("ix_familyrequest_created_at"))
        batch_op.drop_index(batch_op.f("ix_familyrequest_child_id"))
        batch_op.drop_index(batch_op.f("ix_familyrequest_author_id"))
        batch_op.drop_index("familyrequest_by_day")

    op.drop_table("familyrequest")
    with op.batch_alter_table("familychild", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_familychild_family_id"))
        batch_op.drop_index(batch_op.f("ix_familychild_child_id"))

    op.drop_table("familychild")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enrolment_service_id"))
        batch_op.drop_index(batch_op.f("ix_enrolment_child_id"))

    op.drop_table("enrolment")
    with op.batch_alter_table("childauthorisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_childauthorisation_child_id"))

    op.drop_table("childauthorisation")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_recorded_by_id"))
        batch_op.drop_index("attendance_by_day")

    op.drop_table("attendance")
    with op.batch_alter_table("tariffband", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tariffband_grid_id"))

    op.drop_table("tariffband")
    with op.batch_alter_table("paymentattempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paymentattempt_invoice_id"))
        batch_op.drop_index(batch_op.f("ix_paymentattempt_account_id"))

    op.drop_table("paymentattempt")
    with op.batch_alter_table("passwordreset", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passwordreset_account_id"))

    op.drop_table("passwordreset")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_thread_id"))
        batch_op.drop_index(batch_op.f("ix_message_author_id"))

    op.drop_table("message")
    with op.batch_alter_table("journalentry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journalentry_family_id"))
        batch_op.drop_index(batch_op.f("ix_journalentry_at"))
        batch_op.drop_index(batch_op.f("ix_journalentry_account_id"))

    op.drop_table("journalentry")
    with op.batch_alter_table("creditnote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_creditnote_invoice_id"))

    op.drop_table("creditnote")
    with op.batch_alter_table("child", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_child_classroom_id"))

    op.drop_table("child")
    with op.batch_alter_table("authsession", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_authsession_expires_at"))
        batch_op.drop_index(batch_op.f("ix_authsession_account_id"))

    op.drop_table("authsession")
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_thread_family_id"))

    op.drop_table("thread")
    with op.batch_alter_table("tariffgrid", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tariffgrid_service_id"))

    op.drop_table("tariffgrid")
    with op.batch_alter_table("mandate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mandate_family_id"))

    op.drop_table("mandate")
    with op.batch_alter_table("invoice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invoice_run_id"))
        batch_op.drop_index(batch_op.f("ix_invoice_payer_id"))
        batch_op.drop_index(batch_op.f("ix_invoice_issued_on"))
        batch_op.drop_index(batch_op.f("ix_invoice_family_id"))

    op.drop_table("invoice")
    with op.batch_alter_table("familyguardian", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_familyguardian_guardian_id"))
        batch_op.drop_index(batch_op.f("ix_familyguardian_family_id"))

    op.drop_table("familyguardian")
    with op.batch_alter_table("closedday", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_closedday_service_id"))
        batch_op.drop_index(batch_op.f("ix_closedday_on"))
        batch_op.drop_index(
            "closed_day_for_all_once",
            sqlite_where=sa.text("service_id IS NULL"),
            postgresql_where=sa.text("service_id IS NULL"),
        )

    op.drop_table("closedday")
    with op.batch_alter_table("classroom", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_classroom_school_id"))

    op.drop_table("classroom")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_guardian_id"))

    op.drop_table("account")
    op.drop_table("signinthrottle")
    op.drop_table("service")
    with op.batch_alter_table("schoolvacation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_schoolvacation_starts_on"))

    op.drop_table("schoolvacation")
    op.drop_table("school")
    op.drop_table("publisheddocument")
    with op.batch_alter_table("outgoingemail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outgoingemail_next_attempt_at"))

    op.drop_table("outgoingemail")
    op.drop_table("numberseries")
    op.drop_table("municipality")
    op.drop_table("guardian")
    op.drop_table("family")
    op.drop_table("canteenmenu")
    op.drop_table("billingrun")
