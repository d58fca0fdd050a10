"""Cut the Noto fonts of Debian down to what the PDFs of the portal need.

Run by hand, once, when a font must change; the cut files are committed beside this script:

    apt-get download fonts-noto-core fonts-noto-cjk && for d in *.deb; do dpkg -x "$d" noto; done
    python portail_app/pdf/fonts/build.py noto

Hinting, kerning and decorative features go: a PDF is drawn without them. The features that make a script
readable (joining, conjuncts, marks) stay, for HarfBuzz. The Chinese, Japanese and Korean font is cut to the
everyday characters of the national standards and its curves become TrueType, so that one kind of font is embedded.
"""

from __future__ import annotations

import sys
from collections.abc import Set
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
MAIN = {"NotoSans-Regular.ttf": "noto-sans.ttf", "NotoSans-Bold.ttf": "noto-sans-bold.ttf"}
_SCRIPTS = """Arabic Armenian Bengali Devanagari Ethiopic Georgian Gujarati Gurmukhi Hebrew Kannada Khmer Lao
    Malayalam Myanmar NKo Sinhala Syriac Tamil Telugu Thaana Thai Tifinagh"""
SYMBOLS = {
    "NotoSansMath-Regular.ttf": ("noto-sans-math.ttf", [range(0x2190, 0x2300)]),
    "NotoSansSymbols2-Regular.ttf": ("noto-sans-symbols2.ttf", [range(0x2600, 0x27C0)]),
}
CJK_STANDARDS = ("gb2312", "shift_jis", "euc_kr")
TRADITIONAL_LEVEL_1 = range(0xA440, 0xC680)  # in Big5 codes
LAYOUT = set(subset.Options._layout_features_default) - {"kern", "frac", "numr", "dnom", "calt", "liga"}
SHAPING = LAYOUT | {"calt", "liga"}
DROPPED = ["hdmx", "VDMX", "LTSH", "DSIG", "gasp", "STAT", "MATH", "FFTM", "meta", "vhea", "vmtx", "VORG", "BASE"]


def main(source: Path) -> None:
    """Write every cut font beside this file."""
    core = source / "usr/share/fonts/truetype/noto"
    for name, cut in MAIN.items():
        _cut(_open(core / name), HERE / cut, LAYOUT, _JOINERS)
    for script in _SCRIPTS.split():
        _cut(_open(core / f"NotoSans{script}-Regular.ttf"), HERE / f"noto-sans-{script.lower()}.ttf", SHAPING)
    _cut(_open(core / "NotoSerifTibetan-Regular.ttf"), HERE / "noto-serif-tibetan.ttf", SHAPING)
    for name, (cut, blocks) in SYMBOLS.items():
        font = _open(core / name)
        _cut(font, HERE / cut, set(), set(font.getBestCmap()).difference(*blocks))
    cjk = source / "usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
    _cut_cjk(TTFont(cjk, fontNumber=2), HERE / "noto-sans-cjk.ttf")


def _open(path: Path) -> TTFont:
    return TTFont(path, recalcTimestamp=False)  # the same fonts give the same files, whatever the day


def _cut(font: TTFont, target: Path, features: set[str], unwanted: Set[int] = frozenset()) -> None:
    options = subset.Options(hinting=False, layout_features=sorted(features), notdef_outline=True, glyph_names=False)
    options.name_IDs = [0, 1, 2, 4, 6, 13]
    options.drop_tables += DROPPED
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=set(font.getBestCmap()) - _NEVER_DRAWN - unwanted)
    cutter.subset(font)
    font.save(target)


def _cut_cjk(font: TTFont, target: Path) -> None:
    """Keep the characters of the national standards, then turn cubic curves into quadratic ones."""
    options = subset.Options(layout_features=[], notdef_outline=True, glyph_names=False, desubroutinize=True)
    options.name_IDs += [13]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=_cjk_characters() & set(font.getBestCmap()))
    cutter.subset(font)
    builder = FontBuilder(unitsPerEm=font["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(font.getGlyphOrder())
    builder.setupCharacterMap(font.getBestCmap())
    builder.setupGlyf(_quadratic_glyphs(font))
    builder.setupHorizontalMetrics(dict(font["hmtx"].metrics))
    builder.setupHorizontalHeader(ascent=font["hhea"].ascent, descent=font["hhea"].descent)
    builder.setupOS2(sCapHeight=font["OS/2"].sCapHeight, usWeightClass=400)
    builder.setupPost(keepGlyphNames=False)
    builder.setupNameTable(_cjk_names(font))
    builder.font["head"].created = builder.font["head"].modified = font["head"].created
    builder.font.recalcTimestamp = False
    builder.save(target)


def _cjk_names(font: TTFont) -> dict[str, str]:
    return {
        "familyName": "Noto Sans CJK SC",
        "styleName": "Regular",
        "fullName": "Noto Sans CJK SC",
        "psName": "NotoSansCJKsc-Regular",
        "copyright": font["name"].getDebugName(0),
        "licenseDescription": font["name"].getDebugName(13),
    }


def _quadratic_glyphs(font: TTFont) -> dict[str, Any]:
    drawn = font.getGlyphSet()
    glyphs = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, max_err=1.5, reverse_direction=True))
        glyphs[name] = pen.glyph()
    return glyphs


def _cjk_characters() -> set[int]:
    """List what the simplified Chinese, Japanese and Korean everyday standards hold, and traditional level 1."""
    kept: set[int] = set()
    for codec in CJK_STANDARDS:
        kept |= {ord(c) for c in map(chr, range(0x2E80, 0x10000)) if _fits(c, codec)}
    ideographs = map(chr, range(0x4E00, 0xA000))
    kept |= {ord(c) for c in ideographs if int.from_bytes(c.encode("big5", "ignore"), "big") in TRADITIONAL_LEVEL_1}
    return kept - _PRIVATE_USE


def _fits(char: str, codec: str) -> bool:
    """Tell whether a standard holds the character, written with two bytes; only level 1 of the Japanese one."""
    encoded = char.encode(codec, "ignore")
    return len(encoded) == _DOUBLE_BYTE and (codec != "shift_jis" or encoded < b"\x98\x73")


_DOUBLE_BYTE = 2
_PRIVATE_USE = set(range(0xE000, 0xF900))
_INVISIBLE = {0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF}
_NEVER_DRAWN = _PRIVATE_USE | _INVISIBLE
# The joiners come from the font of their script, or HarfBuzz would not see them inside the word.
_JOINERS = frozenset({0x200C, 0x200D})

if __name__ == "__main__":
    main(Path(sys.argv[1]))
