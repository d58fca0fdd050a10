"""The lines of an invoice, as a table whose header comes back on every page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from portail_app.pdf import french
from portail_app.pdf.letterhead import DEEP
from portail_app.pdf.paper import BOTTOM, LEFT, TOP, Look, Paper

_CELL = Look(8.8)
_HEAD = Look(8.5, bold=True, color=DEEP)
_MOST_LINES = 8
_ABOVE, _BELOW = 4.3, 1.5


@dataclass(frozen=True)
class InvoicePdfLine:
    """One line: what was billed, and all that its amount comes from."""

    child: str
    service: str
    period: str
    quantity: Decimal | int
    unit_price_cents: int
    quotient_bracket: str
    amount_cents: int


@dataclass(frozen=True)
class _Column:
    title: str
    left: float
    width: float
    align: str = "L"


_COLUMNS = (
    _Column("Enfant", 0, 30),
    _Column("Prestation", 32, 34),
    _Column("Période", 68, 24.5),
    _Column("Quantité", 93, 14, "R"),
    _Column("Prix unitaire", 109, 14.5, "R"),
    _Column("Quotient familial", 128, 23.5),
    _Column("Montant", 152, 18, "R"),
)


def draw_lines(paper: Paper, y: float, lines: Sequence[InvoicePdfLine], *, room_after: float) -> float:
    """Draw the table from `y`, on as many pages as it takes; return where it ends.

    The last line takes what follows it, such as the total, along to the next page.
    """
    with paper.tags.group("Table"):
        with paper.tags.group("TR"):
            y = _draw_header(paper, y, role="TH")
        for place, line in enumerate(lines, start=1):
            cells = list(_cells(paper, line))
            height = _ABOVE + _BELOW + (max(len(texts) for texts, _ in cells) - 1) * _CELL.leading
            if y + height + (room_after if place == len(lines) else 0) > BOTTOM:
                paper.pdf.add_page()
                with paper.tags.decoration():
                    y = _draw_header(paper, TOP, role=None)
            with paper.tags.group("TR"):
                _draw_row(paper, y + _ABOVE, cells, role="TD")
            y += height
            paper.rule(y)
    return y


def _draw_header(paper: Paper, y: float, role: str | None) -> float:
    cells = [(paper.wrapped(column.title, _HEAD, column.width), _HEAD) for column in _COLUMNS]
    height = _ABOVE + _BELOW + (max(len(texts) for texts, _ in cells) - 1) * _HEAD.leading
    _draw_row(paper, y + _ABOVE, cells, role)
    paper.rule(y + height, color=DEEP, width=0.4)
    return y + height


def _cells(paper: Paper, line: InvoicePdfLine) -> Iterator[tuple[list[str], Look]]:
    texts = (
        line.child,
        line.service,
        line.period,
        french.quantity(line.quantity),
        french.euros(line.unit_price_cents),
        line.quotient_bracket,
        french.euros(line.amount_cents),
    )
    for column, text in zip(_COLUMNS, texts, strict=True):
        look = paper.fitted(text, _CELL, column.width, smallest=4) if column.align == "R" else _CELL
        yield paper.wrapped(text, look, column.width, at_most=_MOST_LINES), look


def _draw_row(paper: Paper, y: float, cells: list[tuple[list[str], Look]], role: str | None) -> None:
    for column, (texts, look) in zip(_COLUMNS, cells, strict=True):
        x = LEFT + column.left + (column.width if column.align == "R" else 0)
        if role is None:
            paper.block(x, y, texts, look, align=column.align)
            continue
        with paper.tags.content(role):
            paper.block(x, y, texts, look, align=column.align)
