"""The one colour that a commune chooses; everything else of the look is in ``assets/portail.css``."""

import re
from typing import Any

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def accent_of(colour: str) -> dict[str, Any]:
    """Return the attributes that give a shell the commune's colour, none for the colour of the stylesheet.

    The stylesheet draws from it the shades for texts, surfaces and the dark mode, and moves its lightness where it
    would not be readable (4.5:1): a commune may choose any colour.
    """
    if not _COLOUR.fullmatch(colour):
        return {}
    return {"style": {"--accent": colour}}
