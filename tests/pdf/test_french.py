"""Dates, amounts and quantities as papers print them."""

from datetime import date
from decimal import Decimal

import pytest

from portail_app.pdf import french


@pytest.mark.parametrize(
    ("cents", "printed"),
    [
        (0, "0,00\u00a0€"),
        (5, "0,05\u00a0€"),
        (99_999, "999,99\u00a0€"),
        (100_000, "1\u202f000,00\u00a0€"),
        (123_456_789, "1\u202f234\u202f567,89\u00a0€"),
        (-1250, "\u221212,50\u00a0€"),
        (-99, "\u22120,99\u00a0€"),
    ],
)
def test_amounts_have_a_comma_and_narrow_spaces(cents: int, printed: str) -> None:
    assert french.euros(cents) == printed


@pytest.mark.parametrize(
    ("number", "printed"),
    [(12, "12"), (1000, "1\u202f000"), (Decimal("2.50"), "2,5"), (Decimal("1E+1"), "10"), (Decimal("-0.5"), "−0,5")],
)
def test_quantities_have_no_useless_zero(number: Decimal | int, printed: str) -> None:
    assert french.quantity(number) == printed


@pytest.mark.parametrize(
    ("day", "printed"), [(date(2026, 8, 1), "1er août 2026"), (date(2026, 2, 28), "28 février 2026")]
)
def test_the_first_of_the_month_is_an_ordinal(day: date, printed: str) -> None:
    assert french.long_date(day).replace("\u00a0", " ") == printed


@pytest.mark.parametrize(
    ("words", "printed"), [((), ""), (("Léa",), "Léa"), (("Léa", "Noé"), "Léa et Noé"), (("A", "B", "C"), "A, B et C")]
)
def test_words_are_joined_with_et(words: tuple[str, ...], printed: str) -> None:
    assert french.listed(words) == printed
