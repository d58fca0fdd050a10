"""Bill each month of the ledger to each family, with the prices and the brackets of that month."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session

from portail_app.demo.codes import CANTEEN
from portail_app.demo.homes import Home, People
from portail_app.demo.ledger import Ledger
from portail_app.demo.series import CREDIT_NOTES, INVOICES, Series
from portail_app.demo.services import Offer
from portail_app.demo.timeline import ONE_DAY, Timeline, instant
from portail_app.models.billing import BillingRun, CreditNote, Invoice, InvoiceLine
from portail_app.rules.deadlines import is_open_day
from portail_app.rules.money import line_amount_cents
from portail_app.rules.school_days import month_days, next_month
from portail_app.rules.spoken_dates import MONTHS
from portail_app.rules.tariffs import Band

# Whoever had a meal taken back from an invoice that is still owed.
_CREDITED = "Rakotondrabe"

Bases = Counter[tuple[int, str, int, str]]  # child, service, unit price, bracket -> days


@dataclass(frozen=True, slots=True)
class Issued:
    """An invoice that has been written."""

    home: Home
    invoice_id: int
    number: str
    issued_on: date
    due_on: date
    total_cents: int


def add(session: Session, people: People, ledger: Ledger, series: Series) -> list[Issued]:
    """Issue the invoices of every month that is over, in the order of the months then of the families."""
    offer, bases = ledger.offer, _bases(ledger)
    names = {kid.child_id: kid.name for kid in people.kids}
    issued: list[Issued] = []
    for year, month in _months(offer.timeline):
        issued_on = _issue_day(offer, *next_month(year, month))
        if issued_on > offer.timeline.today:
            break
        billed = [(home, bases[home.family_id, year, month]) for home in people.homes]
        run = _run(session, year, month, issued_on)
        rows = [_draft(home, days, names, offer, run) for home, days in billed if days]
        issued += _issue(session, rows, run, series, issued_on)
    _credit(session, offer, issued, series)
    return issued


@dataclass(frozen=True, slots=True)
class _Draft:
    home: Home
    lines: list[dict[str, object]]
    total_cents: int


def _bases(ledger: Ledger) -> defaultdict[tuple[int, int, int], Bases]:
    """Count what is billed by family and month; children who came unbooked are billed like the others."""
    bases: defaultdict[tuple[int, int, int], Bases] = defaultdict(Counter)
    for entry in (*ledger.entries.values(), *ledger.walk_ins):
        if not entry.is_billed:
            continue
        quotient = entry.home.household.quotient
        band = ledger.offer.band(entry.code, quotient, entry.on)
        key = entry.kid.child_id, entry.code, band.unit_price_cents, _bracket(band, quotient)
        bases[entry.home.family_id, entry.on.year, entry.on.month][key] += 1
    return bases


def _bracket(band: Band, quotient: int | None) -> str:
    if quotient is None:
        return "QF non communiqué"
    if band.quotient_maximum is None:
        return f"QF à partir de {band.quotient_minimum}"
    return f"QF de {band.quotient_minimum} à {band.quotient_maximum - 1}"


def _months(timeline: Timeline) -> Iterator[tuple[int, int]]:
    year, month = timeline.history_starts_on.year, timeline.history_starts_on.month
    while (year, month) < (timeline.today.year, timeline.today.month):
        yield year, month
        year, month = next_month(year, month)


def _issue_day(offer: Offer, year: int, month: int) -> date:
    return next(day for day in month_days(year, month) if is_open_day(day, offer.opening.town_hall_closed))


def _run(session: Session, year: int, month: int, issued_on: date) -> BillingRun:
    days = month_days(year, month)
    run = BillingRun(
        label=f"{MONTHS[month - 1].capitalize()} {year}",
        period_starts_on=days[0],
        period_ends_on=days[-1],
        created_at=instant(issued_on, 8, 30),
        issued_at=instant(issued_on, 9),
    )
    session.add(run)
    session.flush()
    return run


def _draft(home: Home, days: Bases, names: dict[int, str], offer: Offer, run: BillingRun) -> _Draft:
    order = list(offer.services)
    lines: list[dict[str, object]] = []
    total = 0
    for key in sorted(days, key=lambda key: (key[0], order.index(key[1]), key[2])):
        child_id, code, price, bracket = key
        amount = line_amount_cents(days[key], price)
        total += amount
        lines.append(
            {
                "position": len(lines) + 1,
                "child_id": child_id,
                "child_name": names[child_id],
                "service_name": offer.services[code].name,
                "nature": offer.natures[code],
                "period": run.label.lower(),
                "quantity": Decimal(days[key]),
                "unit_price_cents": price,
                "quotient_bracket": bracket,
                "amount_cents": amount,
            }
        )
    return _Draft(home, lines, total)


def _issue(session: Session, drafts: list[_Draft], run: BillingRun, series: Series, issued_on: date) -> list[Issued]:
    invoices = [
        Invoice(
            number=series.next(INVOICES, issued_on.year),
            run_id=run.id,
            family_id=draft.home.family_id,
            payer_id=draft.home.payer_id,
            label=run.label,
            debtor_name=draft.home.debtor_name,
            debtor_address=draft.home.debtor_address,
            quotient_familial=draft.home.household.quotient,
            issued_on=issued_on,
            due_on=month_days(issued_on.year, issued_on.month)[-1],
            total_cents=draft.total_cents,
            created_at=instant(issued_on, 9),
        )
        for draft in drafts
    ]
    session.add_all(invoices)
    session.flush()
    pairs = list(zip(drafts, invoices, strict=True))
    lines = [{**line, "invoice_id": invoice.id} for draft, invoice in pairs for line in draft.lines]
    if lines:
        session.connection().execute(sa.insert(InvoiceLine.metadata.tables["invoiceline"]), lines)
    return [
        Issued(draft.home, invoice.id or 0, invoice.number, issued_on, invoice.due_on, invoice.total_cents)
        for draft, invoice in pairs
    ]


def _credit(session: Session, offer: Offer, issued: list[Issued], series: Series) -> None:
    """Take one meal back from the last but one invoice of a family that still owes it."""
    *_, corrected, _ = (invoice for invoice in issued if invoice.home.household.name == _CREDITED)
    issued_on = min(corrected.issued_on + 9 * ONE_DAY, offer.timeline.today)
    meal = offer.band(CANTEEN, corrected.home.household.quotient, issued_on).unit_price_cents
    session.add(
        CreditNote(
            number=series.next(CREDIT_NOTES, issued_on.year),
            invoice_id=corrected.invoice_id,
            issued_on=issued_on,
            reason="Repas annulé par l’école : sortie de classe à la journée.",
            amount_cents=min(meal, corrected.total_cents),
        )
    )
    session.flush()
