"""Whatever the day on which the demo is created, its requests can be answered."""

from collections import Counter, defaultdict
from datetime import date, timedelta

from portail_app import clock
from portail_app.demo.sign_ins import STAFF_PASSWORD
from portail_app.models.billing import CreditNote, Invoice, Payment
from portail_app.models.bookings import Absence, Booking
from portail_app.models.catalogue import Service
from portail_app.models.requests import FamilyRequest, NumberSeries, RequestEvent
from portail_app.rules.statuses import RequestKind, RequestStatus
from portail_app.services import requests
from tests.demo.tables import all_of, by_id, opening, signed_in, view_of


def test_pending_requests_are_on_open_days_before_their_deadline(today: date) -> None:
    pending = [row for row in all_of(FamilyRequest) if row.status is RequestStatus.PENDING]
    about_a_day = [row for row in pending if row.on]
    assert len(pending) >= 12
    assert len({row.child_id for row in about_a_day}) == len(about_a_day) >= 12
    assert {row.kind for row in pending} == {
        RequestKind.BOOKING,
        RequestKind.ABSENCE,
        RequestKind.ADDRESS,
        RequestKind.PHONE,
    }
    views = {number: view_of(service) for number, service in by_id(Service).items()}
    for row in about_a_day:
        calendar, service = opening(row.on, row.on), views[row.service_id]
        limit = calendar.booking_until if row.kind is RequestKind.BOOKING else calendar.absence_until
        assert calendar.status(service, row.on).is_open
        assert row.created_at <= clock.now() < limit(service, row.on)


def test_the_agent_can_accept_every_pending_request(today: date) -> None:
    agent = signed_in("agent", STAFF_PASSWORD)
    waiting = requests.queue(agent)
    outcomes = requests.accept_many(agent, [view.id for view in waiting.items])
    assert [outcome.message for outcome in outcomes if not outcome.accepted] == []
    assert requests.queue(agent).pending == 0
    certificates = {view.certificate for view in waiting.items if view.kind is RequestKind.ABSENCE}
    assert certificates == set(requests.CertificateState)


def test_answers_are_less_than_a_month_old_and_have_their_history(today: date) -> None:
    answered = [row for row in all_of(FamilyRequest) if row.status is not RequestStatus.PENDING]
    assert Counter(row.status for row in answered).keys() == set(RequestStatus) - {RequestStatus.PENDING}
    events: defaultdict[int, list[RequestEvent]] = defaultdict(list)
    for event in all_of(RequestEvent):
        events[event.request_id].append(event)
    for row in answered:
        assert clock.now() - timedelta(days=31) < row.created_at < (row.decided_at or row.created_at) <= clock.now()
        assert bool(row.reason) is (row.status is RequestStatus.REFUSED)
        history = events[row.id or 0]
        assert [event.status for event in history[:2]] == [RequestStatus.PENDING, row.status]
        assert [event.at for event in history] == sorted(event.at for event in history)


def test_an_accepted_request_has_changed_its_day(today: date) -> None:
    accepted = {row.id for row in all_of(FamilyRequest) if row.status is RequestStatus.ACCEPTED}
    changed = [row.request_id for row in (*all_of(Booking), *all_of(Absence)) if row.request_id]
    assert sorted(changed) == sorted(number for number in accepted if number)


def test_numbers_follow_each_other_and_the_series_knows_the_last(today: date) -> None:
    given = [row.number for row in all_of(FamilyRequest)] + [row.number for row in all_of(Invoice)]
    given += [row.receipt_number for row in all_of(Payment)] + [row.number for row in all_of(CreditNote)]
    last = Counter(number.rpartition("-")[0] for number in given)
    assert {row.name: row.last for row in all_of(NumberSeries)} == dict(last)
    assert sorted(given) == sorted(f"{name}-{n:06d}" for name, count in last.items() for n in range(1, count + 1))
    assert {row.number[2:6] for row in all_of(Invoice)} == {str(row.issued_on.year) for row in all_of(Invoice)}
