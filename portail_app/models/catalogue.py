"""The school, its services, when they open and what they cost."""

from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portail_app.models.columns import reference, status
from portail_app.rules.kinds import ServiceNature


class School(SQLModel, table=True):
    """« école »."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=120, unique=True)
    zone: str = Field(default="A", max_length=1)


class Classroom(SQLModel, table=True):
    """« classe »."""

    id: int | None = Field(default=None, primary_key=True)
    school_id: int = Field(sa_column=reference("school"))
    name: str = Field(max_length=60)
    level: str = Field(default="", max_length=40)
    position: int = Field(default=0)

    __table_args__ = (sa.UniqueConstraint("school_id", "name", name="classroom_once"),)


class Service(SQLModel, table=True):
    """« prestation (offerte) »: canteen, morning care… with its opening days and its two deadlines.

    ``weekdays`` is seven characters, Monday first, ``1`` where the service opens. The deadlines are
    ``rules.deadlines.DeadlineRule`` texts such as ``J-2 10:00 ouvrés``.
    """

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=30, unique=True)
    name: str = Field(max_length=80)
    nature: ServiceNature = Field(sa_type=status(ServiceNature))
    weekdays: str = Field(max_length=7)
    open_in_vacations: bool = Field(default=False)
    booking_deadline: str = Field(max_length=40)
    absence_deadline: str = Field(max_length=40)
    capacity: int | None = Field(default=None)
    contact: str = Field(default="", max_length=200)
    position: int = Field(default=0)
    active: bool = Field(default=True)

    __table_args__ = (
        sa.CheckConstraint("capacity IS NULL OR capacity >= 0", name="service_capacity_not_negative"),
        sa.CheckConstraint("length(weekdays) = 7", name="service_weekdays_seven"),
    )


class ClosedDay(SQLModel, table=True):
    """« jour fermé »: a public holiday, or a day when one service, or all of them (null), is closed."""

    id: int | None = Field(default=None, primary_key=True)
    on: date = Field(index=True)
    name: str = Field(max_length=120)
    is_public_holiday: bool = Field(default=False)
    service_id: int | None = Field(default=None, sa_column=reference("service", nullable=True))

    __table_args__ = (
        sa.UniqueConstraint("on", "service_id", name="closed_day_once"),
        # Two nulls are not equal for a unique constraint: the days that close everything need their own.
        sa.Index(
            "closed_day_for_all_once",
            "on",
            unique=True,
            sqlite_where=sa.text("service_id IS NULL"),
            postgresql_where=sa.text("service_id IS NULL"),
        ),
    )


class SchoolVacation(SQLModel, table=True):
    """« vacances scolaires »: the days without school of one zone, both bounds included."""

    id: int | None = Field(default=None, primary_key=True)
    zone: str = Field(max_length=1)
    name: str = Field(max_length=120)
    starts_on: date = Field(index=True)
    ends_on: date

    __table_args__ = (
        sa.UniqueConstraint("zone", "starts_on", name="school_vacation_once"),
        sa.CheckConstraint("ends_on >= starts_on", name="school_vacation_order"),
    )


class TariffGrid(SQLModel, table=True):
    """« grille tarifaire » of one service, as voted, from a date on."""

    id: int | None = Field(default=None, primary_key=True)
    service_id: int = Field(sa_column=reference("service"))
    valid_from: date
    valid_until: date | None = Field(default=None)
    voted_on: date | None = Field(default=None)

    __table_args__ = (sa.UniqueConstraint("service_id", "valid_from", name="tariff_grid_once"),)


class TariffBand(SQLModel, table=True):
    """« tranche »: the unit price for a quotient familial in [minimum, maximum); no maximum is "and above"."""

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(sa_column=reference("tariffgrid"))
    quotient_minimum: int
    quotient_maximum: int | None = Field(default=None)
    unit_price_cents: int
    effort_rate: Decimal | None = Field(default=None, max_digits=8, decimal_places=6)

    __table_args__ = (
        sa.UniqueConstraint("grid_id", "quotient_minimum", name="tariff_band_once"),
        sa.CheckConstraint("unit_price_cents >= 0", name="tariff_band_price_not_negative"),
    )


class Enrolment(SQLModel, table=True):
    """« inscription » of a child to a service; without it the service has no row in the child's calendar."""

    id: int | None = Field(default=None, primary_key=True)
    child_id: int = Field(sa_column=reference("child"))
    service_id: int = Field(sa_column=reference("service"))
    starts_on: date
    ends_on: date

    __table_args__ = (
        sa.UniqueConstraint("child_id", "service_id", "starts_on", name="enrolment_once"),
        sa.CheckConstraint("ends_on >= starts_on", name="enrolment_order"),
    )
