"""Whatever the day on which the demo is created, what it shows makes sense."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, select

from portail_app import clock, db
from portail_app.access import Actor
from portail_app.demo.sign_ins import FIRST_PASSWORD, STAFF_PASSWORD
from portail_app.models.billing import Allocation, CreditNote, Invoice, InvoiceLine, Payment
from portail_app.models.bookings import Absence, Attendance, Booking
from portail_app.models.catalogue import Classroom, Enrolment, Service
from portail_app.models.exchanges import CanteenMenu, Message
from portail_app.models.people import Child, Family
from portail_app.models.requests import FamilyRequest, NumberSeries, RequestEvent
from portail_app.rules.day_acts import absence_refusal, booking_refusal
from portail_app.rules.money import line_amount_cents
from portail_app.rules.school_days import month_days, next_month, school_year_of
from portail_app.rules.statuses import BookingStatus, InvoiceStatus, RequestKind, RequestStatus
from portail_app.services import auth, catalogue, days, families, invoices, requests, sessions
from portail_app.settings import get_settings
from tests.demos import Demos

HOME = "127.0.0.1"
DAYS = {
    "a Monday of November": datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
    "a Sunday": datetime(2026, 11, 29, 15, tzinfo=UTC),
    "Christmas Eve": datetime(2026, 12, 24, 17, tzinfo=UTC),
    "the middle of the summer": datetime(2027, 7, 15, 8, tzinfo=UTC),
    "the first day of school": datetime(2027, 9, 1, 6, tzinfo=UTC),
    "the night of a first of January": datetime(2027, 12, 31, 23, 10, tzinfo=UTC),
}


@pytest.fixture(scope="module")
def demos(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Demos:
    return Demos(sqlite_template, tmp_path_factory.mktemp("demos"))


@pytest.fixture(params=DAYS.values(), ids=DAYS.keys(), autouse=True)
def today(
    request: pytest.FixtureRequest,
    demos: Demos,
    tmp_path: Path,
    use_settings: Callable[..., None],
    at: Callable[..., AbstractContextManager[None]],
) -> Iterator[date]:
    """Live on one of the days, in a demo created that day."""
    use_settings(database_url=demos.copy(request.param, tmp_path / "demo.db", get_settings().data_dir))
    db.dispose()
    with at(request.param):
        yield clock.today()
    db.dispose()


def test_no_day_is_booked_while_the_service_is_closed(today: date) -> None:
    services, bookings = _by_id(Service), _all(Booking)
    opening = _opening(min(row.on for row in bookings), max(row.on for row in bookings))
    views = {number: _view(service) for number, service in services.items()}
    closed = [row for row in bookings if not opening.status(views[row.service_id], row.on).is_open]
    assert bookings
    assert closed == []


def test_every_booked_day_is_within_an_enrolment(today: date) -> None:
    enrolled: defaultdict[tuple[int, int], list[Enrolment]] = defaultdict(list)
    for row in _all(Enrolment):
        enrolled[row.child_id, row.service_id].append(row)
    outside = [
        row
        for row in _all(Booking)
        if not any(one.starts_on <= row.on <= one.ends_on for one in enrolled[row.child_id, row.service_id])
    ]
    assert outside == []


def test_no_service_takes_more_children_than_it_can(today: date) -> None:
    absent = {row.booking_id for row in _all(Absence)}
    taken = Counter(
        (row.service_id, row.on) for row in _all(Booking) if row.status is BookingStatus.BOOKED and row.id not in absent
    )
    services = _by_id(Service)
    assert [key for key, count in taken.items() if count > (services[key[0]].capacity or 0)] == []


def test_the_roll_was_called_on_past_days_only(today: date) -> None:
    rolls = _all(Attendance)
    assert max(row.on for row in rolls) < today
    assert 0.9 < sum(row.present for row in rolls) / len(rolls) < 1
    booked = {(row.child_id, row.service_id, row.on) for row in _all(Booking)}
    assert any((row.child_id, row.service_id, row.on) not in booked for row in rolls)
    assert max(row.on for row in _all(Booking)) >= today


def test_children_have_the_age_of_their_class(today: date) -> None:
    rooms, year = _by_id(Classroom), int(school_year_of(today)[:4])
    ages: defaultdict[str, set[int]] = defaultdict(set)
    for child in _all(Child):
        ages[rooms[child.classroom_id or 0].name].add(year - child.born_on.year)
    assert ages == {
        "Petite et moyenne sections": {3, 4},
        "Grande section": {5},
        "CP – CE1": {6, 7},
        "CE2": {8},
        "CM1 – CM2": {9, 10},
    }


def test_pending_requests_are_on_open_days_before_their_deadline(today: date) -> None:
    pending = [row for row in _all(FamilyRequest) if row.status is RequestStatus.PENDING]
    about_a_day = [row for row in pending if row.on]
    assert len(pending) >= 12
    assert len({row.child_id for row in about_a_day}) == len(about_a_day) >= 12
    assert {row.kind for row in pending} == {
        RequestKind.BOOKING,
        RequestKind.ABSENCE,
        RequestKind.ADDRESS,
        RequestKind.PHONE,
    }
    views = {number: _view(service) for number, service in _by_id(Service).items()}
    for row in about_a_day:
        opening, service = _opening(row.on, row.on), views[row.service_id]
        limit = opening.booking_until if row.kind is RequestKind.BOOKING else opening.absence_until
        assert opening.status(service, row.on).is_open
        assert row.created_at <= clock.now() < limit(service, row.on)


def test_the_agent_can_accept_every_pending_request(today: date) -> None:
    agent = _signed_in("agent", STAFF_PASSWORD)
    waiting = requests.queue(agent)
    outcomes = requests.accept_many(agent, [view.id for view in waiting.items])
    assert [outcome.message for outcome in outcomes if not outcome.accepted] == []
    assert requests.queue(agent).pending == 0
    certificates = {view.certificate for view in waiting.items if view.kind is RequestKind.ABSENCE}
    assert certificates == set(requests.CertificateState)


def test_answers_are_less_than_a_month_old_and_have_their_history(today: date) -> None:
    answered = [row for row in _all(FamilyRequest) if row.status is not RequestStatus.PENDING]
    assert Counter(row.status for row in answered).keys() == set(RequestStatus) - {RequestStatus.PENDING}
    events: defaultdict[int, list[RequestEvent]] = defaultdict(list)
    for event in _all(RequestEvent):
        events[event.request_id].append(event)
    for row in answered:
        assert clock.now() - timedelta(days=31) < row.created_at < (row.decided_at or row.created_at) <= clock.now()
        assert bool(row.reason) is (row.status is RequestStatus.REFUSED)
        history = events[row.id or 0]
        assert [event.status for event in history[:2]] == [RequestStatus.PENDING, row.status]
        assert [event.at for event in history] == sorted(event.at for event in history)


def test_an_accepted_request_has_changed_its_day(today: date) -> None:
    accepted = {row.id for row in _all(FamilyRequest) if row.status is RequestStatus.ACCEPTED}
    changed = [row.request_id for row in (*_all(Booking), *_all(Absence)) if row.request_id]
    assert sorted(changed) == sorted(number for number in accepted if number)


def test_numbers_follow_each_other_and_the_series_knows_the_last(today: date) -> None:
    given = [row.number for row in _all(FamilyRequest)] + [row.number for row in _all(Invoice)]
    given += [row.receipt_number for row in _all(Payment)] + [row.number for row in _all(CreditNote)]
    last = Counter(number.rpartition("-")[0] for number in given)
    assert {row.name: row.last for row in _all(NumberSeries)} == dict(last)
    assert sorted(given) == sorted(f"{name}-{n:06d}" for name, count in last.items() for n in range(1, count + 1))
    assert {row.number[2:6] for row in _all(Invoice)} == {str(row.issued_on.year) for row in _all(Invoice)}


def test_the_lines_of_an_invoice_add_up_to_its_total(today: date) -> None:
    totals: Counter[int] = Counter()
    for line in _all(InvoiceLine):
        assert line.amount_cents == line_amount_cents(line.quantity, line.unit_price_cents)
        totals[line.invoice_id] += line.amount_cents
    assert totals == {row.id: row.total_cents for row in _all(Invoice)}


def test_invoices_bill_exactly_the_days_that_were_not_excused(today: date) -> None:
    last = max(_all(Invoice), key=lambda row: row.issued_on)
    issued_in = last.issued_on.replace(day=1)
    month = set(month_days(*_previous(issued_in)))
    excused = {row.booking_id for row in _all(Absence) if row.excused}
    booked = {(row.child_id, row.service_id, row.on): row for row in _all(Booking)}
    days_billed = sum(
        row.on in month and row.status is BookingStatus.BOOKED and row.id not in excused for row in booked.values()
    )
    days_billed += sum(
        row.on in month and (row.child_id, row.service_id, row.on) not in booked for row in _all(Attendance)
    )
    same_month = {row.id for row in _all(Invoice) if row.label == last.label}
    assert sum(line.quantity for line in _all(InvoiceLine) if line.invoice_id in same_month) == days_billed > 0


def test_payments_never_exceed_what_is_owed_and_are_wholly_allocated(today: date) -> None:
    by_payment: Counter[int] = Counter()
    by_invoice: Counter[int] = Counter()
    for row in _all(Allocation):
        by_payment[row.payment_id] += row.amount_cents
        by_invoice[row.invoice_id] += row.amount_cents
    owners = _by_id(Invoice)
    assert by_payment == {row.id: row.amount_cents for row in _all(Payment)}
    assert all(by_invoice[row.id or 0] <= row.total_cents for row in owners.values())
    families_paid = {row.id: row.family_id for row in _all(Payment)}
    assert all(families_paid[row.payment_id] == owners[row.invoice_id].family_id for row in _all(Allocation))
    assert all(row.paid_on <= today for row in _all(Payment))


def test_invoices_of_two_school_years_are_paid_partly_paid_unpaid_and_overdue(today: date) -> None:
    regisseur = _signed_in("regisseur", STAFF_PASSWORD)
    statuses, years, halves = Counter[InvoiceStatus](), set(), 0
    for invoice in _all(Invoice):
        view = invoices.one(regisseur, invoice.id or 0)
        statuses[view.status] += 1
        years.add(school_year_of(view.issued_on))
        halves += 0 < view.paid_cents < view.total_cents
        assert view.balance_cents >= 0
        assert view.issued_on <= today
    assert statuses.keys() >= {InvoiceStatus.PAID, InvoiceStatus.OVERDUE}
    # Invoices are due at the end of their month: in the first days of a month, before the next ones, all are late.
    not_late_yet = statuses[InvoiceStatus.UNPAID] + statuses[InvoiceStatus.PARTLY_PAID] > 0
    assert not_late_yet is any(row.issued_on >= today.replace(day=1) for row in _all(Invoice))
    assert halves or today.month in {8, 9}
    assert statuses[InvoiceStatus.PAID] > len(_all(Invoice)) / 2
    assert len(years) >= 2
    assert school_year_of(today) in years or today.month == 9


def test_prices_went_up_on_a_first_of_september(today: date) -> None:
    issued = _by_id(Invoice)
    prices: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for line in _all(InvoiceLine):
        prices[line.service_name, line.quotient_bracket].add(line.unit_price_cents)
    assert {row.quotient_familial for row in issued.values()} > {None, 812}
    assert any(len(found) >= 2 for found in prices.values())


def test_the_perrin_family_has_invoices_to_pay_and_paid_ones(today: date) -> None:
    perrin = _perrin()
    unpaid = invoices.unpaid(perrin)
    assert len(unpaid) == 2
    assert unpaid[0].status is InvoiceStatus.OVERDUE
    assert len([row for row in _all(Invoice) if row.family_id == _family("Perrin")]) > 4
    assert invoices.pdf(perrin, unpaid[0].id)[1].startswith(b"%PDF-")


def test_the_perrin_family_can_book_and_declare_an_absence_or_reads_why_not(today: date) -> None:
    perrin = _perrin()
    children = [child for child in families.children_of(perrin) if child.family_id == _family("Perrin")]
    assert [child.first_name for child in children] == ["Léo", "Zoé"]
    this_month = month_days(today.year, today.month)
    following = month_days(*next_month(today.year, today.month))
    possible: defaultdict[str, set[str]] = defaultdict(set)
    for child in children:
        for on in this_month + following:
            for act, refusal in _acts(child.id, on):
                assert isinstance(refusal, str)
                if not refusal:
                    possible[act].add(child.first_name)
    assert possible["absence"] == {"Léo", "Zoé"} or today.month in {7, 8}
    assert possible["booking"]
    assert possible["absence"]


def test_the_perrin_family_has_an_accepted_and_a_refused_request_of_the_last_days(today: date) -> None:
    answers = requests.recent(_perrin())
    assert {view.status for view in answers} == {RequestStatus.ACCEPTED, RequestStatus.REFUSED}
    assert all(clock.now() - view.created_at < timedelta(days=8) for view in answers)
    assert all(view.on and view.on > today for view in answers)


def test_messages_and_menus_are_around_today(today: date) -> None:
    assert max(row.sent_at for row in _all(Message)) <= clock.now()
    menus = sorted(row.on for row in _all(CanteenMenu))
    assert menus[0] < today < menus[-1]
    assert len(menus) == 24


def _acts(child_id: int, on: date) -> Iterator[tuple[str, str]]:
    with db.reading() as session:
        for service in _by_id(Service).values():
            day = days.load(session, "A", child_id, service.id or 0, on)
            yield "booking", booking_refusal(day.facts, clock.now())
            yield "absence", absence_refusal(day.facts, clock.now())


def _perrin() -> Actor:
    """Sign Claire Perrin in, as if she had already chosen her password."""
    return replace(_signed_in("perrin", FIRST_PASSWORD), must_change_password=False)


def _signed_in(identifier: str, password: str) -> Actor:
    actor = sessions.actor_of(auth.sign_in(identifier, password, HOME).token)
    assert actor is not None
    return actor


def _family(name: str) -> int:
    return next(row.id or 0 for row in _all(Family) if row.name == name)


def _previous(first: date) -> tuple[int, int]:
    before = first - timedelta(days=1)
    return before.year, before.month


def _opening(first: date, last: date) -> catalogue.Opening:
    with db.reading() as session:
        return catalogue.opening(session, "A", first, last)


def _view(service: Service) -> catalogue.ServiceView:
    with db.reading() as session:
        statement = sa.select(*catalogue.SERVICE_COLUMNS).where(catalogue.SERVICE.c.id == service.id)
        return catalogue.service_of(session.connection().execute(statement).one())


def _all(table: type[SQLModel]) -> list[Any]:
    with db.reading() as session:
        return list(session.exec(select(table)).all())


def _by_id(table: type[SQLModel]) -> dict[int, Any]:
    return {row.id: row for row in _all(table)}
