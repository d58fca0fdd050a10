"""Choose the font of every character, and load each font once for all documents.

Noto Sans draws Latin, Greek and Cyrillic letters. Another script is drawn by the Noto font of that script, read
from the disk only when a character needs it. A character that no font draws prints as « � »: a name must never
stop an invoice.

fpdf2 parses a font file at each document; here a parsed font is kept, and each document receives a shallow copy
with a set of used glyphs of its own. That relies on attributes of `fpdf.fonts.TTFFont` which are not public:
`tests/pdf/test_fonts.py` fails if they change.
"""

from __future__ import annotations

import copy
import threading
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import cast

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.fonts import SubsetMap, TTFFont

FONTS = Path(__file__).parent / "fonts"
FAMILY = "noto-sans"
BOLD = "noto-sans-bold"
REPLACEMENT = "\ufffd"
# In order of preference; the big Chinese, Japanese and Korean file comes last so that it is read last.
_SCRIPTS = """arabic hebrew armenian georgian thai devanagari bengali tamil tifinagh ethiopic gujarati gurmukhi
    kannada khmer lao malayalam myanmar nko sinhala syriac telugu thaana math symbols2"""
FALLBACKS = (*(f"noto-sans-{script}" for script in _SCRIPTS.split()), "noto-serif-tibetan", "noto-sans-cjk")

_loading = threading.Lock()


def printable(text: str) -> str:
    """Return the text with composed accents, plain spaces, and « � » for what no font can draw."""
    return unicodedata.normalize("NFC", text).translate(_PRINTABLE)


def is_plain(text: str) -> bool:
    """Tell whether the main font draws the text letter by letter, without HarfBuzz."""
    return plain_characters().issuperset(text)


def fallbacks_for(text: str) -> list[str]:
    """Name the fonts, besides the main one, that the text needs."""
    needed = (_fallback_of(ord(char)) for char in text if ord(char) not in _characters(FAMILY))
    return sorted({name for name in needed if name}, key=FALLBACKS.index)


def add_main_fonts(pdf: FPDF) -> None:
    """Give a document the regular and the bold main font."""
    _add(pdf, FAMILY, "", FAMILY)
    _add(pdf, FAMILY, "B", BOLD)


def add_fallbacks(pdf: FPDF, names: Iterable[str]) -> None:
    """Give a document the fallback fonts that it does not have yet."""
    for name in names:
        if name not in pdf.fonts:
            _add(pdf, name, "", name)


@cache
def plain_characters() -> frozenset[str]:
    """Return the characters that stand alone in the main font: no combining mark, no joiner."""
    return frozenset(char for char in map(chr, _characters(FAMILY)) if unicodedata.category(char)[0] != "M")


def _add(pdf: FPDF, family: str, style: str, name: str) -> None:
    """Register a private copy of a parsed font, as `FPDF.add_font` would after parsing it again."""
    font = copy.copy(_parsed(family, style, name))
    font.i = len(pdf.fonts) + 1
    font.desc = copy.copy(font.desc)
    font.missing_glyphs = []
    font.subset = SubsetMap(font)
    font._hbfont = None  # a HarfBuzz font is changed by each use: threads must not share it
    pdf.fonts[font.fontkey] = font


@cache
def _parsed(family: str, style: str, name: str) -> TTFFont:
    with _loading:
        loader = FPDF()
        loader.add_font(family, style, FONTS / f"{name}.ttf")
    return cast("TTFFont", loader.fonts[f"{family}{style}"])


@cache
def _characters(name: str) -> frozenset[int]:
    """Read only the table of characters of a font: a hundredth of the work of loading it."""
    with TTFont(FONTS / f"{name}.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap() or {})


@cache
def _fallback_of(codepoint: int) -> str | None:
    return next((name for name in FALLBACKS if codepoint in _characters(name)), None)


class _Printable(dict[int, str]):
    """Translation table filled as characters are met, since there are a million of them."""

    MOST = 20_000

    def __missing__(self, codepoint: int) -> str:
        replaced = _printed(codepoint)
        if len(self) < self.MOST:
            self[codepoint] = replaced
        return replaced


_PRINTABLE = _Printable()
_JOINERS = frozenset({0x200C, 0x200D})
_VARIATION_SELECTORS = frozenset({*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)})


def _printed(codepoint: int) -> str:
    char = chr(codepoint)
    category = unicodedata.category(char)
    if char in "\t\n\r\v\f" or category in ("Zl", "Zp"):
        return " "
    if codepoint in _VARIATION_SELECTORS or (category in ("Cc", "Cf") and codepoint not in _JOINERS):
        return ""
    if codepoint in _characters(FAMILY) or _fallback_of(codepoint):
        return char
    return " " if category == "Zs" else REPLACEMENT
