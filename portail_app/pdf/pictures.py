"""Read a logo once for all documents.

Decoding and compressing a picture takes longer than printing the rest of an invoice. The picture is made small enough
for paper, and kept in the form fpdf2 embeds; each document receives a copy of its description.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import cast

from fpdf import FPDF
from fpdf.image_datastructures import ImageCache, RasterImageInfo
from fpdf.image_parsing import preload_image
from PIL import Image, UnidentifiedImageError

MOST_PIXELS = 400  # 300 per inch on the 34 mm of the letterhead
MOST_DECODED = 25_000_000  # pixels: a tiny file may announce a picture that fills the memory


def add_picture(pdf: FPDF, content: bytes) -> str | None:
    """Give a document a picture and return the name to draw it by; None when the bytes are not a readable picture."""
    read = _read(content)
    if read is None:
        return None
    name = f"picture-{len(pdf.image_cache.images) + 1}"
    pdf.image_cache.images[name] = RasterImageInfo({**read, "i": len(pdf.image_cache.images) + 1, "usages": 0})
    return name


@lru_cache(maxsize=8)
def _read(content: bytes) -> RasterImageInfo | None:
    try:
        with Image.open(BytesIO(content)) as image:
            if image.width * image.height > MOST_DECODED:
                return None
            small = _on_paper(image)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None  # Pillow raises any of these for bytes that look like a picture and are not one
    _name, _image, read = preload_image(ImageCache(), small)
    return cast("RasterImageInfo", read)


def _on_paper(image: Image.Image) -> BytesIO:
    """Reduce a picture to what a printer draws, without the camera's data; a photograph stays a JPEG."""
    plain = image.convert("RGBA" if image.has_transparency_data else "RGB")
    plain.thumbnail((MOST_PIXELS, MOST_PIXELS))
    written = BytesIO()
    plain.info.clear()
    plain.save(written, "JPEG" if image.format == "JPEG" else "PNG", quality=88)
    return written
