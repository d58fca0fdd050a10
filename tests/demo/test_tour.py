"""Whatever the day on which the demo is created, the Perrin family has something to do."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from portail_app import clock, db
from portail_app.access import Actor
from portail_app.demo.sign_ins import FIRST_PASSWORD
from portail_app.models.billing import Invoice
from portail_app.models.catalogue import Service
from portail_app.rules.day_acts import absence_refusal, booking_refusal
from portail_app.rules.school_days import month_days, next_month
from portail_app.rules.statuses import InvoiceStatus, RequestStatus
from portail_app.services import days, families, invoices, requests
from tests.demo.tables import all_of, by_id, family, signed_in


def test_the_perrin_family_has_invoices_to_pay_and_paid_ones(today: date) -> None:
    perrin = _perrin()
    unpaid = invoices.unpaid(perrin)
    assert len(unpaid) == 2
    assert unpaid[0].status is InvoiceStatus.OVERDUE
    assert len([row for row in all_of(Invoice) if row.family_id == family("Perrin")]) > 4
    assert invoices.pdf(perrin, unpaid[0].id)[1].startswith(b"%PDF-")


def test_the_perrin_family_can_book_and_declare_an_absence_or_reads_why_not(today: date) -> None:
    perrin = _perrin()
    children = [child for child in families.children_of(perrin) if child.family_id == family("Perrin")]
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


def _acts(child_id: int, on: date) -> Iterator[tuple[str, str]]:
    with db.reading() as session:
        for service in by_id(Service).values():
            day = days.load(session, "A", child_id, service.id or 0, on)
            yield "booking", booking_refusal(day.facts, clock.now())
            yield "absence", absence_refusal(day.facts, clock.now())


def _perrin() -> Actor:
    """Sign Claire Perrin in, as if she had already chosen her password."""
    return replace(signed_in("perrin", FIRST_PASSWORD), must_change_password=False)
