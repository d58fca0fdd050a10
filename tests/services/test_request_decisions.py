"""The answer of the town hall: given once, applied with it, told to those concerned."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from portail_app import db
from portail_app.access import Actor
from portail_app.errors import NotAllowed, Refused
from portail_app.models.bookings import Booking
from portail_app.models.catalogue import ClosedDay
from portail_app.models.exchanges import OutgoingEmail
from portail_app.models.journal import JournalEntry
from portail_app.models.people import FamilyChild
from portail_app.models.requests import RequestEvent
from portail_app.rules.statuses import AbsenceReason, BookingStatus, RequestKind, RequestStatus
from portail_app.services import requests
from tests import factories as make
from tests.factories import FRIDAY, NOW, THURSDAY, Household
from tests.services.scene import absences, ask, bookings, count, declare

Frozen = Callable[..., AbstractContextManager[None]]
pytestmark = pytest.mark.usefixtures("monday_at_ten")


def test_a_cancelled_day_can_be_asked_again_and_accepting_books_it(home: Household, canteen: int, agent: Actor) -> None:
    make.book(home, canteen, THURSDAY, BookingStatus.CANCELLED)
    requests.accept(agent, ask(home, canteen).id)
    assert [booking.status for booking in bookings()] == [BookingStatus.BOOKED]


def test_accepting_books_the_day_for_the_family_that_asked(home: Household, canteen: int, agent: Actor) -> None:
    view = requests.accept(agent, ask(home, canteen).id)
    assert view.status is RequestStatus.ACCEPTED
    assert view.decided_at == NOW
    (booking,) = bookings()
    assert (booking.child_id, booking.service_id, booking.on) == (home.child_id, canteen, THURSDAY)
    assert (booking.family_id, booking.status, booking.request_id) == (home.id, BookingStatus.BOOKED, view.id)


def test_refusing_books_nothing_and_keeps_the_reason(home: Household, canteen: int, agent: Actor) -> None:
    view = requests.refuse(agent, ask(home, canteen).id, "  La cantine est complète ce jour-là. ")
    assert (view.status, view.reason) == (RequestStatus.REFUSED, "La cantine est complète ce jour-là.")
    assert bookings() == []


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001])
def test_a_refusal_needs_a_reason_of_a_thousand_characters_at_most(
    home: Household, canteen: int, agent: Actor, reason: str
) -> None:
    asked = ask(home, canteen)
    with pytest.raises(Refused, match="motif du refus"):
        requests.refuse(agent, asked.id, reason)
    assert requests.refuse(agent, asked.id, "x" * 1000).reason == "x" * 1000


def test_an_answered_request_cannot_be_answered_again_nor_taken_back(
    home: Household, canteen: int, agent: Actor
) -> None:
    asked, colleague = ask(home, canteen), make.agent("Paul Roux")
    requests.accept(agent, asked.id)
    for act in (
        lambda: requests.accept(colleague, asked.id),
        lambda: requests.refuse(agent, asked.id, "Non."),
        lambda: requests.withdraw(home.responsable, asked.id),
    ):
        with pytest.raises(Refused, match=r"^Cette demande a déjà été traitée\.$"):
            act()
    assert count(Booking) == 1


def test_a_double_click_on_an_answer_gets_the_first_answer_back_and_writes_nothing(
    home: Household, canteen: int, agent: Actor
) -> None:
    accepted, refused = ask(home, canteen), ask(home, canteen, FRIDAY)
    first = requests.accept(agent, accepted.id), requests.refuse(agent, refused.id, "Complet.")
    written = count(RequestEvent), count(OutgoingEmail), count(JournalEntry), count(Booking)
    assert (requests.accept(agent, accepted.id), requests.refuse(agent, refused.id, "Complet.")) == first
    assert (count(RequestEvent), count(OutgoingEmail), count(JournalEntry), count(Booking)) == written


def test_a_request_taken_back_cannot_be_answered(home: Household, canteen: int, agent: Actor) -> None:
    asked = ask(home, canteen)
    assert requests.withdraw(home.conjoint, asked.id).status is RequestStatus.WITHDRAWN
    with pytest.raises(Refused, match=r"^Cette demande a été retirée\.$"):
        requests.accept(agent, asked.id)
    assert bookings() == []


def test_the_last_place_is_given_once_and_an_agent_may_go_past_the_limit(home: Household, agent: Actor) -> None:
    small = make.canteen(capacity=1)
    nguyen = make.nguyen()
    make.enrol(home.child_id, small)
    make.enrol(nguyen.child_id, small)
    first, second = ask(home, small), ask(nguyen, small)
    requests.accept(agent, first.id)
    with pytest.raises(Refused, match=r"^Il n’y a plus de place ce jour-là\.$"):
        requests.accept(agent, second.id)
    assert requests.one(agent, second.id).status is RequestStatus.PENDING
    assert requests.accept(agent, second.id, beyond_capacity=True).status is RequestStatus.ACCEPTED


def test_a_declared_absence_gives_its_place_back(home: Household, agent: Actor) -> None:
    small = make.canteen(capacity=1)
    nguyen = make.nguyen()
    make.enrol(nguyen.child_id, small)
    make.absent(make.book(home, small, THURSDAY))
    assert requests.accept(agent, ask(nguyen, small).id).status is RequestStatus.ACCEPTED


def test_a_closure_decided_meanwhile_stops_the_acceptance(home: Household, canteen: int, agent: Actor) -> None:
    asked = ask(home, canteen)
    make.add(ClosedDay(on=THURSDAY, name="Neige"))
    with pytest.raises(Refused, match=r"^Réservation impossible ce jour-là : Neige\.$"):
        requests.accept(agent, asked.id)
    assert requests.one(agent, asked.id).status is RequestStatus.PENDING


def test_a_request_made_in_time_can_be_accepted_after_the_deadline(
    home: Household, canteen: int, agent: Actor, at: Frozen
) -> None:
    asked = ask(home, canteen)
    with at(datetime(2026, 11, 26, 10, tzinfo=UTC)):
        assert requests.accept(agent, asked.id).status is RequestStatus.ACCEPTED


def test_an_absence_is_declared_on_a_booked_day_and_applied_when_accepted(
    home: Household, canteen: int, agent: Actor
) -> None:
    booking_id = make.book(home, canteen, THURSDAY)
    view = declare(home, canteen)
    assert (view.kind, view.absence_reason) == (RequestKind.ABSENCE, AbsenceReason.FAMILY)
    assert view.certificate is requests.CertificateState.NOT_NEEDED
    assert absences() == []
    requests.accept(agent, view.id)
    (absence,) = absences()
    assert (absence.booking_id, absence.reason, absence.excused) == (booking_id, AbsenceReason.FAMILY, True)


def test_a_child_who_comes_after_all_is_booked_again(home: Household, canteen: int, agent: Actor) -> None:
    make.absent(make.book(home, canteen, THURSDAY))
    requests.accept(agent, ask(home, canteen).id)
    assert absences() == []
    assert [booking.status for booking in bookings()] == [BookingStatus.BOOKED]


def test_a_medical_absence_without_certificate_is_accepted_but_not_excused(
    home: Household, canteen: int, agent: Actor
) -> None:
    make.book(home, canteen, THURSDAY)
    view = declare(home, canteen, AbsenceReason.MEDICAL)
    assert view.certificate is requests.CertificateState.AWAITED
    requests.accept(agent, view.id)
    assert [absence.excused for absence in absences()] == [False]


def test_several_are_accepted_each_on_its_own(home: Household, canteen: int, agent: Actor) -> None:
    first, second, third = (ask(home, canteen, date(2026, 11, n)) for n in (26, 27, 30))
    make.add(ClosedDay(on=FRIDAY, name="Neige"))
    outcomes = requests.accept_many(agent, [first.id, second.id, third.id, first.id])
    assert [(outcome.request_id, outcome.accepted) for outcome in outcomes] == [
        (first.id, True),
        (second.id, False),
        (third.id, True),
    ]
    assert outcomes[1].message == "Réservation impossible ce jour-là : Neige."
    assert count(Booking) == 2


def test_a_batch_has_a_limit(agent: Actor) -> None:
    with pytest.raises(Refused, match="200 demandes au plus"):
        requests.accept_many(agent, list(range(1, 202)))


def test_every_act_is_in_the_journal_without_any_content(home: Household, canteen: int, agent: Actor) -> None:
    asked = ask(home, canteen)
    requests.accept(agent, asked.id)
    with db.reading() as session:
        lines = [
            (line.action, line.account_id, line.object_id, line.family_id)
            for line in session.exec(select(JournalEntry))
        ]
    assert lines == [
        ("request.sent", home.responsable.account_id, asked.id, home.id),
        ("request.accepted", agent.account_id, asked.id, home.id),
    ]


def test_open_pages_of_every_household_of_the_child_and_of_agents_are_told(
    home: Household, canteen: int, agent: Actor
) -> None:
    other = make.family("Rossi", adults=("Marco", "Paola"))
    make.add(FamilyChild(family_id=other.id, child_id=home.child_id))
    heard: list[frozenset[str]] = []
    stop = db.on_commit(heard.append)
    try:
        requests.accept(agent, ask(home, canteen).id)
    finally:
        stop()
    told = {f"family:{home.id}", f"family:{other.id}", "requests"}
    assert [topics & told for topics in heard] == [told, told]


def test_an_effect_that_fails_leaves_the_request_pending(
    home: Household, canteen: int, agent: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(home, canteen)

    def cut(*_: object, **__: object) -> None:
        raise RuntimeError("cut")

    monkeypatch.setattr("portail_app.services.request_mail.send_answer", cut)
    with pytest.raises(RuntimeError):
        requests.accept(agent, asked.id)
    assert requests.one(agent, asked.id).status is RequestStatus.PENDING
    assert bookings() == []


def test_a_parent_cannot_answer_their_own_request(home: Household, canteen: int) -> None:
    asked = ask(home, canteen)
    with pytest.raises(NotAllowed):
        requests.accept(home.responsable, asked.id)
    assert requests.one(home.responsable, asked.id).status is RequestStatus.PENDING
