"""Invoices, payments and what is needed to collect them; amounts are integer cents.

What can be computed (paid, balance, overdue) is not stored. An issued invoice never changes: triggers refuse it
(see the first migration); it is corrected by a credit note.
"""

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portail_app.models.columns import Instant, reference, status
from portail_app.rules.kinds import AttemptStatus, ServiceNature
from portail_app.rules.statuses import PaymentMethod


class BillingRun(SQLModel, table=True):
    """« campagne de facturation » of one period."""

    id: int | None = Field(default=None, primary_key=True)
    label: str = Field(max_length=80, unique=True)
    period_starts_on: date
    period_ends_on: date
    created_at: datetime = Field(sa_type=Instant)
    issued_at: datetime | None = Field(default=None, sa_type=Instant)


class Invoice(SQLModel, table=True):
    """« facture » issued to one payer; who owes and where they live are copied, so that it never changes."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=20, unique=True)
    run_id: int | None = Field(default=None, sa_column=reference("billingrun", nullable=True))
    family_id: int = Field(sa_column=reference("family"))
    # The adult who owes it; the other parent of the family does not see it when this is set.
    payer_id: int | None = Field(default=None, sa_column=reference("guardian", nullable=True))
    label: str = Field(max_length=120)
    debtor_name: str = Field(max_length=200)
    debtor_address: str = Field(max_length=600)
    quotient_familial: int | None = Field(default=None)
    issued_on: date = Field(index=True)
    due_on: date
    total_cents: int
    created_at: datetime = Field(sa_type=Instant)

    __table_args__ = (
        sa.CheckConstraint("total_cents >= 0", name="invoice_total_not_negative"),
        sa.CheckConstraint("due_on >= issued_on", name="invoice_due_after_issue"),
    )


class InvoiceLine(SQLModel, table=True):
    """« ligne de facture » with its bases of calculation, in words that outlive the catalogue."""

    id: int | None = Field(default=None, primary_key=True)
    invoice_id: int = Field(sa_column=reference("invoice"))
    position: int
    child_id: int | None = Field(default=None, sa_column=reference("child", nullable=True))
    child_name: str = Field(max_length=240)
    service_name: str = Field(max_length=80)
    nature: ServiceNature = Field(sa_type=status(ServiceNature))
    period: str = Field(default="", max_length=80)
    quantity: Decimal = Field(max_digits=8, decimal_places=2)
    unit_price_cents: int
    quotient_bracket: str = Field(default="", max_length=80)
    amount_cents: int

    __table_args__ = (
        sa.UniqueConstraint("invoice_id", "position", name="invoice_line_once"),
        sa.CheckConstraint("quantity > 0", name="invoice_line_quantity_positive"),
    )


class CreditNote(SQLModel, table=True):
    """« avoir »: the only way to correct an issued invoice."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=20, unique=True)
    invoice_id: int = Field(sa_column=reference("invoice"))
    issued_on: date
    reason: str = Field(max_length=400)
    amount_cents: int

    __table_args__ = (sa.CheckConstraint("amount_cents > 0", name="credit_note_positive"),)


class PaymentAttempt(SQLModel, table=True):
    """« tentative de paiement » at the payment partner, whose answer alone credits the invoice."""

    id: int | None = Field(default=None, primary_key=True)
    invoice_id: int = Field(sa_column=reference("invoice"))
    account_id: int = Field(sa_column=reference("account"))
    reference: str = Field(max_length=30, unique=True)
    operation_id: str | None = Field(default=None, max_length=40, unique=True)
    amount_cents: int
    receipt_email: str = Field(max_length=254)
    status: AttemptStatus = Field(sa_type=status(AttemptStatus))
    created_at: datetime = Field(sa_type=Instant)
    checked_at: datetime | None = Field(default=None, sa_type=Instant)

    __table_args__ = (sa.CheckConstraint("amount_cents > 0", name="payment_attempt_positive"),)


class Payment(SQLModel, table=True):
    """« règlement » with its receipt number; at most one per attempt."""

    id: int | None = Field(default=None, primary_key=True)
    family_id: int = Field(sa_column=reference("family"))
    attempt_id: int | None = Field(default=None, sa_column=reference("paymentattempt", nullable=True, unique=True))
    receipt_number: str = Field(max_length=20, unique=True)
    method: PaymentMethod = Field(sa_type=status(PaymentMethod))
    amount_cents: int
    paid_on: date
    recorded_by_id: int | None = Field(default=None, sa_column=reference("account", nullable=True))
    created_at: datetime = Field(sa_type=Instant)

    __table_args__ = (sa.CheckConstraint("amount_cents > 0", name="payment_positive"),)


class Allocation(SQLModel, table=True):
    """« ventilation » of a payment over invoices."""

    id: int | None = Field(default=None, primary_key=True)
    payment_id: int = Field(sa_column=reference("payment"))
    invoice_id: int = Field(sa_column=reference("invoice"))
    amount_cents: int

    __table_args__ = (
        sa.UniqueConstraint("payment_id", "invoice_id", name="allocation_once"),
        sa.CheckConstraint("amount_cents > 0", name="allocation_positive"),
    )


class Mandate(SQLModel, table=True):
    """« mandat de prélèvement »; the IBAN is stored encrypted, only its last digits are shown."""

    id: int | None = Field(default=None, primary_key=True)
    family_id: int = Field(sa_column=reference("family"))
    reference: str = Field(max_length=35, unique=True)
    holder: str = Field(max_length=160)
    iban_encrypted: str = Field(max_length=400)
    iban_last4: str = Field(max_length=4)
    signed_on: date
    revoked_on: date | None = Field(default=None)
