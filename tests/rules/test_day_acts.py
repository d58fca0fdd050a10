"""What can be done with one day, and why not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from portail_app.rules.day_acts import DayFacts, absence_refusal, booking_refusal
from portail_app.rules.folding import folded

LIMIT = datetime(2026, 11, 24, 9, tzinfo=UTC)
FREE = DayFacts(
    on=date(2026, 11, 26),
    closed="",
    booked=False,
    absent=False,
    booking_asked=False,
    absence_asked=False,
    booking_until=LIMIT,
    absence_until=LIMIT,
)
BOOKED = replace(FREE, booked=True)


def test_a_free_day_is_booked_until_its_limit() -> None:
    assert booking_refusal(FREE, LIMIT) == ""
    assert booking_refusal(FREE, LIMIT + timedelta(seconds=1)).startswith("Réservation impossible : il fallait")


def test_a_booked_day_is_declared_absent_until_its_limit() -> None:
    assert absence_refusal(BOOKED, LIMIT) == ""
    assert absence_refusal(BOOKED, LIMIT + timedelta(seconds=1)).startswith("Absence impossible à déclarer : il")


def test_the_town_hall_is_bound_by_midnight_in_france_only() -> None:
    midnight = datetime(2026, 11, 26, 23, tzinfo=UTC)
    for refusal, facts in ((booking_refusal, FREE), (absence_refusal, BOOKED)):
        assert refusal(facts, midnight - timedelta(seconds=1), by_staff=True) == ""
        assert refusal(facts, midnight, by_staff=True) == "Ce jour est passé."


def test_what_the_day_already_holds_comes_before_the_deadline() -> None:
    late = LIMIT + timedelta(days=1)
    assert booking_refusal(BOOKED, late) == "Ce jour est déjà réservé."
    assert booking_refusal(replace(FREE, booking_asked=True), late).startswith("Une réservation est déjà demandée")
    assert absence_refusal(FREE, late).startswith("Ce jour n’est pas réservé")
    assert absence_refusal(replace(BOOKED, absent=True), late) == "L’absence de ce jour est déjà enregistrée."


def test_a_child_declared_absent_may_be_booked_again() -> None:
    assert booking_refusal(replace(BOOKED, absent=True), LIMIT) == ""


@pytest.mark.parametrize(
    ("closed", "said"),
    [
        ("Toussaint", "Toussaint"),
        ("Vacances de Noël", "vacances de Noël"),
        ("Fermé", "fermé"),
        ("Pas de service le mercredi", "pas de service le mercredi"),
    ],
)
def test_a_closed_day_is_named_inside_the_sentence(closed: str, said: str) -> None:
    facts = replace(FREE, closed=closed, booking_until=None, absence_until=None)
    assert booking_refusal(facts, LIMIT) == f"Réservation impossible ce jour-là : {said}."
    assert absence_refusal(replace(facts, booked=True), LIMIT) == f"Aucune absence à déclarer ce jour-là : {said}."


@pytest.mark.parametrize(
    ("name", "typed"), [("Nguyễn", "nguyen"), ("O’Connor", "O'CONNOR"), ("Đặng", "dang"), ("Straße", "STRASSE")]
)
def test_names_are_compared_as_people_type_them(name: str, typed: str) -> None:
    assert folded(name) == folded(typed)
    assert folded(name) != folded(typed + "x")
