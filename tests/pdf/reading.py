"""Read PDFs with the tools of poppler and qpdf: what a person, a screen reader and a validator find in them."""

import re
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

POINTS_PER_MILLIMETRE = 72 / 25.4


class Word(NamedTuple):
    text: str
    left: float
    top: float
    right: float
    bottom: float
    page: int


def text_of(pdf: bytes) -> str:
    """Return the words in the order they are written, separated by one space."""
    return " ".join(_run(pdf, "pdftotext", "-raw", "{}", "-").split())


def words_of(pdf: bytes) -> list[Word]:
    """Return the words with their place, in millimetres from the top left corner."""
    html = _run(pdf, "pdftotext", "-bbox", "{}", "-")
    words = []
    for number, page in enumerate(html.split("<page ")[1:], start=1):
        for found in re.finditer(r'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>', page):
            left, top, right, bottom = (float(found[place]) / POINTS_PER_MILLIMETRE for place in (1, 2, 3, 4))
            words.append(Word(found[5], left, top, right, bottom, number))
    return words


def information_of(pdf: bytes) -> dict[str, str]:
    lines = _run(pdf, "pdfinfo", "{}").splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def structure_of(pdf: bytes) -> str:
    """Return the roles and the texts that a screen reader gets, one per line."""
    lines = (line.strip() for line in _run(pdf, "pdfinfo", "-struct-text", "{}").splitlines())
    return "\n".join(line for line in lines if line)


def fonts_of(pdf: bytes) -> dict[str, tuple[str, str, str]]:
    """Return, for each font, whether it is embedded, cut, and tells its letters: « yes » or « no »."""
    fonts = {}
    for row in _run(pdf, "pdffonts", "{}").splitlines()[2:]:
        name, *_, embedded, cut, unicode, _object, _generation = row.split()
        fonts[name.partition("+")[2]] = (embedded, cut, unicode)
    return fonts


def pixels_of(pdf: bytes) -> str:
    return _run(pdf, "pdftoppm", "-r", "60", "-gray", "{}", encoding="latin-1")


def faults_of(pdf: bytes) -> str:
    """Return what qpdf and poppler complain about: nothing for a sound file."""
    checked = _call(pdf, "qpdf", "--check", "{}")
    drawn = _call(pdf, "pdftotext", "{}", "-")
    sound = "No syntax or stream encoding errors found"
    said = checked.stdout.decode()
    return checked.stderr.decode() + drawn.stderr.decode() + ("" if sound in said else said)


def _run(pdf: bytes, *command: str, encoding: str = "utf-8") -> str:
    finished = _call(pdf, *command)
    finished.check_returncode()
    return finished.stdout.decode(encoding)


def _call(pdf: bytes, *command: str) -> subprocess.CompletedProcess[bytes]:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(pdf)
        return subprocess.run([part.format(file.name) for part in command], capture_output=True, check=False)
