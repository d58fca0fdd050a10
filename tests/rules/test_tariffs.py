"""The price of a day: the grid voted for it, the bracket of the family."""

from datetime import date
from decimal import Decimal

import pytest

from portail_app.errors import Refused
from portail_app.rules.tariffs import Band, DatedQuotient, Grid, band_on, grid_on, quotient_on

OLD = Grid(date(2025, 9, 1), (Band(0, None, 400),))
NEW = Grid(date(2026, 9, 1), (Band(1200, None, 620), Band(0, 600, 320), Band(600, 1200, 470)))
DAY = date(2026, 11, 26)


def price(quotient: Decimal | int | None, day: date = DAY, grids: tuple[Grid, ...] = (NEW, OLD)) -> int:
    return band_on(grids, quotient, day).unit_price_cents


@pytest.mark.parametrize(
    ("quotient", "unit_price_cents"),
    [
        (0, 320),
        (599, 320),
        (Decimal("599.99"), 320),
        (600, 470),
        (1199, 470),
        (Decimal("1199.99"), 470),
        (1200, 620),
        (99_999, 620),
    ],
)
def test_a_bracket_holds_its_minimum_and_not_its_maximum(quotient: Decimal | int, unit_price_cents: int) -> None:
    assert price(quotient) == unit_price_cents


def test_an_unknown_quotient_falls_in_the_bracket_without_upper_end() -> None:
    assert price(None) == 620


def test_no_bracket_no_price() -> None:
    holed = Grid(date(2026, 9, 1), (Band(100, 600, 320), Band(700, 900, 470)))
    assert price(100, grids=(holed,)) == 320
    for quotient in (99, 600, 699, 900):
        with pytest.raises(Refused) as refusal:
            price(quotient, grids=(holed,))
        assert refusal.value.message == f"Aucun tarif n’est prévu pour un quotient familial de {quotient}."
    with pytest.raises(Refused, match="n’est pas connu"):
        price(None, grids=(holed,))


def test_the_grid_is_that_of_the_day_of_the_service() -> None:
    assert price(500, date(2026, 8, 31)) == 400
    assert price(500, date(2026, 9, 1)) == 320
    assert grid_on([OLD, NEW], date(2025, 9, 1)) is OLD


def test_a_day_before_any_grid_has_no_tariff() -> None:
    with pytest.raises(Refused) as refusal:
        price(500, date(2025, 8, 31))
    assert refusal.value.message == "Aucun tarif n’est voté pour le dimanche 31 août 2025."


def test_a_grid_ends_with_its_last_day() -> None:
    summer = Grid(date(2026, 7, 1), (Band(0, None, 900),), valid_until=date(2026, 7, 31))
    assert price(500, date(2026, 7, 31), (OLD, summer)) == 900
    assert price(500, date(2026, 8, 1), (OLD, summer)) == 400
    with pytest.raises(Refused, match="Aucun tarif n’est voté pour le samedi 1er août 2026"):
        price(500, date(2026, 8, 1), (summer,))


def test_brackets_may_touch_but_not_overlap() -> None:
    Grid(DAY, (Band(600, 1200, 1), Band(0, 600, 1)))
    with pytest.raises(Refused, match="se chevauchent"):
        Grid(DAY, (Band(599, 1200, 1), Band(0, 600, 1)))
    with pytest.raises(Refused, match="se chevauchent"):
        Grid(DAY, (Band(0, None, 1), Band(600, 1200, 1)))
    with pytest.raises(Refused, match="se chevauchent"):
        Grid(DAY, (Band(0, 600, 1), Band(0, 600, 1)))


def test_a_bracket_goes_up_and_its_price_is_an_amount() -> None:
    assert Band(0, 1, 0).holds(0)
    for minimum, maximum in ((600, 600), (600, 599), (-1, 600)):
        with pytest.raises(Refused, match="Une tranche va d’un quotient"):
            Band(minimum, maximum, 100)
    with pytest.raises(Refused, match="négatif"):
        Band(0, 600, -1)


def test_a_quotient_that_changes_in_march_leaves_february_as_it_was() -> None:
    history = [DatedQuotient(date(2027, 3, 1), 1300), DatedQuotient(date(2026, 9, 1), 500)]
    assert quotient_on(history, date(2026, 8, 31)) is None
    assert quotient_on(history, date(2027, 2, 28)) == 500
    assert quotient_on(history, date(2027, 3, 1)) == 1300
    assert quotient_on([], DAY) is None
