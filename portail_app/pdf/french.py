"""Write amounts, quantities and dates the way a French invoice does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from portail_app.rules.spoken_amounts import NO_BREAK, euros, quantity
from portail_app.rules.spoken_dates import MONTHS

__all__ = ["NO_BREAK", "euros", "listed", "long_date", "quantity"]


def long_date(day: date) -> str:
    """Format a date as « 1er septembre 2026 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NO_BREAK}{MONTHS[day.month - 1]}{NO_BREAK}{day.year}"


def listed(words: Sequence[str]) -> str:
    """Join words as « Léa, Noé et Zoé »."""
    return " et ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
