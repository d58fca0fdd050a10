"""Measure how many invoices one core prints per second, fonts embedded.

    python -m bench.pdf_bench

Each run prints the invoices of 100 families, two children and twelve lines each; a quarter of the names need letters
beyond everyday French, as in a real commune, so that the cache of cut fonts is used the way it will be. The bytes are
checked: every file must carry its two fonts.
"""

from __future__ import annotations

import statistics
import time
from datetime import date
from io import BytesIO

from PIL import Image

from portail_app.pdf.invoice import InvoicePdf, InvoicePdfLine, MunicipalityBlock, render

RUNS = 5
FAMILIES = 100
NAMES = (
    "Martin",
    "L’Haÿ-Lefèvre",
    "Dupré",
    "Nguyễn",
    "Bernard",
    "Œuvrard",
    "Garcia",
    "Şahin",
    "Petit",
    "Roux",
    "Łukasik",
    "Noël",
)
SERVICES = (("Cantine", 18, 425), ("Garderie matin", 12, 150), ("Mercredi loisirs", 4, 1450))


def _logo() -> bytes:
    buffer = BytesIO()
    Image.radial_gradient("L").resize((400, 300)).convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()


MUNICIPALITY = MunicipalityBlock(
    "Commune de Léaz",
    ("9 rue Saint Amand", "01200 Léaz"),
    "04 50 48 23 01",
    "mairie@leaz.fr",
    "www.leaz.fr",
    "Anne Dupré",
    "maire de Léaz",
    _logo(),
)


def invoices_per_second(runs: int = RUNS) -> list[float]:
    """Return the rate of each run, after one invoice that loads the fonts."""
    views = [_invoice(number) for number in range(FAMILIES)]
    if render(views[0]).count(b"/FontFile2") != 2:
        raise SystemExit("the fonts are not embedded: the figure would mean nothing")
    return [_rate(views) for _ in range(runs)]


def main() -> None:
    """Print one line of a Markdown table."""
    rates = invoices_per_second()
    spread = f"{min(rates):.0f} to {max(rates):.0f}"
    print(f"| invoice PDFs with embedded fonts, one core | {statistics.median(rates):.0f}/s ({spread}) | ≥ 40/s |")


def _rate(views: list[InvoicePdf]) -> float:
    start = time.perf_counter()
    for view in views:
        render(view)
    return len(views) / (time.perf_counter() - start)


def _invoice(number: int) -> InvoicePdf:
    name = NAMES[number % len(NAMES)]
    lines = tuple(
        InvoicePdfLine(f"{child} {name}", service, month, quantity, price, "Tranche 3", quantity * price)
        for child in ("Léa", "Noé")
        for month in ("octobre 2026", "novembre 2026")
        for service, quantity, price in SERVICES
    )
    total_cents = sum(line.amount_cents for line in lines)
    return InvoicePdf(
        municipality=MUNICIPALITY,
        number=f"2026-{number:06d}",
        issued_on=date(2026, 12, 1),
        due_on=date(2026, 12, 31),
        period_label="Octobre et novembre 2026",
        debtor_name=f"Mme Anaïs {name}",
        debtor_address_lines=("14 chemin de l’Écluse", "01200 Léaz"),
        lines=lines,
        total_cents=total_cents,
        paid_cents=0,
        balance_cents=total_cents,
        means_of_payment=("En ligne, par carte bancaire, sur le Portail Famille", "En espèces, à la mairie"),
    )


if __name__ == "__main__":
    main()
