"""Amounts: whole cents, rounded half up once per line, and never a float."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from portail_app.errors import Refused


def require_cents(amount_cents: int) -> int:
    """Return an amount that is a whole number of cents, zero or more.

    A float can only come from a mistake in the code; a negative amount may come from a form.
    """
    _require_exact(amount_cents)
    if not isinstance(amount_cents, int):
        raise TypeError(f"an amount is a whole number of cents, not {amount_cents!r}")
    if amount_cents < 0:
        raise Refused("Un montant ne peut pas être négatif.")
    return amount_cents


def line_amount_cents(quantity: Decimal | int, unit_price_cents: int) -> int:
    """Return the amount of an invoice line, rounded half up to the cent.

    This is the only rounding: totals add lines that are already whole cents, so that the sum printed at the foot
    of an invoice is the sum of what is printed above it.
    """
    exact = _positive(quantity) * require_cents(unit_price_cents)
    return floor(exact + Fraction(1, 2))


def share_cents(total_cents: int, weights: Sequence[Decimal | int]) -> list[int]:
    """Split an amount in proportion to ``weights``; the shares always add up to the amount.

    Each share is rounded down, then the cents left go one by one to the largest remainders, the first of the list
    when equal: the same input gives the same split, and no share is a full cent away from the exact one.
    """
    require_cents(total_cents)
    parts = [_positive(weight) for weight in weights]
    whole = sum(parts)
    if whole == 0:
        raise Refused("Un montant ne peut pas être réparti entre des parts nulles.")
    exact = [part * total_cents / whole for part in parts]
    shares = [floor(share) for share in exact]
    by_remainder = sorted(range(len(shares)), key=lambda i: shares[i] - exact[i])
    for i in by_remainder[: total_cents - sum(shares)]:
        shares[i] += 1
    return shares


def _positive(number: Decimal | int) -> Fraction:
    _require_exact(number)
    if isinstance(number, Decimal) and not number.is_finite():
        raise Refused("Une quantité doit être un nombre.")
    if number < 0:
        raise Refused("Une quantité ne peut pas être négative.")
    return Fraction(number)


def _require_exact(number: object) -> None:
    """Stop a float or a boolean that the types did not stop."""
    if isinstance(number, bool) or not isinstance(number, int | Decimal):
        raise TypeError(f"money is counted in int or Decimal, not {number!r}")
