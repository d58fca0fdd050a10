"""What is booked, what is excused and what really happened, day by day."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portail_app.models.columns import Instant, reference, status
from portail_app.rules.statuses import AbsenceReason, BookingStatus


class Booking(SQLModel, table=True):
    """« réservation »: one child, one service, one day; the database refuses a second one."""

    id: int | None = Field(default=None, primary_key=True)
    child_id: int = Field(sa_column=reference("child", index=False))
    service_id: int = Field(sa_column=reference("service", index=False))
    on: date
    # The household that asked is the one that is invoiced.
    family_id: int = Field(sa_column=reference("family"))
    status: BookingStatus = Field(sa_type=status(BookingStatus))
    request_id: int | None = Field(default=None, sa_column=reference("familyrequest", nullable=True))
    created_at: datetime = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)

    __table_args__ = (
        sa.UniqueConstraint("child_id", "service_id", "on", name="booking_once"),
        sa.Index("booking_by_day", "service_id", "on"),
    )


class Absence(SQLModel, table=True):
    """« absence » accepted for a reserved day; ``excused`` when the day is not billed."""

    id: int | None = Field(default=None, primary_key=True)
    booking_id: int = Field(sa_column=reference("booking", unique=True))
    reason: AbsenceReason = Field(sa_type=status(AbsenceReason))
    excused: bool = Field(default=True)
    request_id: int | None = Field(default=None, sa_column=reference("familyrequest", nullable=True))
    created_at: datetime = Field(sa_type=Instant)


class Attendance(SQLModel, table=True):
    """« pointage »: the child was there, reserved or not; written by the people who call the roll."""

    id: int | None = Field(default=None, primary_key=True)
    child_id: int = Field(sa_column=reference("child", index=False))
    service_id: int = Field(sa_column=reference("service", index=False))
    on: date
    present: bool
    recorded_by_id: int | None = Field(default=None, sa_column=reference("account", nullable=True))
    recorded_at: datetime = Field(sa_type=Instant)

    __table_args__ = (
        sa.UniqueConstraint("child_id", "service_id", "on", name="attendance_once"),
        sa.Index("attendance_by_day", "service_id", "on"),
    )
