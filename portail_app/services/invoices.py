"""« factures »: what remains to be paid, and each invoice as a PDF. What is paid is computed, never stored."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from portail_app import clock, db
from portail_app.access import MONEY_ROLES, Actor, Role, require_id
from portail_app.errors import NotAllowed
from portail_app.models.billing import Allocation, CreditNote, Invoice, InvoiceLine
from portail_app.models.exchanges import Municipality
from portail_app.models.people import Account
from portail_app.rules.statuses import InvoiceStatus, invoice_status


@dataclass(frozen=True, slots=True)
class InvoiceView:
    """An invoice; ``balance_cents`` is its total less the credit notes and what was paid."""

    id: int
    family_id: int
    number: str
    label: str
    debtor_name: str
    issued_on: date
    due_on: date
    total_cents: int
    credited_cents: int
    paid_cents: int
    status: InvoiceStatus

    @property
    def balance_cents(self) -> int:
        """Return what is still owed; below zero when too much was paid."""
        return self.total_cents - self.credited_cents - self.paid_cents


def unpaid(actor: Actor, family_id: int | None = None) -> list[InvoiceView]:
    """List « Factures impayées », the one due first on top; an agent names the family."""
    if actor.is_staff and family_id is None:
        return []
    family = [] if family_id is None else [_INVOICE.c.family_id == family_id]
    with db.reading() as session:
        views = _select(actor, session, *family, _BALANCE > 0)
    return sorted(views, key=lambda view: (view.due_on, view.id))


def one(actor: Actor, invoice_id: int) -> InvoiceView:
    """Return one invoice, or look absent."""
    with db.reading() as session:
        return _one(actor, session, invoice_id)


def pdf(actor: Actor, invoice_id: int) -> tuple[str, bytes]:
    """Print one invoice as it stands now; return its file name and its bytes."""
    # The drawing engine and its fonts: 20 MB and a fifth of a second, for the first invoice and not for each start.
    from portail_app.services.invoice_printing import printed

    with db.reading() as session:
        view = _one(actor, session, invoice_id)
        connection = session.connection()
        invoice = connection.execute(sa.select(_INVOICE).where(_INVOICE.c.id == invoice_id)).one()
        lines = connection.execute(_LINES, {"invoice_id": invoice_id}).all()
        town = connection.execute(sa.select(_TOWN)).one_or_none()
    return f"facture-{view.number}.pdf", printed(view, invoice, lines, town)


_INVOICE = Invoice.metadata.tables["invoice"]
_LINE = InvoiceLine.metadata.tables["invoiceline"]
_CREDIT = CreditNote.metadata.tables["creditnote"]
_ALLOCATION = Allocation.metadata.tables["allocation"]
_ACCOUNT = Account.metadata.tables["account"]
_TOWN = Municipality.metadata.tables["municipality"]


def _sum_of(table: sa.Table) -> sa.ScalarSelect[int]:
    total = sa.func.coalesce(sa.func.sum(table.c.amount_cents), 0)
    return sa.select(total).where(table.c.invoice_id == _INVOICE.c.id).correlate(_INVOICE).scalar_subquery()


_PAID, _CREDITED = _sum_of(_ALLOCATION), _sum_of(_CREDIT)
_BALANCE = _INVOICE.c.total_cents - _PAID - _CREDITED
_SELECT = sa.select(_INVOICE, _PAID.label("paid_cents"), _CREDITED.label("credited_cents"))
_LINES = sa.select(_LINE).where(_LINE.c.invoice_id == sa.bindparam("invoice_id")).order_by(_LINE.c.position)


def _one(actor: Actor, session: Session, invoice_id: int) -> InvoiceView:
    found = _select(actor, session, _INVOICE.c.id == require_id(invoice_id))
    if not found:
        raise NotAllowed
    return found[0]


def _select(actor: Actor, session: Session, *conditions: sa.ColumnElement[bool]) -> list[InvoiceView]:
    rows = session.connection().execute(_SELECT.where(*conditions, *_mine(actor)).order_by(_INVOICE.c.id))
    today = clock.today()
    return [_view(row, today) for row in rows]


def _mine(actor: Actor) -> tuple[sa.ColumnElement[bool], ...]:
    """Limit to what the actor may see: an invoice addressed to one adult is hidden from the other."""
    if actor.must_change_password or (actor.is_staff and actor.role not in MONEY_ROLES):
        raise NotAllowed
    if actor.role is not Role.PARENT:
        return ()
    own = sa.select(_ACCOUNT.c.guardian_id).where(_ACCOUNT.c.id == actor.account_id).scalar_subquery()
    return (
        _INVOICE.c.family_id.in_(actor.family_ids),
        sa.or_(_INVOICE.c.payer_id.is_(None), _INVOICE.c.payer_id == own),
    )


def _view(row: Any, today: date) -> InvoiceView:
    owed = row.total_cents - row.credited_cents
    return InvoiceView(
        id=row.id,
        family_id=row.family_id,
        number=row.number,
        label=row.label,
        debtor_name=row.debtor_name,
        issued_on=row.issued_on,
        due_on=row.due_on,
        total_cents=row.total_cents,
        credited_cents=row.credited_cents,
        paid_cents=row.paid_cents,
        status=invoice_status(owed, row.paid_cents, row.due_on, today),
    )
