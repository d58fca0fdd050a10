"""Who sees which requests, in which order."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest

from portail_app.access import Actor, Role
from portail_app.errors import NotAllowed
from portail_app.rules.statuses import CHILD_KINDS, RequestKind, RequestStatus
from portail_app.services import requests
from tests import factories as make
from tests.factories import FRIDAY, NOW, THURSDAY, Household
from tests.services.scene import ask, declare

Frozen = Callable[..., AbstractContextManager[None]]
pytestmark = pytest.mark.usefixtures("monday_at_ten")


def test_the_history_says_who_and_when_and_families_read_the_town_hall(
    home: Household, canteen: int, agent: Actor, at: Frozen
) -> None:
    asked = ask(home, canteen)
    with at(NOW + timedelta(hours=1)):
        requests.refuse(agent, asked.id, "Complet.")
    seen = [
        (event.status.value, event.author_name, event.note) for event in requests.one(home.conjoint, asked.id).events
    ]
    assert seen == [("pending", "Claire Perrin", ""), ("refused", "La mairie", "Complet.")]
    assert requests.one(agent, asked.id).events[1].author_name == "Martine Favre"
    assert requests.one(agent, asked.id).events[1].at == NOW + timedelta(hours=1)


def test_a_family_lists_its_requests_of_less_than_a_month_and_those_that_still_wait(
    home: Household, canteen: int, agent: Actor, at: Frozen
) -> None:
    answered, waiting = ask(home, canteen), ask(home, canteen, FRIDAY)
    requests.accept(agent, answered.id)
    with at(NOW + timedelta(days=31) - timedelta(seconds=1)):
        assert [view.id for view in requests.recent(home.conjoint)] == [waiting.id, answered.id]
    with at(NOW + timedelta(days=31)):
        assert [view.id for view in requests.recent(home.conjoint)] == [waiting.id]


def test_a_family_filters_its_requests_by_kind_status_and_tab(home: Household, canteen: int, agent: Actor) -> None:
    make.book(home, canteen, THURSDAY)
    booking, away = ask(home, canteen, FRIDAY), declare(home, canteen)
    phone = requests.ask_contact_change(home.responsable, home.id, RequestKind.PHONE, {"home_phone": "04 50 00 00 00"})
    requests.refuse(agent, booking.id, "Complet.")
    listed = requests.recent
    assert [view.id for view in listed(home.responsable, RequestKind.ABSENCE)] == [away.id]
    assert [view.id for view in listed(home.responsable, None, RequestStatus.REFUSED)] == [booking.id]
    assert [view.id for view in listed(home.responsable, kinds=CHILD_KINDS)] == [away.id, booking.id]
    assert phone.id in {view.id for view in listed(home.responsable)}


def test_the_queue_is_oldest_first_with_counts(home: Household, canteen: int, agent: Actor) -> None:
    make.book(home, canteen, THURSDAY)
    first, second, third = ask(home, canteen, FRIDAY), declare(home, canteen), ask(home, canteen, date(2026, 11, 30))
    queue = requests.queue(agent)
    assert [view.id for view in queue.items] == [first.id, second.id, third.id]
    assert (queue.pending, queue.pending_by_kind) == (3, {RequestKind.BOOKING: 2, RequestKind.ABSENCE: 1})
    assert not queue.more
    short = requests.queue(agent, RequestKind.BOOKING, limit=1)
    assert ([view.id for view in short.items], short.more) == ([first.id], True)


def test_answered_requests_are_listed_newest_first(home: Household, canteen: int, agent: Actor) -> None:
    first, second = ask(home, canteen), ask(home, canteen, FRIDAY)
    requests.accept_many(agent, [first.id, second.id])
    listed = requests.queue(agent, status=RequestStatus.ACCEPTED).items
    assert [view.id for view in listed] == [second.id, first.id]


@pytest.mark.parametrize("text", ["nguyen", "NGUYỄN", "minh", "d-2026-000002", "Nguyễn Minh"])
def test_an_agent_finds_a_request_without_typing_the_accents(
    home: Household, canteen: int, agent: Actor, text: str
) -> None:
    nguyen = make.nguyen()
    make.enrol(nguyen.child_id, canteen)
    ask(home, canteen)
    wanted = ask(nguyen, canteen)
    assert [view.id for view in requests.queue(agent, text=text).items] == [wanted.id]


def test_an_apostrophe_is_found_however_it_is_typed(canteen: int, agent: Actor) -> None:
    oconnor = make.oconnor()
    make.enrol(oconnor.child_id, canteen)
    ask(oconnor, canteen)
    assert len(requests.queue(agent, text="o'connor").items) == len(requests.queue(agent, text="O’Connor").items) == 1


@pytest.mark.parametrize("role", [Role.PARENT, Role.ANIMATOR, Role.REGISSEUR])
def test_only_deciding_agents_see_the_queue_and_answer(home: Household, canteen: int, role: Role) -> None:
    asked = ask(home, canteen)
    other = make.agent("Personne", role)
    for act in (
        lambda: requests.queue(other),
        lambda: requests.accept(other, asked.id),
        lambda: requests.refuse(other, asked.id, "Non."),
        lambda: requests.accept_many(other, [asked.id]),
        lambda: requests.excuse(other, asked.id),
    ):
        with pytest.raises(NotAllowed):
            act()
