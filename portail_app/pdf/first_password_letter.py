"""The letter that hands a parent an identifier and a first password, which serves once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from portail_app.pdf import french
from portail_app.pdf.letterhead import (
    DEEP,
    PANEL,
    MunicipalityBlock,
    draw_feet,
    draw_letterhead,
    draw_recipient,
)
from portail_app.pdf.paper import LEFT, RIGHT, WIDTH, Look, Paper

__all__ = ["FirstPasswordLetter", "MunicipalityBlock", "render"]

_TEXT = Look(10.5)
_SUBJECT = Look(14, bold=True, color=DEEP)
_LABEL = Look(9, color="#55616f")
_SECRET = Look(14, bold=True)
_LABEL_WIDTH = 52.0
_STEPS = (
    "Ouvrez l’adresse du portail sur un téléphone ou un ordinateur.",
    "Saisissez l’identifiant et le mot de passe provisoire, puis choisissez « Connexion ».",
    "Choisissez votre propre mot de passe : au moins 8 caractères, dont une majuscule, une minuscule et un chiffre.",
)


@dataclass(frozen=True)
class FirstPasswordLetter:
    """What the letter says; the password never shows in a log."""

    municipality: MunicipalityBlock
    recipient_name: str
    recipient_address_lines: tuple[str, ...]
    issued_on: date
    portal_url: str
    identifier: str
    first_password: str = field(repr=False)
    valid_until: date | None = None
    children: tuple[str, ...] = ()


def render(view: FirstPasswordLetter) -> bytes:
    """Print the letter: the same view always gives the same bytes."""
    sender = view.municipality.name
    paper = Paper(title=f"Votre accès au Portail Famille – {sender}", author=sender, dated=view.issued_on)
    y = draw_letterhead(paper, view.municipality)
    y = draw_recipient(paper, view.recipient_name, view.recipient_address_lines, after=y)
    y = _draw_opening(paper, max(y + 12, 86), view)
    y = _draw_credentials(paper, y, view)
    for number, step in enumerate(_STEPS, start=1):
        y = _draw_paragraph(paper, y, step, mark=f"{number}.")
    for paragraph in _advice(view):
        y = _draw_paragraph(paper, y, paragraph)
    _draw_signature(paper, y, view)
    draw_feet(paper, f"{sender} · Portail Famille")
    return paper.to_bytes()


def _draw_opening(paper: Paper, y: float, view: FirstPasswordLetter) -> float:
    with paper.tags.content("P"):
        paper.text(RIGHT, y, f"Le {french.long_date(view.issued_on)}", _TEXT, align="R")
    with paper.tags.content("H1"):
        paper.text(LEFT, y + 12, "Votre accès au Portail Famille", _SUBJECT)
    y = _draw_paragraph(paper, y + 24, "Madame, Monsieur,")
    enrolled = f" de {french.listed(view.children)}" if view.children else " de vos enfants"
    return _draw_paragraph(
        paper,
        y,
        f"La mairie ouvre pour vous un compte sur le Portail Famille. Vous pourrez y réserver les services{enrolled},"
        " déclarer une absence, suivre vos demandes et lire vos factures.",
    )


def _draw_credentials(paper: Paper, y: float, view: FirstPasswordLetter) -> float:
    """Draw the address, the identifier and the password where the eye falls first."""
    width = WIDTH - _LABEL_WIDTH - 10
    rows = [
        ("Adresse du portail", view.portal_url, Look(11, bold=True, color=DEEP)),
        ("Identifiant", view.identifier, _SECRET),
        ("Mot de passe provisoire", view.first_password, _SECRET),
    ]
    wrapped = [(label, paper.wrapped(text, look, width, at_most=4), look) for label, text, look in rows]
    height = 5 + sum(len(lines) * look.leading + 4 for _, lines, look in wrapped)
    y = paper.room(y, height + 4)
    paper.panel(LEFT, y - 3, WIDTH, height, color=PANEL)
    y += 6
    for label, lines, look in wrapped:
        with paper.tags.content("P"):
            paper.text(LEFT + 6, y, label, _LABEL)
            y = paper.block(LEFT + _LABEL_WIDTH, y, lines, look) + 4
    return y + 5


def _advice(view: FirstPasswordLetter) -> tuple[str, ...]:
    until = f", et jusqu’au {french.long_date(view.valid_until)}" if view.valid_until else ""
    town_hall = " ou ".join(filter(None, (view.municipality.phone, view.municipality.email)))
    return (
        f"Le mot de passe provisoire ne sert qu’une fois{until}.",
        "Ne le communiquez à personne : la mairie ne vous le demandera jamais.",
        f"Une difficulté ? Nous vous aidons : {town_hall}." if town_hall else "Une difficulté ? La mairie vous aide.",
    )


def _draw_signature(paper: Paper, y: float, view: FirstPasswordLetter) -> None:
    y = paper.room(y + 6, 12)
    with paper.tags.content("P"):
        for line in filter(None, (view.municipality.issuer_name, view.municipality.issuer_quality)):
            y = paper.block(LEFT + 90, y, paper.wrapped(line, _TEXT, WIDTH - 90, at_most=3), _TEXT)


def _draw_paragraph(paper: Paper, y: float, text: str, mark: str = "") -> float:
    indent = 7 if mark else 0
    lines = paper.wrapped(text, _TEXT, WIDTH - indent, at_most=20)
    y = paper.room(y, (len(lines) - 1) * _TEXT.leading)
    with paper.tags.content("P"):
        paper.text(LEFT, y, mark, _TEXT)
        return paper.block(LEFT + indent, y, lines, _TEXT) + 2.5
