"""« demandes »: a family asks for a day or declares an absence; what is possible, once, in time."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from portail_app.access import Actor
from portail_app.errors import NotAllowed, Refused
from portail_app.models.catalogue import ClosedDay
from portail_app.models.exchanges import OutgoingEmail
from portail_app.models.journal import JournalEntry
from portail_app.models.requests import FamilyRequest, NumberSeries, RequestEvent
from portail_app.rules.statuses import AbsenceReason, RequestKind, RequestStatus
from portail_app.services import requests
from tests import factories as make
from tests.factories import FRIDAY, NOW, THURSDAY, Household
from tests.services.scene import ask, count, declare

Frozen = Callable[..., AbstractContextManager[None]]
pytestmark = pytest.mark.usefixtures("monday_at_ten")


def test_a_request_is_numbered_dated_signed_and_pending(home: Household, canteen: int) -> None:
    view = ask(home, canteen)
    assert view.number == "D-2026-000001"
    assert view.status is RequestStatus.PENDING
    assert view.created_at == NOW
    assert (view.author_name, view.child_name, view.service_name) == ("Claire Perrin", "Emma Perrin", "Cantine")
    assert view.on == THURSDAY
    assert not view.entered_by_staff
    assert view.can_withdraw


def test_numbers_follow_each_other_and_start_again_each_year(home: Household, canteen: int, at: Frozen) -> None:
    assert ask(home, canteen).number == "D-2026-000001"
    assert ask(home, canteen, FRIDAY).number == "D-2026-000002"
    with at(datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC)):
        assert ask(home, canteen, date(2027, 1, 7)).number == "D-2026-000003"
    with at(datetime(2026, 12, 31, 23, 0, tzinfo=UTC)):
        assert ask(home, canteen, date(2027, 1, 8)).number == "D-2027-000001"


def test_a_refused_act_takes_no_number(home: Household, canteen: int) -> None:
    with pytest.raises(Refused):
        ask(home, canteen, date(2026, 11, 24))
    assert ask(home, canteen).number == "D-2026-000001"


def test_before_the_deadline_the_booking_is_asked_and_one_second_later_it_is_refused(
    home: Household, canteen: int, at: Frozen
) -> None:
    limit = datetime(2026, 11, 24, 9, tzinfo=UTC)
    with at(limit + timedelta(seconds=1)), pytest.raises(Refused) as late:
        ask(home, canteen)
    assert late.value.message == "Réservation impossible : il fallait réserver avant le mardi 24 novembre à 10 h 00."
    with at(limit):
        assert ask(home, canteen).status is RequestStatus.PENDING


@pytest.mark.parametrize(
    ("on", "limit"),
    [
        # Clocks go back on 25 October 2026, and forward on 28 March 2027: ten o'clock stays ten o'clock.
        (date(2026, 10, 26), datetime(2026, 10, 22, 8, tzinfo=UTC)),
        (date(2026, 10, 29), datetime(2026, 10, 27, 9, tzinfo=UTC)),
        (date(2027, 3, 29), datetime(2027, 3, 25, 9, tzinfo=UTC)),
        (date(2027, 4, 1), datetime(2027, 3, 30, 8, tzinfo=UTC)),
    ],
)
def test_the_deadline_holds_across_the_change_of_clocks(
    home: Household, canteen: int, at: Frozen, on: date, limit: datetime
) -> None:
    with at(limit + timedelta(seconds=1)), pytest.raises(Refused, match="il fallait réserver"):
        ask(home, canteen, on)
    with at(limit):
        assert ask(home, canteen, on).on == on


def test_the_town_hall_may_enter_a_day_after_the_deadline_but_not_a_day_that_is_over(
    home: Household, canteen: int, agent: Actor, at: Frozen
) -> None:
    with at(datetime(2026, 11, 26, 22, 59, tzinfo=UTC)):
        view = ask(home, canteen, THURSDAY, agent)
        assert view.entered_by_staff
        assert view.author_name == "La mairie"
        requests.withdraw(agent, view.id)
    with at(datetime(2026, 11, 26, 23, 0, tzinfo=UTC)), pytest.raises(Refused, match=r"^Ce jour est passé\.$"):
        ask(home, canteen, THURSDAY, agent)


@pytest.mark.parametrize(
    ("on", "why"),
    [
        (date(2026, 11, 28), "Réservation impossible ce jour-là : week-end."),
        (date(2026, 12, 2), "Réservation impossible ce jour-là : pas de service le mercredi."),
        (date(2026, 12, 25), "Réservation impossible ce jour-là : Noël."),
        (date(2027, 7, 8), "Réservation impossible ce jour-là : pas d’inscription à cette date."),
    ],
)
def test_a_day_on_which_the_service_does_not_take_the_child_is_refused(
    home: Household, canteen: int, on: date, why: str
) -> None:
    make.add(ClosedDay(on=date(2026, 12, 25), name="Noël", is_public_holiday=True))
    with pytest.raises(Refused) as refused:
        ask(home, canteen, on)
    assert refused.value.message == why


def test_a_booked_day_is_not_asked_again(home: Household, canteen: int) -> None:
    make.book(home, canteen, THURSDAY)
    with pytest.raises(Refused, match=r"^Ce jour est déjà réservé\.$"):
        ask(home, canteen)


def test_a_service_that_is_not_offered_any_more_looks_absent(home: Household) -> None:
    closed = make.morning_care(active=False)
    make.enrol(home.child_id, closed)
    with pytest.raises(NotAllowed):
        ask(home, closed)


def test_a_double_click_is_one_request_one_number_one_e_mail(home: Household, canteen: int) -> None:
    assert ask(home, canteen) == ask(home, canteen)
    assert (count(FamilyRequest), count(RequestEvent), count(OutgoingEmail)) == (1, 1, 1)


def test_the_other_parent_is_told_that_the_day_is_already_asked(home: Household, canteen: int) -> None:
    ask(home, canteen)
    with pytest.raises(Refused, match=r"^Une réservation est déjà demandée pour ce jour\.$"):
        ask(home, canteen, actor=home.conjoint)


def test_after_a_withdrawal_the_day_can_be_asked_again(home: Household, canteen: int) -> None:
    first = ask(home, canteen)
    requests.withdraw(home.responsable, first.id)
    assert ask(home, canteen).id != first.id


def test_an_absence_can_be_declared_until_nine_that_day(home: Household, canteen: int, at: Frozen) -> None:
    make.book(home, canteen, THURSDAY)
    limit = datetime(2026, 11, 26, 8, tzinfo=UTC)
    with at(limit + timedelta(seconds=1)), pytest.raises(Refused) as late:
        declare(home, canteen)
    said = "Absence impossible à déclarer : il fallait prévenir avant le jeudi 26 novembre à 9 h 00."
    assert late.value.message == said
    with at(limit):
        assert declare(home, canteen).status is RequestStatus.PENDING


def test_no_absence_on_a_day_that_is_not_booked(home: Household, canteen: int) -> None:
    with pytest.raises(Refused) as nothing:
        declare(home, canteen)
    assert nothing.value.message == "Ce jour n’est pas réservé : il n’y a pas d’absence à déclarer."
    ask(home, canteen)
    with pytest.raises(Refused) as waiting:
        declare(home, canteen)
    said = "La réservation de ce jour n’est pas encore acceptée : retirez-la dans « Liste des demandes »."
    assert waiting.value.message == said


def test_no_second_absence_on_the_same_day(home: Household, canteen: int, agent: Actor) -> None:
    make.book(home, canteen, THURSDAY)
    view = declare(home, canteen)
    with pytest.raises(Refused, match=r"^Une absence est déjà déclarée pour ce jour\.$"):
        declare(home, canteen, actor=home.conjoint)
    requests.accept(agent, view.id)
    with pytest.raises(Refused, match=r"^L’absence de ce jour est déjà enregistrée\.$"):
        declare(home, canteen)


def test_a_comment_longer_than_five_hundred_characters_is_refused(home: Household, canteen: int) -> None:
    make.book(home, canteen, THURSDAY)
    act = (home.responsable, home.child_id, canteen, THURSDAY, AbsenceReason.OTHER)
    with pytest.raises(Refused, match="commentaire dépasse 500"):
        requests.declare_absence(*act, "x" * 501)
    assert requests.declare_absence(*act, "x" * 500).comment == "x" * 500


def test_a_failure_in_the_middle_leaves_nothing(home: Household, canteen: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_: object, **__: object) -> None:
        raise RuntimeError("cut")

    monkeypatch.setattr("portail_app.services.request_mail.send_receipt", cut)
    with pytest.raises(RuntimeError):
        ask(home, canteen)
    counts = [count(table) for table in (FamilyRequest, RequestEvent, JournalEntry, OutgoingEmail, NumberSeries)]
    assert counts == [0, 0, 0, 0, 0]


def test_everything_of_another_family_looks_absent(home: Household, canteen: int) -> None:
    make.book(home, canteen, FRIDAY)
    asked, stranger = ask(home, canteen), make.nguyen().responsable
    for act in (
        lambda: ask(home, canteen, actor=stranger),
        lambda: requests.declare_absence(stranger, home.child_id, canteen, FRIDAY, AbsenceReason.FAMILY),
        lambda: requests.ask_contact_change(stranger, home.id, RequestKind.PHONE, {"home_phone": "0450000000"}),
        lambda: requests.attach_certificate(stranger, asked.id, 1),
        lambda: requests.withdraw(stranger, asked.id),
        lambda: requests.one(stranger, asked.id),
        lambda: requests.one(stranger, 424242),
    ):
        with pytest.raises(NotAllowed) as absent:
            act()
        assert absent.value.message == "Cet élément est introuvable."
    assert requests.recent(stranger) == []


def test_whoever_must_change_their_password_does_nothing_before(home: Household, canteen: int) -> None:
    newcomer = replace(home.responsable, must_change_password=True)
    for act in (lambda: ask(home, canteen, actor=newcomer), lambda: requests.recent(newcomer)):
        with pytest.raises(NotAllowed):
            act()
