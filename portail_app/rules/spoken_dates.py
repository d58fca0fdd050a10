"""Dates and hours as people say them in French.

Refusals and rules are sentences that hold dates, so the words live at this layer; ``ui/french`` may use them too.
"""

from datetime import date, time

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def spoken_day(day: date) -> str:
    """Return « mercredi 25 novembre », « mardi 1er décembre »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{WEEKDAYS[day.weekday()]} {number} {MONTHS[day.month - 1]}"


def spoken_hour(at: time) -> str:
    """Return « 10 h 00 »; minutes always have two digits."""
    return f"{at.hour} h {at.minute:02d}"
