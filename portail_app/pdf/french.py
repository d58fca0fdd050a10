"""Write amounts, quantities and dates the way a French invoice does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from portail_app.rules.spoken_dates import MONTHS

NO_BREAK = "\N{NO-BREAK SPACE}"
NARROW_NO_BREAK = "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def euros(cents: int) -> str:
    """Format cents as « 1 234,50 € », with spaces where a line must not be cut."""
    whole, rest = divmod(abs(cents), 100)
    sign = MINUS if cents < 0 else ""
    return f"{sign}{_grouped(whole)},{rest:02d}{NO_BREAK}€"


def quantity(value: Decimal | int) -> str:
    """Format a number of meals, hours or days without useless zeros."""
    whole, _, rest = format(Decimal(value), "f").partition(".")
    sign, digits = (MINUS, whole[1:]) if whole.startswith("-") else ("", whole)
    decimals = rest.rstrip("0")
    return f"{sign}{_grouped(int(digits))}{',' + decimals if decimals else ''}"


def long_date(day: date) -> str:
    """Format a date as « 1er septembre 2026 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NO_BREAK}{MONTHS[day.month - 1]}{NO_BREAK}{day.year}"


def listed(words: Sequence[str]) -> str:
    """Join words as « Léa, Noé et Zoé »."""
    return " et ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", NARROW_NO_BREAK)
