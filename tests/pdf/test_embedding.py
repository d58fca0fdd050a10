"""A font is read once, and a paper carries only the letters that it prints."""

import gc
import inspect
import weakref
from datetime import date
from typing import Any

from fpdf import FPDF
from fpdf.output import OutputProducer

from portail_app.pdf import embedding, fonts
from portail_app.pdf.invoice import render
from portail_app.pdf.paper import Look, Paper
from tests.pdf.reading import fonts_of, pixels_of, text_of
from tests.pdf.samples import invoice, line

SAMPLE = ("Facture n° 12 – « Léa » 1 234,50 €", "Thị Hương Nguyễn, Владимир", "محمد عبد الرحمن שרה", "李小龙 प्रियंका ≤")


def _drawn() -> Paper:
    paper = Paper(title="Essai", author="Léaz", dated=date(2026, 11, 2))
    for place, text in enumerate(SAMPLE):
        paper.text(20, 30 + 12 * place, text, Look(16, bold=place % 2 == 1))
    return paper


def test_our_files_look_and_read_like_those_fpdf2_writes_by_itself() -> None:
    ours = _drawn().to_bytes()
    theirs = bytes(_by_fpdf2_alone())
    assert pixels_of(ours) == pixels_of(theirs)
    assert text_of(ours) == text_of(theirs)
    assert set(fonts_of(ours)) == set(fonts_of(theirs))


def _by_fpdf2_alone() -> bytearray:
    """Draw the same page; fpdf2 cuts the parsed fonts in place, so they are parsed again before and after."""
    fonts._parsed.cache_clear()
    pdf: FPDF = _drawn().pdf
    fonts._parsed.cache_clear()
    return pdf.output()


def test_fpdf2_still_asks_for_its_fonts_the_way_we_answer() -> None:
    parameters = list(inspect.signature(OutputProducer._add_fonts).parameters)
    assert parameters == ["self", "image_objects_per_index", "gfxstate_objs_per_name", "pattern_objs_per_name"]


def test_french_invoices_share_one_cut_of_each_font() -> None:
    render(invoice((line(child="Jean"),), debtor_name="M. Jean Dupont"))
    before = embedding._cut.cache_info()
    render(invoice((line(child="Anaïs Lefèvre-Çelik"),), debtor_name="Mme Œnone L’Haÿ"))
    after = embedding._cut.cache_info()
    assert (after.misses - before.misses, after.hits - before.hits) == (0, 2)


def test_a_letter_out_of_the_everyday_ones_is_added_to_the_font() -> None:
    render(invoice((line(child="Jean"),), debtor_name="M. Jean Dupont"))
    before = embedding._cut.cache_info().misses
    pdf = render(invoice((line(child="Ǻǽ Ǿ"),), debtor_name="M. Jean Dupont"))
    assert embedding._cut.cache_info().misses == before + 1
    assert "Ǻǽ Ǿ Cantine" in text_of(pdf)


def test_a_document_is_forgotten_once_written() -> None:
    paper: Any = _drawn()
    kept = weakref.ref(paper.pdf)
    paper.to_bytes()
    del paper
    gc.collect()
    assert kept() is None
