"""Amounts in cents: exact, rounded once, nothing lost."""

from decimal import Decimal

import pytest

from portail_app.errors import Refused
from portail_app.rules.money import line_amount_cents, require_cents, share_cents


@pytest.mark.parametrize(
    ("quantity", "unit_price_cents", "amount_cents"),
    [
        (0, 452, 0),
        (1, 452, 452),
        (17, 452, 7684),
        (Decimal("1.5"), 333, 500),  # 499.5: half goes up
        (Decimal("0.5"), 1, 1),
        (Decimal("0.5"), 3, 2),  # 1.5; half to even would also give 2
        (Decimal("0.5"), 5, 3),  # 2.5; half to even would give 2
        (Decimal("0.4999999999999999999999999999999999"), 1, 0),
        (Decimal("0.333"), 100, 33),
        (Decimal("0.335"), 100, 34),
        (10**20, 10**20, 10**40),
    ],
)
def test_a_line_is_rounded_half_up_to_the_cent(
    quantity: Decimal | int, unit_price_cents: int, amount_cents: int
) -> None:
    assert line_amount_cents(quantity, unit_price_cents) == amount_cents


@pytest.mark.parametrize(
    ("total_cents", "weights", "shares"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (100, [1], [100]),
        (100, [1, 0], [100, 0]),
        (100, [0, 1], [0, 100]),
        (1, [1, 1, 1], [1, 0, 0]),
        (0, [1, 2], [0, 0]),
        (1000, [1, 2], [333, 667]),  # the cent goes to the largest remainder, not to the first
        (999, [Decimal("0.5"), Decimal("0.5")], [500, 499]),
        (7684, [4520, 1205, 33], [6032, 1608, 44]),
    ],
)
def test_an_amount_is_shared_in_proportion_and_the_cents_left_go_to_the_largest_remainders(
    total_cents: int, weights: list[Decimal | int], shares: list[int]
) -> None:
    assert share_cents(total_cents, weights) == shares


@pytest.mark.parametrize("total_cents", [0, 1, 2, 99, 100, 101, 4520, 123457])
def test_no_cent_is_lost_or_made(total_cents: int) -> None:
    weights: list[Decimal | int] = [3, 7, Decimal("0.1"), 0, 11, 11, 1]
    shares = share_cents(total_cents, weights)
    assert sum(shares) == total_cents
    whole = sum(Decimal(weight) for weight in weights)
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - total_cents * Decimal(weight) / whole) < 1


@pytest.mark.parametrize("weights", [[], [0, 0]])
def test_an_amount_is_not_shared_between_nobody(weights: list[Decimal | int]) -> None:
    with pytest.raises(Refused, match="parts nulles"):
        share_cents(100, weights)


def test_zero_is_an_amount_and_one_cent_less_is_refused() -> None:
    assert require_cents(0) == 0
    with pytest.raises(Refused) as refusal:
        require_cents(-1)
    assert refusal.value.message == "Un montant ne peut pas être négatif."


def test_negative_prices_quantities_and_shares_are_refused() -> None:
    with pytest.raises(Refused, match="Un montant ne peut pas être négatif"):
        line_amount_cents(1, -1)
    with pytest.raises(Refused, match="Une quantité ne peut pas être négative"):
        line_amount_cents(-1, 1)
    with pytest.raises(Refused, match="Une quantité ne peut pas être négative"):
        share_cents(10, [2, Decimal("-0.01")])
    with pytest.raises(Refused, match="Un montant ne peut pas être négatif"):
        share_cents(-10, [1])


@pytest.mark.parametrize("quantity", ["NaN", "Infinity", "-Infinity"])
def test_a_quantity_that_is_not_a_number_is_refused(quantity: str) -> None:
    with pytest.raises(Refused, match="doit être un nombre"):
        line_amount_cents(Decimal(quantity), 100)


@pytest.mark.parametrize("amount", [1.0, True, "1", None, Decimal(1)])
def test_an_amount_is_never_a_float_a_boolean_or_a_text(amount: object) -> None:
    with pytest.raises(TypeError):
        require_cents(amount)  # type: ignore[arg-type]


@pytest.mark.parametrize("quantity", [1.0, True, "1", None])
def test_a_quantity_is_never_a_float_a_boolean_or_a_text(quantity: object) -> None:
    with pytest.raises(TypeError):
        line_amount_cents(quantity, 100)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        share_cents(100, [quantity])  # type: ignore[list-item]
