"""Cut a text into lines, whatever its alphabet."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice

Measure = Callable[[str], float]


def wrap(text: str, measure: Measure, width: float, at_most: int) -> list[str]:
    """Return the lines; a word too long is cut, and lines beyond `at_most` are replaced by « … »."""
    if measure(text) <= width:
        return [text]
    lines = list(islice(_lines(text, measure, width), at_most + 1))
    if len(lines) <= at_most:
        return lines
    return [*lines[: at_most - 1], _shortened(lines[at_most - 1], measure, width)]


def _lines(text: str, measure: Measure, width: float) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if measure(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        line = ""
        for piece in _pieces(word, measure, width):
            if line:
                yield line
            line = piece
    yield line


def _pieces(word: str, measure: Measure, width: float) -> Iterator[str]:
    """Cut a word longer than a line: after a hyphen if it has one, never between a letter and its accent."""
    piece = ""
    for char in word:
        attached = unicodedata.category(char)[0] == "M"
        if piece and not attached and measure(piece + char) > width:
            end = piece.rfind("-") + 1 or len(piece)
            yield piece[:end]
            piece = piece[end:]
        piece += char
    yield piece


def _shortened(line: str, measure: Measure, width: float) -> str:
    while line and measure(f"{line}…") > width:
        line = line[:-1]
    return f"{line}…"
