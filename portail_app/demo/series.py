"""Continuous numbers by year, so that the portal goes on where the demo stops."""

from collections import Counter

from sqlmodel import Session

from portail_app.models.requests import NumberSeries

REQUESTS, INVOICES, RECEIPTS, CREDIT_NOTES = "D", "F", "R", "A"


class Series:
    """The numbers given so far, written like ``services.numbers`` does."""

    def __init__(self) -> None:
        self._last: Counter[str] = Counter()

    def next(self, prefix: str, year: int) -> str:
        """Return the next number of a yearly series."""
        name = f"{prefix}-{year}"
        self._last[name] += 1
        return f"{name}-{self._last[name]:06d}"

    def save(self, session: Session) -> None:
        """Write where each series stands."""
        session.add_all(NumberSeries(name=name, last=last) for name, last in self._last.items())
        session.flush()
