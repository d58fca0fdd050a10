"""Any name prints, whatever its alphabet."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from fpdf.fonts import TTFFont

from portail_app.pdf import fonts
from portail_app.pdf.embedding import EVERYDAY
from portail_app.pdf.invoice import render
from tests.pdf.reading import faults_of, fonts_of, pixels_of, text_of, words_of
from tests.pdf.samples import invoice, line

NAMES = {
    "Thị Hương Nguyễn": None,
    "Łukasz Gżegżółka": None,
    "Ayşe Çağrı İnönü": None,
    "Αλέξανδρος Παπαδόπουλος": None,
    "Владимир Щербаков": None,
    "Արամ Խաչատրյան": "NotoSansArmenian",
    "გიორგი ბერიძე": "NotoSansGeorgian",
    "李小龙 陳大文": "NotoSansCJKSC",
    "佐藤さくら": "NotoSansCJKSC",
    "김민준": "NotoSansCJKSC",
    "አበበ ቢቂላ": "NotoSansEthiopic",
    "ⴰⵎⴰⵣⵉⵖ": "NotoSansTifinagh",
    "สมชาย ใจดี": "NotoSansThai",
    "প্রিয়াঙ্কা": "NotoSansBengali",
    "மீனாட்சி": "NotoSansTamil",
    "QF ≤ 500": "NotoSansMath",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_prints_in_its_own_letters(name: str) -> None:
    pdf = render(invoice((line(child=name),), debtor_name=name))
    assert fonts.REPLACEMENT not in text_of(pdf)
    assert faults_of(pdf) == ""
    used = set(fonts_of(pdf)) - {"NotoSans", "NotoSansBold"}
    assert used == ({NAMES[name]} - {None})


@pytest.mark.parametrize(
    "name", ["Thị Hương Nguyễn", "Łukasz Gżegżółka", "Владимир Щербаков", "李小龙 陳大文", "김민준"]
)
def test_a_name_can_be_searched_and_copied(name: str) -> None:
    assert f"{name} 14 chemin" in text_of(render(invoice((line(),), debtor_name=name)))


def test_arabic_is_joined_and_written_from_right_to_left() -> None:
    pdf = render(invoice((line(child="محمد عبد"),)))
    assert fonts_of(pdf)["NotoSansArabic"] == ("yes", "yes", "yes")
    words = words_of(pdf)
    first, second = (next(word for word in words if text in (word.text, word.text[::-1])) for text in ("محمد", "عبد"))
    assert first.left > second.right
    apart = render(invoice((line(child="\u200c".join("محمد") + " عبد"),)))
    assert pixels_of(pdf) != pixels_of(apart), "letters kept apart by non-joiners look different"


def test_hebrew_is_written_from_right_to_left() -> None:
    words = words_of(render(invoice((line(child="שרה כהן"),))))
    first, second = (next(word for word in words if text in (word.text, word.text[::-1])) for text in ("שרה", "כהן"))
    assert first.left > second.right


def test_an_accent_written_apart_is_composed_with_its_letter() -> None:
    assert fonts.printable("Le\u0301a") == "Léa"
    assert fonts.is_plain(fonts.printable("Le\u0301a"))


def test_an_accent_that_no_letter_composes_is_placed_by_harfbuzz() -> None:
    text = fonts.printable("x\u0302\u0308")
    assert not fonts.is_plain(text)
    assert fonts.fallbacks_for(text) == []
    assert faults_of(render(invoice((line(child=text),)))) == ""


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Zoé 😀", "Zoé �"),
        ("Zoé\U0010ffff\ue000\ud800", "Zoé���"),
        ("Zoé\x00\x07\u200b\u202e\ufe0f", "Zoé"),
        ("Zoé\r\nNoé\tLéa\u2028Ada\u3000Eve", "Zoé  Noé Léa Ada\u3000Eve"),
        ("1\u202f234,50\u00a0€", "1\u202f234,50\u00a0€"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_what_no_font_draws_is_replaced_and_what_is_invisible_is_dropped(text: str, printed: str) -> None:
    assert fonts.printable(text) == printed


def test_a_replaced_letter_shows_on_the_paper() -> None:
    assert "Zoé � Nguyễn" in text_of(render(invoice((line(),), debtor_name="Zoé 😀 Nguyễn")))


@pytest.mark.parametrize("seed", range(4))
def test_no_unicode_text_whatever_stops_an_invoice(seed: int) -> None:
    chance = random.Random(seed)
    lines = tuple(line(child=_any_text(chance), service=_any_text(chance)) for _ in range(12))
    view = invoice(lines, debtor_name=_any_text(chance))
    pdf = render(view)
    assert faults_of(pdf) == ""
    assert max(word.right for word in words_of(pdf)) <= 191


def _any_text(chance: random.Random) -> str:
    blocks = (
        range(0x110000),
        range(0x20, 0x250),
        range(0x300, 0x370),  # accents alone
        range(0x590, 0x900),  # written from right to left
        range(0x900, 0x1200),
        range(0x2000, 0x2070),  # joiners, marks of direction
        range(0xD800, 0xE000),  # halves of pairs
        range(0x1F300, 0x1FB00),
    )
    chosen = chance.sample(blocks, 2)
    return "".join(chr(chance.choice(chance.choice(chosen))) for _ in range(chance.choice((0, 1, 5, 15, 40))))


def test_every_fallback_font_is_shipped_with_the_licence() -> None:
    shipped = {path.stem for path in fonts.FONTS.glob("*.ttf")}
    assert shipped == {fonts.FAMILY, fonts.BOLD, *fonts.FALLBACKS}
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts.FONTS / "OFL.txt").read_text()


def test_all_fonts_together_stay_under_six_and_a_half_megabytes() -> None:
    assert sum(path.stat().st_size for path in fonts.FONTS.glob("*.ttf")) < 6_500_000


def test_regular_and_bold_draw_the_same_characters() -> None:
    regular, bold = (set(TTFont(fonts.FONTS / f"{name}.ttf").getBestCmap()) for name in (fonts.FAMILY, fonts.BOLD))
    assert regular == bold


def test_the_main_font_draws_everyday_french_without_harfbuzz() -> None:
    assert fonts.is_plain(EVERYDAY)
    assert fonts.is_plain("1\u202f234,50\u00a0€ « œuvre » l’Écluse – n° …")


def test_a_french_invoice_opens_no_fallback_font() -> None:
    program = (
        "from portail_app.pdf import fonts\n"
        "from portail_app.pdf.invoice import render\n"
        "from tests.pdf.samples import invoice\n"
        "render(invoice())\n"
        "assert fonts._characters.cache_info().currsize == 1, fonts._characters.cache_info()\n"
        "assert fonts._parsed.cache_info().currsize == 2\n"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", program], check=True, cwd=root)


def test_fpdf2_still_keeps_in_a_font_what_is_copied_for_each_document() -> None:
    for attribute in (
        "i",
        "desc",
        "missing_glyphs",
        "subset",
        "_hbfont",
        "ttfont",
        "cmap",
        "cw",
        "glyph_ids",
        "ttffile",
    ):
        assert attribute in TTFFont.__slots__, f"fpdf2 changed: read fonts.py again ({attribute})"
    # A new attribute may be a new thing that documents must not share.
    assert len(TTFFont.__slots__) == 29
