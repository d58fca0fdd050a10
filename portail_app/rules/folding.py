"""Names compared as people type them: without accents, capitals or typographic apostrophes."""

import unicodedata


def folded(text: str) -> str:
    """Return the text to compare: « O’Connor » and « o'connor », « Nguyễn » and « nguyen » are the same."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("đ", "d").replace("Đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
