"""Families, adults, children and the accounts with which people sign in.

Account ≠ Guardian ≠ payer: an adult may belong to two families, a family may have several accounts, a child may live in
two families.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portail_app.access import Role
from portail_app.models.columns import Instant, reference, status
from portail_app.rules.kinds import AllowanceScheme, GuardianRole


class Family(SQLModel, table=True):
    """« famille, dossier »: the household in which children are enrolled and which is invoiced."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=20, unique=True)
    name: str = Field(max_length=120)
    address: str = Field(default="", max_length=400)
    postcode: str = Field(default="", max_length=10)
    city: str = Field(default="", max_length=120)
    allowance_scheme: AllowanceScheme | None = Field(default=None, sa_type=status(AllowanceScheme))
    allowance_number: str = Field(default="", max_length=30)
    quotient_familial: int | None = Field(default=None)
    tax_reference: str = Field(default="", max_length=30)
    tax_household_count: int | None = Field(default=None)
    archived_on: date | None = Field(default=None)
    created_at: datetime = Field(sa_type=Instant)

    __table_args__ = (sa.CheckConstraint("quotient_familial >= 0", name="family_quotient_not_negative"),)


class Guardian(SQLModel, table=True):
    """« responsable, conjoint »: an adult, with contact data of their own that the other parent does not see."""

    id: int | None = Field(default=None, primary_key=True)
    civility: str = Field(default="", max_length=10)
    first_name: str = Field(max_length=120)
    last_name: str = Field(max_length=120)
    email: str = Field(default="", max_length=254)
    home_phone: str = Field(default="", max_length=30)
    mobile_phone: str = Field(default="", max_length=30)
    address: str = Field(default="", max_length=400)
    postcode: str = Field(default="", max_length=10)
    city: str = Field(default="", max_length=120)
    profession: str = Field(default="", max_length=120)
    employer: str = Field(default="", max_length=160)
    employer_address: str = Field(default="", max_length=400)
    employer_phone: str = Field(default="", max_length=30)
    sms_allowed: bool = Field(default=False)
    email_allowed: bool = Field(default=False)


class FamilyGuardian(SQLModel, table=True):
    """« responsable d’un dossier »: which adult stands in which family, and who pays."""

    id: int | None = Field(default=None, primary_key=True)
    family_id: int = Field(sa_column=reference("family"))
    guardian_id: int = Field(sa_column=reference("guardian"))
    role: GuardianRole = Field(sa_type=status(GuardianRole))
    is_payer: bool = Field(default=False)

    __table_args__ = (sa.UniqueConstraint("family_id", "guardian_id", name="family_guardian_once"),)


class Child(SQLModel, table=True):
    """« enfant »."""

    id: int | None = Field(default=None, primary_key=True)
    first_name: str = Field(max_length=120)
    last_name: str = Field(max_length=120)
    born_on: date
    sex: str = Field(default="", max_length=1)
    classroom_id: int | None = Field(default=None, sa_column=reference("classroom", nullable=True))
    glasses: str = Field(default="", max_length=200)
    archived_on: date | None = Field(default=None)


class FamilyChild(SQLModel, table=True):
    """« enfant d’un dossier »: a child of separated parents stands in two families."""

    id: int | None = Field(default=None, primary_key=True)
    family_id: int = Field(sa_column=reference("family"))
    child_id: int = Field(sa_column=reference("child"))
    # Weekday letters of the custody, week parity, or "" for a child who always lives there.
    custody: str = Field(default="", max_length=60)

    __table_args__ = (sa.UniqueConstraint("family_id", "child_id", name="family_child_once"),)


class HealthRecord(SQLModel, table=True):
    """« données sanitaires » of one child; each reading is journalled."""

    id: int | None = Field(default=None, primary_key=True)
    child_id: int = Field(sa_column=reference("child", unique=True))
    allergies: str = Field(default="", max_length=1000)
    has_pai: bool = Field(default=False)
    diet: str = Field(default="", max_length=200)
    doctor_name: str = Field(default="", max_length=160)
    doctor_phone: str = Field(default="", max_length=30)
    vaccinations: str = Field(default="", max_length=1000)
    vaccinations_valid_until: date | None = Field(default=None)


class PickupContact(SQLModel, table=True):
    """« personne autorisée » to collect a child."""

    id: int | None = Field(default=None, primary_key=True)
    child_id: int = Field(sa_column=reference("child"))
    first_name: str = Field(max_length=120)
    last_name: str = Field(max_length=120)
    relationship: str = Field(default="", max_length=60)
    phone: str = Field(default="", max_length=30)
    valid_until: date | None = Field(default=None)


class ChildAuthorisation(SQLModel, table=True):
    """« autorisation » given for a child: photographs, leaving alone, emergency care."""

    id: int | None = Field(default=None, primary_key=True)
    child_id: int = Field(sa_column=reference("child"))
    kind: str = Field(max_length=40)
    granted: bool = Field(default=False)
    given_at: datetime | None = Field(default=None, sa_type=Instant)

    __table_args__ = (sa.UniqueConstraint("child_id", "kind", name="child_authorisation_once"),)


class Account(SQLModel, table=True):
    """« compte »: an identifier handed out by the town hall and a bcrypt hash, of a parent or of an agent."""

    id: int | None = Field(default=None, primary_key=True)
    # Kept in lower case: parents type the letter's identifier as they please.
    identifier: str = Field(max_length=80, unique=True)
    password_hash: str = Field(max_length=80)
    role: Role = Field(sa_type=status(Role))
    guardian_id: int | None = Field(default=None, sa_column=reference("guardian", nullable=True))
    display_name: str = Field(max_length=160)
    email: str = Field(default="", max_length=254)
    must_change_password: bool = Field(default=True)
    # The printed first password works once and until this date.
    first_password_until: datetime | None = Field(default=None, sa_type=Instant)
    suspended_at: datetime | None = Field(default=None, sa_type=Instant)
    created_at: datetime = Field(sa_type=Instant)
    last_sign_in_at: datetime | None = Field(default=None, sa_type=Instant)


class AuthSession(SQLModel, table=True):
    """« session »: one signed-in browser; the cookie's random token is stored hashed."""

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    account_id: int = Field(sa_column=reference("account"))
    created_at: datetime = Field(sa_type=Instant)
    last_seen_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant, index=True)


class PasswordReset(SQLModel, table=True):
    """« mot de passe oublié »: a link of one hour that works once; its token is stored hashed."""

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    account_id: int = Field(sa_column=reference("account"))
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)


class SignInThrottle(SQLModel, table=True):
    """« délai après échecs »: failures counted for one account or one address; the key is a keyed hash."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64, unique=True)
    failures: int = Field(default=0)
    last_failure_at: datetime = Field(sa_type=Instant)
    blocked_until: datetime | None = Field(default=None, sa_type=Instant)
