"""The logo of the commune on its papers."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from portail_app.pdf import pictures
from portail_app.pdf.invoice import render
from tests.pdf.reading import faults_of, pixels_of, text_of
from tests.pdf.samples import LEAZ, invoice, line, logo


def _picture(mode: str, size: tuple[int, int] = (90, 60), kind: str = "PNG") -> bytes:
    buffer = BytesIO()
    Image.new(mode, size, 1).save(buffer, kind)
    return buffer.getvalue()


def _printed(content: bytes | None) -> bytes:
    return render(replace(invoice((line(),)), municipality=replace(LEAZ, logo=content)))


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("RGB", "PNG"), ("RGBA", "PNG"), ("P", "PNG"), ("1", "PNG"), ("LA", "PNG"), ("RGB", "JPEG"), ("CMYK", "JPEG")],
)
def test_every_usual_kind_of_logo_is_printed(mode: str, kind: str) -> None:
    pdf = _printed(_picture(mode, kind=kind))
    assert faults_of(pdf) == ""
    assert b"/Subtype /Image" in pdf
    assert pixels_of(pdf) == pixels_of(_printed(_picture(mode, kind=kind)))


@pytest.mark.parametrize("content", [b"", b"not a picture", logo()[:60], b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_a_logo_that_cannot_be_read_does_not_stop_the_invoice(content: bytes) -> None:
    pdf = _printed(content)
    assert b"/Subtype /Image" not in pdf
    assert text_of(pdf).startswith("Commune de Léaz 9 rue")
    assert text_of(pdf) == text_of(_printed(None))


def test_a_huge_logo_is_reduced_and_keeps_its_shape() -> None:
    pdf = _printed(_picture("RGB", size=(3000, 1500)))
    assert b"/Width 400" in pdf
    assert b"/Height 200" in pdf


@pytest.mark.parametrize(("height", "printed"), [(5000, True), (5001, False)])
def test_a_picture_that_would_fill_the_memory_is_left_out(height: int, printed: bool) -> None:
    pdf = _printed(_picture("1", size=(5000, height)))
    assert (b"/Subtype /Image" in pdf) is printed


def test_a_small_logo_is_not_enlarged() -> None:
    assert b"/Width 90" in _printed(_picture("RGB"))


def test_a_logo_is_read_once_for_all_documents() -> None:
    content = _picture("RGB", size=(91, 61))
    before = pictures._read.cache_info().misses
    assert _printed(content) == _printed(content)
    assert pictures._read.cache_info().misses == before + 1
