"""Hand an invoice to ``pdf/invoice``: rows in, bytes out."""

from typing import Any

from portail_app.pdf.invoice import InvoicePdf, InvoicePdfLine, render
from portail_app.pdf.letterhead import MunicipalityBlock
from portail_app.rules.statuses import InvoiceStatus
from portail_app.services.invoices import InvoiceView


def printed(view: InvoiceView, invoice: Any, lines: Any, town: Any) -> bytes:
    """Draw an invoice; ``invoice``, ``lines`` and ``town`` are the rows behind the view."""
    paper = InvoicePdf(
        municipality=_letterhead(town),
        number=view.number,
        issued_on=view.issued_on,
        due_on=view.due_on,
        period_label=view.label,
        debtor_name=view.debtor_name,
        debtor_address_lines=tuple(invoice.debtor_address.splitlines()),
        lines=tuple(_line(row) for row in lines),
        total_cents=view.total_cents,
        paid_cents=view.paid_cents,
        balance_cents=view.balance_cents,
        means_of_payment=tuple(town.means_of_payment.splitlines()) if town else (),
        budget_line=town.budget_line if town else "",
        credited_cents=view.credited_cents,
        is_overdue=view.status is InvoiceStatus.OVERDUE,
    )
    return render(paper)


def _line(row: Any) -> InvoicePdfLine:
    return InvoicePdfLine(
        child=row.child_name,
        service=row.service_name,
        period=row.period,
        quantity=row.quantity,
        unit_price_cents=row.unit_price_cents,
        quotient_bracket=row.quotient_bracket,
        amount_cents=row.amount_cents,
    )


def _letterhead(town: Any) -> MunicipalityBlock:
    if town is None:
        return MunicipalityBlock(name="Mairie", address_lines=())
    return MunicipalityBlock(
        name=town.name,
        address_lines=tuple(town.address.splitlines()),
        phone=town.phone,
        email=town.email,
        website=town.website,
        issuer_name=town.issuer_name,
        issuer_quality=town.issuer_quality,
    )
