"""The invoice of one family, and the municipality that sends it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO

from PIL import Image

from portail_app.pdf.invoice import InvoicePdf, InvoicePdfLine, MunicipalityBlock

SERVICES = (
    ("Cantine", "octobre 2026", 18, 425),
    ("Garderie matin", "octobre 2026", 12, 150),
    ("Garderie soir", "octobre 2026", 9, 210),
    ("Mercredi loisirs", "octobre 2026", 4, 1450),
    ("Cantine", "novembre 2026", 3, 425),
    ("Garderie soir", "novembre 2026", Decimal("2.5"), 210),
)


@cache
def logo() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (240, 200), "#1b4f72").save(buffer, "PNG")
    return buffer.getvalue()


LEAZ = MunicipalityBlock(
    name="Commune de Léaz",
    address_lines=("9 rue Saint Amand", "01200 Léaz"),
    phone="04 50 48 23 01",
    email="mairie@leaz.fr",
    website="www.leaz.fr",
    issuer_name="Anne Dupré",
    issuer_quality="maire de Léaz",
)


def line(child: str = "Léa Nguyễn", service: str = "Cantine", amount_cents: int = 7650) -> InvoicePdfLine:
    return InvoicePdfLine(child, service, "octobre 2026", 18, 425, "Tranche 3", amount_cents)


def lines_of(*children: str) -> tuple[InvoicePdfLine, ...]:
    return tuple(
        InvoicePdfLine(child, service, period, quantity, price, "Tranche 3", int(quantity * price))
        for child in children
        for service, period, quantity, price in SERVICES
    )


def invoice(
    lines: tuple[InvoicePdfLine, ...] = lines_of("Léa Nguyễn", "Noé Nguyễn"),
    *,
    paid_cents: int = 0,
    debtor_name: str = "Mme Hương Nguyễn",
) -> InvoicePdf:
    total_cents = sum(item.amount_cents for item in lines)
    return InvoicePdf(
        municipality=replace(LEAZ, logo=logo()),
        number="2026-000123",
        issued_on=date(2026, 12, 1),
        due_on=date(2026, 12, 31),
        period_label="Octobre et novembre 2026",
        debtor_name=debtor_name,
        debtor_address_lines=("14 chemin de l’Écluse", "01200 Léaz"),
        lines=lines,
        total_cents=total_cents,
        paid_cents=paid_cents,
        balance_cents=total_cents - paid_cents,
        means_of_payment=("En ligne, par carte bancaire, sur le Portail Famille", "En espèces, à la mairie"),
        budget_line="Budget principal 2026, article 7067",
        accountant="Service de gestion comptable d’Oyonnax",
    )
