"""Pay the invoices as each family is used to, and leave some unpaid."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from uuid import UUID

from sqlmodel import Session

from portail_app.demo.homes import Home, People
from portail_app.demo.households import Habit
from portail_app.demo.invoices import Issued
from portail_app.demo.series import RECEIPTS, Series
from portail_app.demo.timeline import ONE_DAY, Timeline, instant
from portail_app.models.billing import Allocation, Payment, PaymentAttempt
from portail_app.rules.kinds import AttemptStatus
from portail_app.rules.money import share_cents
from portail_app.rules.statuses import PaymentMethod

# Days between the invoice and its payment, at least and at most.
_DELAYS = {
    Habit.CARD: (2, 12),
    Habit.DEBIT: (20, 20),
    Habit.TRANSFER: (8, 25),
    Habit.CHEQUE: (5, 20),
    Habit.CASH: (2, 15),
    Habit.LATE: (34, 50),
    Habit.GROUPED: (6, 12),
    Habit.PARTS: (6, 9),
    Habit.BEHIND: (12, 24),
    Habit.TOUR: (6, 6),
    Habit.LAST: (2, 12),
}
_METHODS = {
    Habit.DEBIT: PaymentMethod.DIRECT_DEBIT,
    Habit.TRANSFER: PaymentMethod.TRANSFER,
    Habit.CHEQUE: PaymentMethod.CHEQUE,
    Habit.CASH: PaymentMethod.CASH,
    Habit.GROUPED: PaymentMethod.CHEQUE,
    Habit.PARTS: PaymentMethod.CESU,
    Habit.BEHIND: PaymentMethod.TRANSFER,
}
_UNPAID_AT_THE_END = {Habit.TOUR: 2, Habit.BEHIND: 3, Habit.LAST: 1}
_REST_AFTER_DAYS = 38
# CESU covers childcare only: two fifths, and the rest later.
_CESU_PARTS = (2, 3)
_BY_THEMSELVES = frozenset({PaymentMethod.CARD, PaymentMethod.DIRECT_DEBIT})
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class _Planned:
    """A payment to write, and the part of each invoice that it pays."""

    home: Home
    on: date
    method: PaymentMethod
    parts: tuple[tuple[Issued, int], ...]

    @property
    def total_cents(self) -> int:
        return sum(cents for _, cents in self.parts)


def add(session: Session, timeline: Timeline, people: People, issued: list[Issued], series: Series) -> None:
    """Write the payments made so far, with their receipts, in the order of their days."""
    draws = timeline.draws("payments")
    by_home: defaultdict[int, list[Issued]] = defaultdict(list)
    for invoice in issued:
        by_home[invoice.home.family_id].append(invoice)
    planned = [payment for home in people.homes for payment in _habits(home, by_home[home.family_id], draws)]
    made = sorted((payment for payment in planned if payment.on <= timeline.today), key=lambda payment: payment.on)
    attempts = [_attempt(timeline, payment, draws) for payment in made]
    session.add_all(attempt for attempt in attempts if attempt)
    session.flush()
    rows = [
        _payment(timeline, payment, attempt, people.staff["regisseur"], series)
        for payment, attempt in zip(made, attempts, strict=True)
    ]
    session.add_all(rows)
    session.flush()
    session.add_all(
        Allocation(payment_id=row.id or 0, invoice_id=invoice.invoice_id, amount_cents=cents)
        for payment, row in zip(made, rows, strict=True)
        for invoice, cents in payment.parts
    )
    session.flush()


def _habits(home: Home, invoices: list[Issued], draws: Random) -> Iterator[_Planned]:
    habit = home.household.pays
    method = _METHODS.get(habit, PaymentMethod.CARD)
    paid = invoices[: len(invoices) - _UNPAID_AT_THE_END.get(habit, 0)]
    if habit is Habit.GROUPED:
        paid_together = [paid[start : start + 2] for start in range(0, len(paid) - 1, 2)]
    else:
        paid_together = [[invoice] for invoice in paid]
    for group in paid_together:
        on = group[-1].issued_on + draws.randint(*_DELAYS[habit]) * ONE_DAY
        if habit is Habit.PARTS:
            yield from _in_parts(home, group[0], on)
        else:
            parts = tuple((invoice, invoice.total_cents) for invoice in group)
            yield _Planned(home, _at_the_counter(on, method), method, parts)


def _in_parts(home: Home, invoice: Issued, on: date) -> Iterator[_Planned]:
    first, rest = share_cents(invoice.total_cents, _CESU_PARTS)
    later = invoice.issued_on + _REST_AFTER_DAYS * ONE_DAY
    for day, method, cents in ((on, PaymentMethod.CESU, first), (later, PaymentMethod.CHEQUE, rest)):
        if cents:
            yield _Planned(home, _at_the_counter(day, method), method, ((invoice, cents),))


def _at_the_counter(day: date, method: PaymentMethod) -> date:
    """Return the day itself, or the Monday after a week-end when somebody must receive the money."""
    if method is PaymentMethod.CARD or day.weekday() < _SATURDAY:
        return day
    return day + (7 - day.weekday()) * ONE_DAY


def _attempt(timeline: Timeline, payment: _Planned, draws: Random) -> PaymentAttempt | None:
    """Write what the payment partner answered to a card."""
    if payment.method is not PaymentMethod.CARD:
        return None
    invoice, cents = payment.parts[0]
    at = min(instant(payment.on, 20, 40), timeline.now)
    return PaymentAttempt(
        invoice_id=invoice.invoice_id,
        account_id=payment.home.account_ids[0],
        reference=f"{invoice.number.replace('-', '')}A1",
        operation_id=str(UUID(int=draws.getrandbits(128), version=4)),
        amount_cents=cents,
        receipt_email=payment.home.email,
        status=AttemptStatus.PAID,
        created_at=at,
        checked_at=at,
    )


def _payment(
    timeline: Timeline, payment: _Planned, attempt: PaymentAttempt | None, regisseur: int, series: Series
) -> Payment:
    return Payment(
        family_id=payment.home.family_id,
        attempt_id=attempt.id if attempt else None,
        receipt_number=series.next(RECEIPTS, payment.on.year),
        method=payment.method,
        amount_cents=payment.total_cents,
        paid_on=payment.on,
        recorded_by_id=None if payment.method in _BY_THEMSELVES else regisseur,
        created_at=min(instant(payment.on, 20, 42), timeline.now),
    )
