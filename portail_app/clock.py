"""The only clock: every "now" of the product comes from here, so that tests can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

# The instants at which tests stopped the clock, innermost last; empty in real life.
_stops: list[datetime] = []


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return _stops[-1] if _stops else datetime.now(UTC)


def today() -> date:
    """Return today's date in France, which is not always the date in UTC."""
    return now().astimezone(PARIS).date()


@contextmanager
def frozen_at(instant: datetime) -> Iterator[None]:
    """Stop the clock at an aware instant for the length of a test."""
    if instant.tzinfo is None:
        raise ValueError("the clock needs an aware datetime")
    _stops.append(instant.astimezone(UTC))
    try:
        yield
    finally:
        _stops.pop()
