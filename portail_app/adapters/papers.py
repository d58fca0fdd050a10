"""Recognise a paper by what it holds, never by its name: PDF, JPEG or PNG, whole, and nothing else inside."""

import io
import re
import warnings

from PIL import Image, UnidentifiedImageError

from portail_app.errors import Refused

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
EXTENSIONS = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png"}
# A telephone takes 50 megapixels; a small file that unfolds into more is an attack on the memory.
MOST_PIXELS = 60_000_000


def recognise(content: bytes) -> str:
    """Return the media type, or refuse in French."""
    if not content:
        raise Refused("Ce fichier est vide.", _FIELD)
    if content.startswith(b"%PDF-"):
        _require_pdf(content)
        return PDF
    if content.startswith(b"\xff\xd8\xff"):
        _require_image(content, "JPEG")
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        _require_image(content, "PNG")
        return PNG
    raise Refused("Ce fichier n’est ni un PDF, ni une photo JPEG ou PNG.", _FIELD)


# What a browser or a viewer could be led to run; none has its place in a certificate.
_ACTIVE = re.compile(rb"<script|<html|<!doctype|<iframe", re.IGNORECASE)
_ACTIVE_PDF = re.compile(rb"/JavaScript\b|/Launch\b|/EmbeddedFiles\b|/RichMedia\b")
# An archive is read from its end, where its table stands, whatever comes before.
_ZIP_END = b"PK\x05\x06"
_ZIP_TAIL = 66_000
_TAIL = 1024
_PNG_END = b"IEND\xaeB`\x82"
_START_OF_TABLE = re.compile(rb"startxref\s+([0-9]{1,10})\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"\s*(?:xref\b|[0-9]+\s+[0-9]+\s+obj\b)")
_DAMAGED = "Ce fichier est incomplet ou abîmé : enregistrez-le de nouveau, ou envoyez une photo."
_SUSPICIOUS = "Ce fichier contient autre chose qu’un document : imprimez-le en PDF, ou envoyez une photo."
_FIELD = "certificate"


def _require_pdf(content: bytes) -> None:
    tail = _START_OF_TABLE.search(content[-_TAIL:])
    # The last words of a PDF say where its table of contents is: it must be there.
    if tail is None or _TABLE.match(content, int(tail[1])) is None:
        raise Refused(_DAMAGED, _FIELD)
    if _is_more_than_it_seems(content) or _ACTIVE_PDF.search(content):
        raise Refused(_SUSPICIOUS, _FIELD)


def _require_image(content: bytes, kind: str) -> None:
    if _is_more_than_it_seems(content) or b"%PDF-" in content[:_TAIL]:
        raise Refused(_SUSPICIOUS, _FIELD)
    # A decoder is content with the pixels; what follows the end of a PNG is nobody's picture.
    if kind == "PNG" and not content.endswith(_PNG_END):
        raise Refused(_DAMAGED, _FIELD)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[kind]) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise Refused("Cette photo est trop grande : réduisez-la et recommencez.", _FIELD)
                # verify() does not read the pixels of a JPEG: only decoding shows that the photo is whole.
                image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError,
            Image.DecompressionBombWarning):  # fmt: skip
        raise Refused(_DAMAGED, _FIELD) from None


def _is_more_than_it_seems(content: bytes) -> bool:
    return _ACTIVE.search(content) is not None or _ZIP_END in content[-_ZIP_TAIL:]
