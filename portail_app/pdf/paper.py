"""Draw on A4 sheets: lines of text in any alphabet, paragraphs, rules and panels.

Lengths are millimetres from the top left corner; text is placed by its baseline.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import cast

from fpdf import FPDF
from fpdf.fonts import TTFFont
from fpdf.prefs import ViewerPreferences

from portail_app.pdf import fonts
from portail_app.pdf.embedding import CachedFontsOutput
from portail_app.pdf.pictures import add_picture
from portail_app.pdf.tagging import Tags
from portail_app.pdf.wrapping import wrap

LEFT, RIGHT, TOP, BOTTOM = 20.0, 190.0, 18.0, 277.0
WIDTH = RIGHT - LEFT
MILLIMETRES_PER_POINT = 25.4 / 72


@dataclass(frozen=True)
class Look:
    """The size (points), weight and colour of a text."""

    size: float = 9.5
    bold: bool = False
    color: str = "#1d2733"

    @property
    def leading(self) -> float:
        """Return the distance between two baselines, in millimetres."""
        return self.size * 1.42 * MILLIMETRES_PER_POINT


class Paper:
    """A document being drawn."""

    def __init__(self, *, title: str, author: str, dated: date) -> None:
        self.pdf = FPDF(format="A4")
        self.pdf.set_margins(LEFT, TOP, LEFT)
        self.pdf.set_auto_page_break(False)
        self.pdf.c_margin = 0
        self.pdf.alias_nb_pages("")  # « {nb} » in a name is only text
        self.pdf.set_lang("fr-FR")
        self.pdf.set_title(fonts.printable(title))
        self.pdf.set_author(fonts.printable(author))
        self.pdf.set_creation_date(datetime.combine(dated, time(12), UTC))
        self.pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
        fonts.add_main_fonts(self.pdf)
        self.tags = Tags(self.pdf)
        self._look = Look(size=0)
        self.pdf.add_page()

    def to_bytes(self) -> bytes:
        """Finish the document."""
        return bytes(self.pdf.output(output_producer_class=CachedFontsOutput))

    def width(self, text: str, look: Look) -> float:
        """Measure one line of text."""
        return self._width(fonts.printable(text), look)

    def text(self, x: float, y: float, text: str, look: Look, *, align: str = "L") -> None:
        """Draw one line; `x` is its left edge, or its right edge when `align` is « R »."""
        self._draw(x, y, fonts.printable(text), look, align)

    def fitted(self, text: str, look: Look, width: float, *, smallest: float = 7) -> Look:
        """Shrink a look until one line of text fits in a width."""
        needed = self.width(text, look)
        return look if needed <= width else replace(look, size=max(smallest, look.size * width / needed * 0.99))

    def wrapped(self, text: str, look: Look, width: float, *, at_most: int = 1000) -> list[str]:
        """Cut a text into lines that fit in a width; words too long are cut, lines too many end with « … »."""
        return wrap(fonts.printable(text), lambda piece: self._width(piece, look), width, at_most)

    def block(self, x: float, y: float, lines: list[str], look: Look, *, align: str = "L") -> float:
        """Draw lines that are already cut and return the baseline that follows."""
        for line in lines:
            self._draw(x, y, line, look, align)
            y += look.leading
        return y

    def rule(self, y: float, *, color: str = "#d3dae2", width: float = 0.25) -> None:
        """Draw a line across the page that screen readers ignore."""
        with self.tags.decoration():
            self.pdf.set_draw_color(color)
            self.pdf.set_line_width(width)
            self.pdf.line(LEFT, y, RIGHT, y)

    def panel(self, x: float, y: float, width: float, height: float, *, color: str) -> None:
        """Fill a rectangle with rounded corners."""
        with self.tags.decoration():
            self.pdf.set_fill_color(color)
            self.pdf.rect(x, y, width, height, style="F", round_corners=True, corner_radius=2)

    def room(self, y: float, needed: float) -> float:
        """Return `y` if what is needed under it fits above the foot of the page, or the top of a new page."""
        if y + needed <= BOTTOM:
            return y
        self.pdf.add_page()
        return TOP + 4

    def picture(self, content: bytes, x: float, y: float, width: float, height: float, *, alt: str) -> float:
        """Draw a picture in the corner of a box and return its width; 0 when the bytes are not a readable picture."""
        name = add_picture(self.pdf, content)
        if name is None:
            return 0
        described = self.pdf.image_cache.images[name]
        scale = min(width / described.width, height / described.height)
        with self.tags.content("Figure", alt=alt):
            self.pdf.image(name, x, y, described.width * scale, described.height * scale)
        return described.width * scale

    @contextmanager
    def page(self, number: int) -> Iterator[None]:
        """Draw on a page already made, for what needs the number of pages."""
        last, self.pdf.page = self.pdf.page, number
        self.pdf.current_font_is_set_on_page = False
        yield
        self.pdf.page = last
        self.pdf.current_font_is_set_on_page = False

    def _width(self, text: str, look: Look) -> float:
        self._wear(look)
        if not fonts.is_plain(text):
            with self._shaping(text):
                return self.pdf.get_string_width(text)
        font = cast("TTFFont", self.pdf.current_font)
        return font.get_text_width(text, look.size, None)[1] * MILLIMETRES_PER_POINT

    def _draw(self, x: float, y: float, text: str, look: Look, align: str) -> None:
        if align == "R":
            x -= self._width(text, look)
        self._wear(look)
        # Each line ends with a space: screen readers and searches would glue its last word to the next line.
        if fonts.is_plain(text):
            self.pdf.text(x, y, f"{text} ")
            return
        with self._shaping(text):
            # fpdf2 puts the baseline of a cell of one line at 0.8 of its height.
            self.pdf.set_xy(x, y - 0.8 * self.pdf.font_size)
            self.pdf.cell(h=self.pdf.font_size, text=text)
        self.pdf.text(self.pdf.x, y, " ")

    @contextmanager
    def _shaping(self, text: str) -> Iterator[None]:
        """Let HarfBuzz join, order and place letters, with the fonts this text needs."""
        needed = fonts.fallbacks_for(text)
        fonts.add_fallbacks(self.pdf, needed)
        self.pdf.set_fallback_fonts(needed, exact_match=False)
        self.pdf.set_text_shaping(True)
        yield
        self.pdf.set_text_shaping(False)
        self.pdf.set_fallback_fonts([])
        # fpdf2 believes that the font it restored with the graphics state is the one it last wrote.
        self.pdf.current_font_is_set_on_page = False

    def _wear(self, look: Look) -> None:
        if look is self._look:
            return
        self._look = look
        self.pdf.set_font(fonts.FAMILY, "B" if look.bold else "", look.size)
        self.pdf.set_text_color(look.color)
