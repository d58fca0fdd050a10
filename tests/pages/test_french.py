"""What people read: dates, hours, amounts and the word for every state."""

import inspect
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum

import pytest

from portail_app import access
from portail_app.access import Role
from portail_app.rules import cells, kinds, statuses
from portail_app.rules.cells import CellMark
from portail_app.rules.statuses import InvoiceStatus, RequestKind, RequestStatus
from portail_app.ui import french

SHOWN = sorted(
    (
        member
        for module in (statuses, kinds, cells, access)
        for enum in vars(module).values()
        if inspect.isclass(enum) and issubclass(enum, StrEnum) and enum is not StrEnum
        for member in enum
    ),
    key=lambda member: (type(member).__name__, member.value),
)


def test_a_day_is_written_with_its_weekday_and_its_year():
    assert french.long_day(date(2026, 11, 25)) == "mercredi 25\u00a0novembre\u00a02026"


def test_the_first_of_a_month_is_an_ordinal_and_the_second_is_not():
    assert french.plain_day(date(2026, 12, 1)) == "1er\u00a0décembre\u00a02026"
    assert french.plain_day(date(2026, 12, 2)) == "2\u00a0décembre\u00a02026"


def test_a_short_day_keeps_its_accents_and_its_points():
    assert french.short_day(date(2027, 2, 3)) == "mer. 3\u00a0févr."
    assert french.short_day(date(2026, 8, 1)) == "sam. 1er\u00a0août"


def test_a_month_has_no_capital():
    assert french.month(date(2026, 8, 31)) == "août 2026"


def test_minutes_have_two_digits_and_an_hour_never_breaks():
    assert french.hour(time(10, 0)) == "10\u00a0h\u00a000"
    assert french.hour(time(9, 5)) == "9\u00a0h\u00a005"


def test_an_instant_is_told_by_the_clocks_of_france_in_winter_and_in_summer():
    assert french.instant(datetime(2026, 11, 25, 9, 0, tzinfo=UTC)) == (
        "mercredi 25\u00a0novembre\u00a02026 à 10\u00a0h\u00a000"
    )
    assert (
        french.instant(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "jeudi 2\u00a0juillet\u00a02026 à 0\u00a0h\u00a030"
    )
    assert french.short_instant(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "jeu. 2\u00a0juill. à 0\u00a0h\u00a030"


def test_a_naive_instant_is_never_shown():
    with pytest.raises(ValueError, match="aware"):
        french.instant(datetime(2026, 11, 25, 10, 0))  # noqa: DTZ001 - the mistake that the rule stops


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (0, "0,00\u00a0€"),
        (4520, "45,20\u00a0€"),
        (5, "0,05\u00a0€"),
        (99_999, "999,99\u00a0€"),
        (100_000, "1\u202f000,00\u00a0€"),
        (123_456_789, "1\u202f234\u202f567,89\u00a0€"),
        (-1250, "\u221212,50\u00a0€"),
    ],
)
def test_an_amount_has_a_comma_groups_of_three_and_never_breaks(cents, text):
    assert french.euros(cents) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(12, "12"), (100, "100"), (Decimal("1.50"), "1,5"), (Decimal("2.00"), "2"), (Decimal("0.25"), "0,25")],
)
def test_a_quantity_loses_its_useless_zeros_and_only_them(number, text):
    assert french.quantity(number) == text


def test_french_counts_from_two():
    assert french.count(0, "demande") == "0\u00a0demande"
    assert french.count(1, "demande") == "1\u00a0demande"
    assert french.count(2, "demande") == "2\u00a0demandes"
    assert french.count(2, "travail", "travaux") == "2\u00a0travaux"


def test_a_file_is_measured_in_kilobytes_then_in_megabytes():
    assert french.file_size(10) == "1\u00a0Ko"
    assert french.file_size(1024 * 1024 - 1) == "1024\u00a0Ko"
    assert french.file_size(1024 * 1024) == "1\u00a0Mo"
    assert french.file_size(1_500_000) == "1,4\u00a0Mo"


@pytest.mark.parametrize("member", SHOWN, ids=lambda member: f"{type(member).__name__}.{member.name}")
def test_every_state_has_a_french_word(member):
    word = french.label(member)
    assert word[0].isupper()
    assert word == word.strip()


@pytest.mark.parametrize("enum", french.LABELS, ids=lambda enum: enum.__name__)
def test_two_states_of_one_thing_never_share_a_word(enum):
    words = list(french.LABELS[enum].values())
    assert len(words) == len(set(words))


def test_the_words_of_the_notice_are_used_as_they_are():
    assert french.label(RequestKind.HEALTH) == "Données sanitaires"
    assert french.label(RequestKind.ALLOWANCE) == "Fiscales"
    assert french.label(RequestKind.BOOKING) == "Réservations"
    assert french.label(RequestStatus.WITHDRAWN) == "Retirée"
    assert french.label(InvoiceStatus.OVERDUE) == "En retard"
    assert french.label(CellMark.PRESENT_RESERVED) == "Présent sur un jour réservé"
    assert french.label(Role.REGISSEUR) == "Régisseur"
