"""Real files for the tests of uploads: whole, cut, disguised."""

import io
from datetime import UTC, datetime

from fpdf import FPDF
from PIL import Image

# The same paper twice is the same file.
PRINTED_AT = datetime(2026, 1, 5, 8, tzinfo=UTC)


def pdf(text: str = "Certificat") -> bytes:
    """Print a small PDF."""
    paper = FPDF()
    paper.set_creation_date(PRINTED_AT)
    paper.add_page()
    paper.set_font("helvetica", size=12)
    paper.cell(text=text)
    return bytes(paper.output())


def pdf_holding(more: bytes) -> bytes:
    """Print a small PDF, whole, that holds something more."""
    content, tail = pdf().rsplit(b"startxref\n", 1)
    table = int(tail.split(b"\n", 1)[0])
    moved = table + len(more)
    return content[:table] + more + content[table:] + b"startxref\n%d\n%%%%EOF\n" % moved


def photo(kind: str = "JPEG", size: tuple[int, int] = (64, 48)) -> bytes:
    """Take a photo with some detail."""
    image = Image.effect_noise(size, 60).convert("RGB")
    written = io.BytesIO()
    image.save(written, kind)
    return written.getvalue()
