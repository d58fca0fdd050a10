"""The invoice sent to a family.

It carries what French law asks of a public invoice: name and quality of the issuer, bases of calculation (child,
service, quantity, unit price, quotient bracket), number, date and debtor, budget line, amount, means of payment, ways
and delays of recourse (CGCT L1617-5; Conseil d'État, 17 March 2016, no 389069).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portail_app.pdf import french
from portail_app.pdf.invoice_table import InvoicePdfLine, draw_lines
from portail_app.pdf.letterhead import (
    BODY,
    DEEP,
    HEADING,
    INK,
    PANEL,
    QUIET,
    STRONG,
    TITLE,
    MunicipalityBlock,
    draw_feet,
    draw_letterhead,
    draw_recipient,
)
from portail_app.pdf.paper import BOTTOM, LEFT, RIGHT, WIDTH, Look, Paper

__all__ = ["DEFAULT_RECOURSE", "InvoicePdf", "InvoicePdfLine", "MunicipalityBlock", "render"]

DEFAULT_RECOURSE = (
    "Vous pouvez contester le bien-fondé de cette facture dans un délai de deux mois à compter de sa réception"
    " (article L.\u00a01617-5 du code général des collectivités territoriales), devant le tribunal administratif."
    " Dans le même délai, vous pouvez d’abord adresser un recours gracieux à la mairie."
)

_WARM, _CALM = ("#7a4a00", "#fdf1da"), ("#1c6238", "#e4f3e9")
_CAPTION = Look(8, color="#55616f")
_TOTALS_HEIGHT, _ROW_HEIGHT = 20.5, 6.4
_NOTHING_DUE = "Vous n’avez rien à régler pour cette facture."
_FIGURE = Look(11, bold=True, color=INK)


@dataclass(frozen=True)
class InvoicePdf:
    """Everything the invoice says; `paid_cents` and `balance_cents` are those of the day it is printed."""

    municipality: MunicipalityBlock
    number: str
    issued_on: date
    due_on: date
    period_label: str
    debtor_name: str
    debtor_address_lines: tuple[str, ...]
    lines: tuple[InvoicePdfLine, ...]
    total_cents: int
    paid_cents: int
    balance_cents: int
    means_of_payment: tuple[str, ...]
    recourse: str = DEFAULT_RECOURSE
    budget_line: str = ""
    accountant: str = ""
    credited_cents: int = 0
    is_overdue: bool = False

    @property
    def status(self) -> str:
        """Say in one word where the payment stands, as « Accueil » does: a part paid does not hide that it is late."""
        if self.balance_cents < 0:
            return "En votre faveur"
        if self.balance_cents == 0:
            return "Payée" if self.total_cents else "Rien à payer"
        if self.is_overdue:
            return "En retard"
        return "Payée en partie" if self.paid_cents else "À payer"


def render(view: InvoicePdf) -> bytes:
    """Print an invoice: the same view always gives the same bytes."""
    title = f"Facture n° {view.number}"
    paper = Paper(title=f"{title} – {view.municipality.name}", author=view.municipality.name, dated=view.issued_on)
    y = draw_letterhead(paper, view.municipality)
    y = draw_recipient(paper, view.debtor_name, view.debtor_address_lines, after=y)
    y = _draw_title(paper, max(y + 12, 78), title, view)
    y = _draw_summary(paper, y, view)
    y = draw_lines(paper, y + 5, view.lines, room_after=_totals_height(view))
    y = _draw_totals(paper, y, view)
    _draw_notes(paper, y + 2, view)
    draw_feet(paper, f"{view.municipality.name} · {title} · {view.debtor_name}")
    return paper.to_bytes()


def _draw_title(paper: Paper, y: float, title: str, view: InvoicePdf) -> float:
    with paper.tags.content("H1"):
        look = paper.fitted(title, TITLE, WIDTH - 50, smallest=10)
        paper.block(LEFT, y, paper.wrapped(title, look, WIDTH - 50, at_most=1), look)
    ink, background = _CALM if view.balance_cents <= 0 else _WARM
    look = Look(11, bold=True, color=ink)
    width = paper.width(view.status, look) + 9
    paper.panel(RIGHT - width, y - 6.8, width, 8.6, color=background)
    with paper.tags.content("P"):
        paper.text(RIGHT - 4.5, y - 1.1, view.status, look, align="R")
    with paper.tags.content("P"):
        return paper.block(LEFT, y + 7, paper.wrapped(view.period_label, BODY, WIDTH, at_most=2), BODY)


def _draw_summary(paper: Paper, y: float, view: InvoicePdf) -> float:
    figures = (
        ("Date de la facture", french.long_date(view.issued_on)),
        ("Date limite de paiement", french.long_date(view.due_on)),
        ("Total de la facture", french.euros(view.total_cents)),
        _balance(view),
    )
    paper.panel(LEFT - 2, y, WIDTH + 4, 16, color=PANEL)
    for place, (caption, figure) in enumerate(figures):
        x = LEFT + 3 + place * (WIDTH / 4)
        with paper.tags.content("P"):
            paper.text(x, y + 5.8, caption, _CAPTION)
            paper.text(x, y + 12.1, figure, paper.fitted(figure, _FIGURE, WIDTH / 4 - 4))
    return y + 16


def _totals_height(view: InvoicePdf) -> float:
    return _TOTALS_HEIGHT + (_ROW_HEIGHT if view.credited_cents else 0)


def _balance(view: InvoicePdf) -> tuple[str, str]:
    if view.balance_cents < 0:
        return "En votre faveur", french.euros(-view.balance_cents)
    return "Reste à payer", french.euros(view.balance_cents)


def _draw_totals(paper: Paper, y: float, view: InvoicePdf) -> float:
    y = paper.room(y + 7, _totals_height(view) - 7)
    caption, figure = _balance(view)
    credited = (("Avoir", french.euros(-view.credited_cents), BODY),) if view.credited_cents else ()
    rows = (
        ("Total de la facture", french.euros(view.total_cents), STRONG),
        *credited,
        ("Déjà payé", french.euros(view.paid_cents), BODY),
        (caption, figure, Look(12, bold=True, color=DEEP)),
    )
    for label, amount, look in rows:
        with paper.tags.content("P"):
            paper.text(RIGHT - 38, y, label, look, align="R")
            paper.text(RIGHT, y, amount, paper.fitted(amount, look, 35), align="R")
        y += _ROW_HEIGHT
    return y


def _draw_notes(paper: Paper, y: float, view: InvoicePdf) -> None:
    means = [f"•  {means}" for means in view.means_of_payment] if view.balance_cents > 0 else [_NOTHING_DUE]
    y = _draw_section(paper, y, "Comment payer", means, BODY)
    issuer = ", ".join(filter(None, (view.municipality.issuer_name, view.municipality.issuer_quality)))
    facts = {"Émise par": issuer, "Comptable": view.accountant, "Imputation budgétaire": view.budget_line}
    told = " · ".join(f"{label} : {fact}" for label, fact in facts.items() if fact)
    y = _draw_section(paper, y, "Émetteur", [told], QUIET)
    _draw_section(paper, y, "Contester cette facture", [view.recourse], QUIET)


def _draw_section(paper: Paper, y: float, heading: str, paragraphs: list[str], look: Look) -> float:
    """Draw a heading and its paragraphs, cut between two lines where the page ends."""
    if not any(paragraphs):
        return y
    y = paper.room(y + 4.5, HEADING.leading)
    with paper.tags.content("H2"):
        paper.text(LEFT, y, heading, HEADING)
    y += HEADING.leading + 0.4
    for paragraph in filter(None, paragraphs):
        lines = paper.wrapped(paragraph, look, WIDTH, at_most=40)
        while lines:
            y = paper.room(y, 0)
            fitting = 1 + int((BOTTOM - y) / look.leading)
            with paper.tags.content("P"):
                y = paper.block(LEFT, y, lines[:fitting], look)
            lines = lines[fitting:]
    return y
