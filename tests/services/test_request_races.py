"""Two people, or two clicks, at the same instant: one thing happens, and nobody is told twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from portail_app.access import Actor
from portail_app.errors import Refused
from portail_app.models.bookings import Booking
from portail_app.models.exchanges import OutgoingEmail
from portail_app.models.journal import JournalEntry
from portail_app.models.requests import FamilyRequest, NumberSeries, RequestEvent
from portail_app.rules.statuses import RequestStatus
from portail_app.services import requests
from tests import factories as make
from tests.factories import Household
from tests.services.scene import ask, bookings, count

pytestmark = pytest.mark.usefixtures("monday_at_ten")

Act = Callable[[], requests.RequestView]


def together(*acts: Act) -> list[requests.RequestView | str]:
    """Start every act at the same instant; return what each gave, or the sentence of its refusal."""
    barrier = Barrier(len(acts))

    def run(act: Act) -> requests.RequestView | str:
        barrier.wait()
        try:
            return act()
        except Refused as refusal:
            return refusal.message

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_ten_clicks_at_once_are_one_request(home: Household, canteen: int) -> None:
    outcomes = together(*[lambda: ask(home, canteen)] * 10)
    assert {outcome.number for outcome in outcomes if not isinstance(outcome, str)} == {"D-2026-000001"}
    assert len(outcomes) == 10
    counts = [count(table) for table in (FamilyRequest, RequestEvent, OutgoingEmail, JournalEntry, NumberSeries)]
    assert counts == [1, 1, 1, 1, 1]


def test_two_parents_at_once_make_one_request_and_one_is_told(home: Household, canteen: int) -> None:
    outcomes = together(lambda: ask(home, canteen), lambda: ask(home, canteen, actor=home.conjoint))
    told = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert told == ["Une réservation est déjà demandée pour ce jour."]
    assert count(FamilyRequest) == 1


def test_many_families_at_once_get_numbers_without_a_hole(canteen: int) -> None:
    homes = [make.family(f"Famille {n}", adults=("Ana", "Bo"), child="Cleo") for n in range(8)]
    for home in homes:
        make.enrol(home.child_id, canteen)
    outcomes = together(*[lambda home=home: ask(home, canteen) for home in homes])  # type: ignore[misc]
    numbers = sorted(outcome.number for outcome in outcomes if not isinstance(outcome, str))
    assert numbers == [f"D-2026-{n:06d}" for n in range(1, 9)]


def test_two_agents_at_once_decide_once(home: Household, canteen: int, agent: Actor) -> None:
    asked, other = ask(home, canteen), make.agent("Paul Roux")
    outcomes = together(lambda: requests.accept(agent, asked.id), lambda: requests.refuse(other, asked.id, "Complet."))
    told = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert told == ["Cette demande a déjà été traitée."]
    final = requests.one(agent, asked.id)
    assert len(bookings()) == (1 if final.status is RequestStatus.ACCEPTED else 0)
    # The receipt and one answer.
    assert count(OutgoingEmail) == 2
    assert len(final.events) == 2


def test_an_acceptance_and_a_withdrawal_at_once_leave_one_outcome(home: Household, canteen: int, agent: Actor) -> None:
    asked = ask(home, canteen)
    outcomes = together(lambda: requests.accept(agent, asked.id), lambda: requests.withdraw(home.responsable, asked.id))
    told = [outcome for outcome in outcomes if isinstance(outcome, str)]
    final = requests.one(agent, asked.id).status
    if final is RequestStatus.ACCEPTED:
        assert told == ["Cette demande a déjà été traitée."]
        assert len(bookings()) == 1
    else:
        assert (final, told) == (RequestStatus.WITHDRAWN, ["Cette demande a été retirée."])
        assert bookings() == []


def test_the_last_place_accepted_twice_at_once_is_given_once(home: Household, agent: Actor) -> None:
    small, nguyen, other = make.canteen(capacity=1), make.nguyen(), make.agent("Paul Roux")
    for family in (home, nguyen):
        make.enrol(family.child_id, small)
    first, second = ask(home, small), ask(nguyen, small)
    outcomes = together(lambda: requests.accept(agent, first.id), lambda: requests.accept(other, second.id))
    told = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert told == ["Il n’y a plus de place ce jour-là."]
    assert count(Booking) == 1
    assert requests.queue(agent).pending == 1
