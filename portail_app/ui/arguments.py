"""Tell whether what a browser sends is what a handler announces: names, types, sizes.

Reflex passes any JSON to a handler. Here a text stays a text, a number a number, and nothing is larger than a form.
"""

import inspect
import re
import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Any

from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY

PLAIN_TYPES = frozenset({str, int, float, bool, types.NoneType})
SURROGATE = re.compile("[\ud800-\udfff]")
LONGEST_TEXT = 8000
MOST_ITEMS = 500
MOST_DIGITS = 10


def fit(function: Callable[..., Any], payload: object) -> bool:
    """Tell whether the arguments of an event have the names, the types and a size that its handler announces."""
    if not isinstance(payload, dict):
        return False
    signature, hints = _announced(function)
    try:
        bound = signature.bind(None, **payload)
    except TypeError:
        return False
    return all(_fits(value, hints.get(name)) for name, value in list(bound.arguments.items())[1:])


def number_in(text: str) -> int:
    """Return the number of a row that a form holds as a text, 0 for anything else: no row has that number."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0


@cache
def _announced(function: Callable[..., Any]) -> tuple[inspect.Signature, dict[str, Any]]:
    return inspect.signature(function), typing.get_type_hints(function)


def _fits(value: object, hint: Any) -> bool:
    """Tell whether a value from a browser is of an announced type: text, number, yes or no, list, form."""
    origin, members = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return any(_fits(value, member) for member in members)
    if origin is list:
        return isinstance(value, list) and len(value) <= MOST_ITEMS and all(_fits(v, members[0]) for v in value)
    if origin is dict:
        fields = _form_fields(value)
        if not isinstance(fields, dict) or len(fields) > MOST_ITEMS:
            return False
        return all(_fits(text, str) for field in fields.items() for text in field)
    if isinstance(value, str) and not _is_text(value):
        return False
    return hint in PLAIN_TYPES and type(value) is hint


def _is_text(value: str) -> bool:
    """Tell whether a text can be stored, mailed and shown.

    JSON can hold half a character (a lone surrogate): once stored, it would break every page and every e-mail that
    shows it, those of the town hall first.
    """
    return len(value) <= LONGEST_TEXT and "\0" not in value and not SURROGATE.search(value)


def _form_fields(value: object) -> object:
    """Unwrap the ordered entries in which the browser sends a form; anything else stays as it is."""
    if not isinstance(value, dict) or FORM_DATA_ENTRIES_KEY not in value:
        return value
    entries = value[FORM_DATA_ENTRIES_KEY]
    well_made = isinstance(entries, list) and all(
        isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str)  # noqa: PLR2004 - a name, a value
        for entry in entries
    )
    return dict(entries) if well_made else None
