"""Small real PDFs for the demo: the forms that families download, and two medical certificates."""

from datetime import date

from portail_app.demo.municipality import ADDRESS_LINES, EMAIL, NAME, PHONE
from portail_app.pdf.letterhead import BODY, HEADING, TITLE, MunicipalityBlock, draw_feet, draw_letterhead
from portail_app.pdf.paper import LEFT, WIDTH, Paper
from portail_app.rules.spoken_dates import spoken_day

_TOWN = MunicipalityBlock(name=f"Mairie de {NAME}", address_lines=ADDRESS_LINES, phone=PHONE, email=EMAIL)


def form(title: str, sections: dict[str, tuple[str, ...]], dated: date) -> bytes:
    """Print a form of the town hall: headings, and the lines under each."""
    paper = Paper(title=title, author=_TOWN.name, dated=dated)
    y = draw_letterhead(paper, _TOWN) + 14
    y = _title(paper, y, title)
    for heading, paragraphs in sections.items():
        with paper.tags.content("H2"):
            y = paper.block(LEFT, y + 4, [heading], HEADING)
        for paragraph in paragraphs:
            y = _paragraph(paper, y + 1, paragraph)
    draw_feet(paper, f"{_TOWN.name} · {title}")
    return paper.to_bytes()


def medical_certificate(child: str, day: date) -> bytes:
    """Print what a doctor writes: the child, the day, and nothing of the illness."""
    paper = Paper(title="Certificat médical", author="Dr Amélie Bonnet", dated=day)
    y = _title(paper, 40, "Certificat médical")
    y = _paragraph(paper, y, "Dr Amélie Bonnet, médecin généraliste, maison de santé du Pays de Gex.")
    _paragraph(
        paper,
        y + 6,
        f"Je certifie que l’état de santé de {child} ne lui permet pas de fréquenter l’école ni les services "
        f"périscolaires le {spoken_day(day)} {day.year}.",
    )
    return paper.to_bytes()


def _title(paper: Paper, y: float, title: str) -> float:
    with paper.tags.content("H1"):
        return paper.block(LEFT, y, paper.wrapped(title, TITLE, WIDTH), TITLE)


def _paragraph(paper: Paper, y: float, text: str) -> float:
    with paper.tags.content("P"):
        return paper.block(LEFT, y, paper.wrapped(text, BODY, WIDTH), BODY)
