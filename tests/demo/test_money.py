"""Whatever the day on which the demo is created, its amounts add up."""

from collections import Counter, defaultdict
from datetime import date, timedelta

from portail_app.demo.sign_ins import PARENT_PASSWORD, STAFF_PASSWORD
from portail_app.models.billing import Allocation, Invoice, InvoiceLine, Payment
from portail_app.models.bookings import Absence, Attendance, Booking
from portail_app.rules.money import line_amount_cents
from portail_app.rules.school_days import month_days, school_year_of
from portail_app.rules.statuses import BookingStatus, InvoiceStatus
from portail_app.services import invoices
from tests.demo.tables import all_of, by_id, signed_in


def test_the_lines_of_an_invoice_add_up_to_its_total(today: date) -> None:
    totals: Counter[int] = Counter()
    for line in all_of(InvoiceLine):
        assert line.amount_cents == line_amount_cents(line.quantity, line.unit_price_cents)
        totals[line.invoice_id] += line.amount_cents
    assert totals == {row.id: row.total_cents for row in all_of(Invoice)}


def test_invoices_bill_exactly_the_days_that_were_not_excused(today: date) -> None:
    last = max(all_of(Invoice), key=lambda row: row.issued_on)
    issued_in = last.issued_on.replace(day=1)
    month = set(month_days(*_previous(issued_in)))
    excused = {row.booking_id for row in all_of(Absence) if row.excused}
    booked = {(row.child_id, row.service_id, row.on): row for row in all_of(Booking)}
    days_billed = sum(
        row.on in month and row.status is BookingStatus.BOOKED and row.id not in excused for row in booked.values()
    )
    days_billed += sum(
        row.on in month and (row.child_id, row.service_id, row.on) not in booked for row in all_of(Attendance)
    )
    same_month = {row.id for row in all_of(Invoice) if row.label == last.label}
    assert sum(line.quantity for line in all_of(InvoiceLine) if line.invoice_id in same_month) == days_billed > 0


def test_payments_never_exceed_what_is_owed_and_are_wholly_allocated(today: date) -> None:
    by_payment: Counter[int] = Counter()
    by_invoice: Counter[int] = Counter()
    for row in all_of(Allocation):
        by_payment[row.payment_id] += row.amount_cents
        by_invoice[row.invoice_id] += row.amount_cents
    owners = by_id(Invoice)
    assert by_payment == {row.id: row.amount_cents for row in all_of(Payment)}
    assert all(by_invoice[row.id or 0] <= row.total_cents for row in owners.values())
    families_paid = {row.id: row.family_id for row in all_of(Payment)}
    assert all(families_paid[row.payment_id] == owners[row.invoice_id].family_id for row in all_of(Allocation))
    assert all(row.paid_on <= today for row in all_of(Payment))


def test_invoices_of_two_school_years_are_paid_partly_paid_unpaid_and_overdue(today: date) -> None:
    regisseur = signed_in("regisseur", STAFF_PASSWORD)
    statuses, years, halves = Counter[InvoiceStatus](), set(), 0
    for invoice in all_of(Invoice):
        view = invoices.one(regisseur, invoice.id or 0)
        statuses[view.status] += 1
        years.add(school_year_of(view.issued_on))
        halves += 0 < view.paid_cents < view.total_cents
        assert view.balance_cents >= 0
        assert view.issued_on <= today
    assert statuses.keys() >= {InvoiceStatus.PAID, InvoiceStatus.OVERDUE}
    # Invoices are due at the end of their month: in the first days of a month, before the next ones, all are late.
    not_late_yet = statuses[InvoiceStatus.UNPAID] + statuses[InvoiceStatus.PARTLY_PAID] > 0
    assert not_late_yet is any(row.issued_on >= today.replace(day=1) for row in all_of(Invoice))
    assert halves or today.month in {8, 9}
    assert statuses[InvoiceStatus.PAID] > len(all_of(Invoice)) / 2
    assert len(years) >= 2
    assert school_year_of(today) in years or today.month == 9


def test_the_separated_father_owes_one_invoice_of_his_own_weeks(today: date) -> None:
    (owed,) = invoices.unpaid(signed_in("moreau", PARENT_PASSWORD))
    assert owed.debtor_name.endswith("Antoine Moreau")
    assert owed.paid_cents == 0
    lines = [line for line in all_of(InvoiceLine) if line.invoice_id == owed.id]
    assert {line.child_name for line in lines} == {"Zoé Perrin-Moreau"}
    assert invoices.unpaid(signed_in("martin", PARENT_PASSWORD)) == []


def test_prices_went_up_on_a_first_of_september(today: date) -> None:
    issued = by_id(Invoice)
    prices: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for line in all_of(InvoiceLine):
        prices[line.service_name, line.quotient_bracket].add(line.unit_price_cents)
    assert {row.quotient_familial for row in issued.values()} > {None, 812}
    assert any(len(found) >= 2 for found in prices.values())


def _previous(first: date) -> tuple[int, int]:
    before = first - timedelta(days=1)
    return before.year, before.month
