"""What an invoice prints, word for word."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from portail_app.pdf import embedding, fonts
from portail_app.pdf.invoice import InvoicePdf, render
from portail_app.pdf.letterhead import MunicipalityBlock
from tests.pdf.reading import faults_of, fonts_of, information_of, structure_of, text_of, words_of
from tests.pdf.samples import LEAZ, invoice, line, lines_of

WHOLE_TEXT = """
Commune de Léaz 9 rue Saint Amand 01200 Léaz 04 50 48 23 01 · mairie@leaz.fr www.leaz.fr
Mme Hương Nguyễn 14 chemin de l’Écluse 01200 Léaz
Facture n° 2026-000123 À payer
Octobre et novembre 2026
Date de la facture 1er décembre 2026 Date limite de paiement 31 décembre 2026
Total de la facture 378,80 € Reste à payer 378,80 €
Enfant Prestation Période Quantité Prix unitaire Quotient familial Montant
Léa Nguyễn Cantine octobre 2026 18 4,25 € Tranche 3 76,50 €
Léa Nguyễn Garderie matin octobre 2026 12 1,50 € Tranche 3 18,00 €
Léa Nguyễn Garderie soir octobre 2026 9 2,10 € Tranche 3 18,90 €
Léa Nguyễn Mercredi loisirs octobre 2026 4 14,50 € Tranche 3 58,00 €
Léa Nguyễn Cantine novembre 2026 3 4,25 € Tranche 3 12,75 €
Léa Nguyễn Garderie soir novembre 2026 2,5 2,10 € Tranche 3 5,25 €
Noé Nguyễn Cantine octobre 2026 18 4,25 € Tranche 3 76,50 €
Noé Nguyễn Garderie matin octobre 2026 12 1,50 € Tranche 3 18,00 €
Noé Nguyễn Garderie soir octobre 2026 9 2,10 € Tranche 3 18,90 €
Noé Nguyễn Mercredi loisirs octobre 2026 4 14,50 € Tranche 3 58,00 €
Noé Nguyễn Cantine novembre 2026 3 4,25 € Tranche 3 12,75 €
Noé Nguyễn Garderie soir novembre 2026 2,5 2,10 € Tranche 3 5,25 €
Total de la facture 378,80 € Déjà payé 0,00 € Reste à payer 378,80 €
Comment payer
• En ligne, par carte bancaire, sur le Portail Famille
• En espèces, à la mairie
Émetteur
Émise par : Anne Dupré, maire de Léaz · Comptable : Service de gestion comptable d’Oyonnax ·
Imputation budgétaire : Budget principal 2026, article 7067
Contester cette facture
Vous pouvez contester le bien-fondé de cette facture dans un délai de deux mois à compter de sa réception
(article L. 1617-5 du code général des collectivités territoriales), devant le tribunal administratif. Dans le même
délai, vous pouvez d’abord adresser un recours gracieux à la mairie.
Commune de Léaz · Facture n° 2026-000123 · Mme Hương Nguyễn Page 1/1
"""


def test_the_invoice_says_all_that_the_law_asks_word_for_word() -> None:
    assert text_of(render(invoice())) == " ".join(WHOLE_TEXT.split())


def test_the_invoice_is_a_sound_file_with_its_fonts_inside() -> None:
    pdf = render(invoice())
    assert faults_of(pdf) == ""
    assert fonts_of(pdf) == {"NotoSans": ("yes", "yes", "yes"), "NotoSansBold": ("yes", "yes", "yes")}


def test_the_document_has_a_title_an_author_a_language_and_the_date_of_the_invoice() -> None:
    pdf = render(invoice())
    information = information_of(pdf)
    assert information["Title"] == "Facture n° 2026-000123 – Commune de Léaz"
    assert information["Author"] == "Commune de Léaz"
    assert information["CreationDate"].startswith("Tue Dec  1 12:00:00 2026")
    assert b"/Lang (fr-FR)" in pdf
    assert b"/DisplayDocTitle true" in pdf


def test_a_screen_reader_finds_titles_and_a_table_with_its_headers() -> None:
    pdf = render(invoice((line(child="Zoé"),)))
    structure = structure_of(pdf).splitlines()
    assert information_of(pdf)["Tagged"] == "yes"
    assert structure[structure.index("H1 (block)") + 1] == '"Facture n° 2026-000123 "'
    assert structure.count("H2 (block)") == 3
    assert structure.count("TR") == 2
    assert structure.count("/Scope /Column") == structure.count("TD") == 7
    assert structure[structure.index("TD") + 1] == '"Zoé "'
    assert b"/Alt <" in pdf, "the logo has a text"


@pytest.mark.parametrize(
    ("paid_cents", "word", "left"),
    [
        (0, "À payer", "Reste à payer 76,50 €"),
        (1, "Payée en partie", "Reste à payer 76,49 €"),
        (7649, "Payée en partie", "Reste à payer 0,01 €"),
        (7650, "Payée", "Reste à payer 0,00 €"),
        (7651, "En votre faveur", "En votre faveur 0,01 €"),
    ],
)
def test_a_clear_word_says_where_the_payment_stands(paid_cents: int, word: str, left: str) -> None:
    text = text_of(render(invoice((line(),), paid_cents=paid_cents)))
    assert f"Facture n° 2026-000123 {word} Octobre" in text
    assert text.count(left) == 2


@pytest.mark.parametrize(("paid_cents", "word"), [(0, "En retard"), (7649, "En retard"), (7650, "Payée")])
def test_what_is_late_is_said_to_be_late_until_it_is_paid(paid_cents: int, word: str) -> None:
    view = replace(invoice((line(),), paid_cents=paid_cents), is_overdue=paid_cents < 7650)
    assert f"Facture n° 2026-000123 {word} Octobre" in text_of(render(view))


def test_an_invoice_of_nothing_is_not_said_to_be_paid() -> None:
    assert "Rien à payer" in text_of(render(invoice((line(amount_cents=0),))))


def test_a_paid_invoice_does_not_say_how_to_pay() -> None:
    text = text_of(render(invoice((line(),), paid_cents=7650)))
    assert "Vous n’avez rien à régler pour cette facture." in text
    assert "par carte bancaire" not in text


def test_a_long_invoice_repeats_its_header_and_numbers_its_pages() -> None:
    view = invoice(lines_of(*(f"Enfant{number}" for number in range(20))))
    pdf = render(view)
    text = text_of(pdf)
    total = int(information_of(pdf)["Pages"])
    assert total == 4
    assert text.count("Enfant Prestation Période Quantité") == total
    assert [f"Page {page}/{total}" in text for page in range(1, total + 1)] == [True] * total
    assert text.count("Mercredi loisirs") == 20
    assert faults_of(pdf) == ""


def test_the_total_is_never_alone_at_the_top_of_a_page() -> None:
    for number in range(18, 32):
        words = words_of(render(invoice((line(),) * number)))
        (paid,) = (word for word in words if word.text == "Déjà")
        assert any(word.text == "Cantine" and word.page == paid.page for word in words), number


def test_amounts_are_aligned_on_the_right() -> None:
    words = words_of(render(invoice((line(amount_cents=5), line(amount_cents=123_450)))))
    euros = [word.right for word in words if word.text == "€" and word.right > 180]
    assert len(euros) == 5
    assert max(euros) - min(euros) < 0.1
    small, large = (next(word for word in words if word.text == amount) for amount in ("0,05", "234,50"))
    assert small.right == pytest.approx(large.right, abs=0.1)


LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Maximiliansenberger de la Très Longue et Très Ancienne Maison"


LONG_NAMES = {
    "words": LONG_NAME,
    "one wide word": "Ŵ" * 90,
    "arabic": "عبدالرحمن" * 9,
    "chinese": "李小龙" * 30,
    "hindi": "प्रियंका" * 12,
}


@pytest.mark.parametrize("name", LONG_NAMES.values(), ids=LONG_NAMES)
def test_a_long_name_wraps_and_never_overflows(name: str) -> None:
    view = invoice((replace(line(child=name), service=name, period=name, quotient_bracket=name),), debtor_name=name)
    view = replace(view, number=name, period_label=name, municipality=replace(LEAZ, name=name))
    words = words_of(render(view))
    assert max(word.right for word in words) <= 190.6
    assert max(word.bottom for word in words) <= 290
    assert min(word.left for word in words) >= 19.4


def test_a_long_name_stays_in_its_column() -> None:
    words = words_of(render(invoice((line(child=LONG_NAME, service="Cantine"),))))
    (service,) = (word for word in words if word.text == "Cantine")
    beside = [word for word in words if service.top - 1 < word.top < service.top + 30 and word.left < 30]
    assert len(beside) > 4
    assert max(word.right for word in beside) < service.left


def test_a_huge_amount_shrinks_to_stay_in_its_column() -> None:
    words = words_of(render(invoice((line(amount_cents=10**15),))))
    (row,) = (word.top for word in words if word.text == "Cantine")
    amount = [word for word in words if abs(word.top - row) < 2 and word.text in ("10", "000", "000,00", "€")]
    assert [word.text for word in amount if word.left > 150] == ["10", "000", "000", "000", "000,00", "€"]
    assert max(word.right for word in amount) <= 190.6


def test_the_same_view_gives_the_same_bytes() -> None:
    assert render(invoice()) == render(invoice())


def test_another_view_gives_other_bytes() -> None:
    assert render(invoice()) != render(invoice(paid_cents=1))


def test_several_invoices_are_printed_at_once() -> None:
    names = ("Jean Dupont", "محمد عبد الرحمن", "Łukasz Şahin", "李小龙", "Владимир Щербаков", "प्रियंका शर्मा")
    views = [invoice(lines_of(name, f"Noé {name}"), debtor_name=name) for name in names]
    expected = [render(view) for view in views]
    for cached in (fonts._parsed, fonts._characters, fonts._fallback_of, embedding._cut):
        cached.cache_clear()  # the threads also meet while they load the fonts
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(render, views * 4)) == expected * 4


def test_braces_in_a_name_are_not_taken_for_the_number_of_pages() -> None:
    assert "Zoé {nb} Nguyễn" in text_of(render(invoice((line(),), debtor_name="Zoé {nb} Nguyễn")))


def test_an_invoice_without_optional_facts_leaves_no_empty_heading() -> None:
    bare = MunicipalityBlock("Léaz", ())
    view = replace(_bare(invoice((line(),))), municipality=bare)
    text = text_of(render(view))
    assert "Émetteur" not in text
    assert "Comment payer" not in text
    assert "Contester cette facture" in text


def _bare(view: InvoicePdf) -> InvoicePdf:
    return replace(view, budget_line="", accountant="", means_of_payment=(), debtor_address_lines=())
