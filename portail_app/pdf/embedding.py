"""Write the fonts of a document, cutting each font once per set of letters instead of once per document.

The everyday letters of French are always embedded, so that nearly all documents share the same cut font, which
is kept in memory, compressed. Only a document with another letter (« ş », « Я ») has its font cut anew.

`fpdf.output.OutputProducer` offers no hook for that: `_add_fonts` is replaced, and built on the same objects as the
original. `tests/pdf/test_embedding.py` compares both page by page and fails if fpdf2 changes.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any, cast

from fontTools import subset
from fontTools.ttLib import TTFont
from fpdf.fonts import Glyph, SubsetMap, TTFFont
from fpdf.output import CIDSystemInfo, OutputProducer, PDFFont
from fpdf.syntax import Name, PDFArray, PDFContentStream

from portail_app.pdf.fonts import FAMILY

EVERYDAY = (
    " !\"#%&'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz"
    "\u00a0\u202f«°²»ÀÂÄÆÇÈÉÊËÎÏÔÖÙÛÜàâäæçèéêëîïñôöùûüÿŒœŸ–—‘’“”•…€·×"
)
_NEEDED_TABLES = {"head", "hhea", "maxp", "hmtx", "loca", "glyf", "cmap"}


class CachedFontsOutput(OutputProducer):
    """Produce the file as fpdf2 does, except for the font programs."""

    def _add_fonts(self, *_resources: Any) -> dict[int, Any]:
        written = {}
        for font in sorted(self.fpdf.fonts.values(), key=lambda font: font.i):
            written[font.i] = self._add_font(cast("TTFFont", font))  # a core font is never asked for
        # These caches belong to the class, not to the document: left alone they would keep every document alive.
        SubsetMap.pick.cache_clear()
        SubsetMap.get_glyph.cache_clear()
        return written

    def _add_font(self, font: TTFFont) -> PDFFont:
        glyphs = {code: glyph for glyph, code in font.subset.items() if glyph is not None}
        program = _program_of(font, glyphs)
        name = f"{program.tag}+{font.name}"
        composite = PDFFont("Type0", name, encoding="Identity-H")
        outlines = PDFFont("CIDFontType2", name, d_w=font.desc.missing_width, w=_widths(glyphs))
        self._add_pdf_obj(composite, "fonts")
        self._add_pdf_obj(outlines, "fonts")
        composite.descendant_fonts = PDFArray([outlines])
        composite.to_unicode = PDFContentStream(_to_unicode(glyphs), compress=True)
        outlines.c_i_d_system_info = CIDSystemInfo()
        outlines.font_descriptor = font.desc
        outlines.c_i_d_to_g_i_d_map = PDFContentStream(_glyph_map(glyphs, program), compress=True)
        font.desc.font_name = Name(name)
        font.desc.font_file2 = file = _FontFile(program)  # type: ignore[attr-defined]  # as fpdf2 does
        for part in (composite.to_unicode, outlines.c_i_d_system_info, font.desc, outlines.c_i_d_to_g_i_d_map, file):
            self._add_pdf_obj(part, "fonts")
        return composite


@dataclass(frozen=True)
class _Program:
    """A cut font file: its compressed bytes, its length before compression, and where its glyphs went."""

    compressed: bytes
    length: int
    position: dict[str, int]
    tag: str


class _FontFile(PDFContentStream):
    """A font file that is already compressed."""

    def __init__(self, program: _Program) -> None:
        super().__init__(program.compressed)
        self.filter = Name("FlateDecode")
        self.length1 = program.length


def _program_of(font: TTFFont, glyphs: dict[int, Glyph]) -> _Program:
    everyday = _everyday_glyphs(font)
    unusual = {glyph.glyph_name for glyph in glyphs.values()} - everyday
    return _cut(str(font.ttffile), everyday, frozenset(unusual))


def _everyday_glyphs(font: TTFFont) -> frozenset[str]:
    """List the glyphs to embed always: none for a fallback font, used for a few letters only."""
    if font.fontkey not in (FAMILY, f"{FAMILY}B"):
        return frozenset({".notdef"})
    return frozenset(font.cmap[ord(char)] for char in EVERYDAY) | {".notdef"}


@lru_cache(maxsize=128)
def _cut(path: str, everyday: frozenset[str], unusual: frozenset[str]) -> _Program:
    options = subset.Options(notdef_outline=True, hinting=False, layout_features=[], recalc_timestamp=False)
    with TTFont(path, lazy=True, recalcTimestamp=False) as font:
        options.drop_tables += sorted(set(font.keys()) - _NEEDED_TABLES)
        cutter = subset.Subsetter(options)
        cutter.populate(glyphs=sorted(everyday | unusual))
        cutter.subset(font)
        buffer = BytesIO()
        font.save(buffer)
        position = {name: font.getGlyphID(name) for name in font.getGlyphOrder()}
    content = buffer.getvalue()
    return _Program(zlib.compress(content, 9), len(content), position, _tag(content))


def _tag(content: bytes) -> str:
    """Make the six capital letters by which PDF tells one cut of a font from another."""
    return "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(content).digest()[:6])


def _glyph_map(glyphs: dict[int, Glyph], program: _Program) -> bytes:
    """Map each code used in the pages to its glyph, two bytes each; codes after the last one used are left out."""
    positions = (program.position[glyphs[code].glyph_name] if code in glyphs else 0 for code in range(max(glyphs) + 1))
    return b"".join(position.to_bytes(2, "big") for position in positions)


def _widths(glyphs: dict[int, Glyph]) -> str:
    """Write the widths of runs of consecutive codes, as « first [w w w] »."""
    runs: list[list[int]] = []
    for code in sorted(glyphs):
        if runs and code == runs[-1][-1] + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    return f"[{' '.join(f'{run[0]} [{_joined_widths(run, glyphs)}]' for run in runs)}]"


def _joined_widths(codes: list[int], glyphs: dict[int, Glyph]) -> str:
    return " ".join(str(glyphs[code].glyph_width) for code in codes)


_TO_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def _to_unicode(glyphs: dict[int, Glyph]) -> bytes:
    """Say which characters each code stands for, so that the text can be searched, copied and read aloud."""
    return _TO_UNICODE.format(blocks="".join(_blocks(glyphs))).encode("ascii")


def _blocks(glyphs: dict[int, Glyph]) -> Iterator[str]:
    lines = [
        f"<{code:04X}> <{''.join(map(chr, glyph.unicode)).encode('utf-16-be').hex().upper()}>\n"
        for code, glyph in sorted(glyphs.items())
        if isinstance(glyph.unicode, tuple) and glyph.unicode and glyph.unicode != (0,)
    ]
    for start in range(0, len(lines), 100):  # the format allows no more than 100 per block
        block = lines[start : start + 100]
        yield f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n"
