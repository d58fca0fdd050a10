"""What every paper shares: the letterhead, the address in the window of the envelope, the foot of each page."""

from __future__ import annotations

from dataclasses import dataclass, field

from portail_app.pdf.paper import BOTTOM, LEFT, RIGHT, TOP, Look, Paper

INK = "#1d2733"
QUIET_INK = "#55616f"
# Greys that stand beside the colour of any commune.
DEEP = "#2d3b38"
PANEL = "#f0f3f2"

BODY = Look(9.5)
STRONG = Look(9.5, bold=True)
QUIET = Look(8.5, color=QUIET_INK)
TITLE = Look(20, bold=True, color=DEEP)
HEADING = Look(11, bold=True, color=DEEP)
_NAME = Look(15, bold=True, color=DEEP)
_FOOT = Look(8, color=QUIET_INK)

_LOGO_WIDTH, _LOGO_HEIGHT = 34.0, 22.0
_ADDRESS_LEFT, _ADDRESS_TOP, _ADDRESS_WIDTH = 110.0, 48.0, 80.0


@dataclass(frozen=True)
class MunicipalityBlock:
    """Who sends the paper: the municipality, and the person who answers for it."""

    name: str
    address_lines: tuple[str, ...]
    phone: str = ""
    email: str = ""
    website: str = ""
    issuer_name: str = ""
    issuer_quality: str = ""
    logo: bytes | None = field(default=None, repr=False)


def draw_letterhead(paper: Paper, municipality: MunicipalityBlock) -> float:
    """Draw the logo, the name and the contact details at the top; return where they end."""
    left = LEFT
    if municipality.logo:
        alt = f"Logo : {municipality.name}"
        logo = paper.picture(municipality.logo, LEFT, TOP - 4, _LOGO_WIDTH, _LOGO_HEIGHT, alt=alt)
        left += logo + 6 if logo else 0
    y = TOP + 2
    with paper.tags.content("P"):
        name = paper.fitted(municipality.name, _NAME, RIGHT - left, smallest=10)
        y = paper.block(left, y, paper.wrapped(municipality.name, name, RIGHT - left, at_most=2), name) - 1.6
    details = [*municipality.address_lines, _joined(municipality.phone, municipality.email), municipality.website]
    with paper.tags.content("P"):
        for line in filter(None, details):
            y = paper.block(left, y, paper.wrapped(line, QUIET, RIGHT - left, at_most=2), QUIET)
    return max(y, TOP + _LOGO_HEIGHT)


def draw_recipient(paper: Paper, name: str, address_lines: tuple[str, ...], after: float) -> float:
    """Draw the recipient where the window of an envelope shows it; return where the block ends."""
    y = max(_ADDRESS_TOP, after + 6)
    with paper.tags.content("P"):
        y = paper.block(_ADDRESS_LEFT, y, paper.wrapped(name, STRONG, _ADDRESS_WIDTH, at_most=4), STRONG)
        for line in filter(None, address_lines[:8]):
            y = paper.block(_ADDRESS_LEFT, y, paper.wrapped(line, BODY, _ADDRESS_WIDTH, at_most=3), BODY)
    return y


def draw_feet(paper: Paper, caption: str) -> None:
    """Write what the paper is and « page x/y » at the foot of every page, once their number is known."""
    total = paper.pdf.pages_count
    for number in range(1, total + 1):
        with paper.page(number):
            paper.rule(BOTTOM + 4)
            with paper.tags.decoration():
                pages = f"Page {number}/{total}"
                room = RIGHT - LEFT - paper.width(pages, _FOOT) - 6
                paper.block(LEFT, BOTTOM + 8.5, paper.wrapped(caption, _FOOT, room, at_most=1), _FOOT)
                paper.text(RIGHT, BOTTOM + 8.5, pages, _FOOT, align="R")


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
