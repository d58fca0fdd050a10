"""Amounts and quantities as French writes them, the same on a page and on an invoice.

Spaces inside a quantity never break at the end of a line.
"""

from decimal import Decimal

NO_BREAK = "\N{NO-BREAK SPACE}"
NARROW_NO_BREAK = "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def euros(cents: int) -> str:
    """Return « 1 234,50 € »; a debt in our favour keeps its minus sign."""
    whole, rest = divmod(abs(cents), 100)
    return f"{MINUS if cents < 0 else ''}{_grouped(whole)},{rest:02d}{NO_BREAK}€"


def quantity(value: Decimal | int) -> str:
    """Return « 12 », « 1,5 », « 1 000 »: a number of meals, hours or days without useless zeros."""
    whole, _, rest = format(Decimal(value), "f").partition(".")
    sign, digits = (MINUS, whole[1:]) if whole.startswith("-") else ("", whole)
    decimals = rest.rstrip("0")
    return f"{sign}{_grouped(int(digits))}{',' + decimals if decimals else ''}"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", NARROW_NO_BREAK)
