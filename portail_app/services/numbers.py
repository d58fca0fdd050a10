"""Continuous numbers, « D-2026-000123 »: given inside the act, so that an act undone leaves no hole."""

import sqlalchemy as sa
from sqlmodel import Session

from portail_app import clock

# The row stays locked until the act ends: two acts never get the same number, and none is skipped.
_NEXT = sa.text(
    "INSERT INTO numberseries (name, last) VALUES (:name, 1) "
    "ON CONFLICT (name) DO UPDATE SET last = numberseries.last + 1 RETURNING last"
)


def next_request_number(session: Session) -> str:
    """Return the number of a new request."""
    return next_number(session, "D")


def next_number(session: Session, prefix: str) -> str:
    """Return the next number of a yearly series; the year turns at midnight in France."""
    name = f"{prefix}-{clock.today().year}"
    last = session.connection().execute(_NEXT, {"name": name}).scalar_one()
    return f"{name}-{last:06d}"
