"""The commune: who it is, how to reach it, and what it tells the families."""

from dataclasses import dataclass

from sqlalchemy.exc import DatabaseError

from portail_app import db
from portail_app.access import Actor
from portail_app.models.exchanges import Municipality


@dataclass(frozen=True, slots=True)
class Identity:
    """What every page shows, also before the sign-in: it is built into the pages (see ``frontend_build``)."""

    name: str = "Votre commune"
    address: str = ""
    phone: str = ""
    email: str = ""
    accent_colour: str = ""


@dataclass(frozen=True, slots=True)
class Welcome:
    """The commune's message on « Accueil »."""

    title: str
    message: str


def identity() -> Identity:
    """Return who the commune is; a neutral name as long as the database is not there or holds no commune."""
    try:
        with db.reading() as session:
            row = session.get(Municipality, 1)
    except DatabaseError:
        # No table yet: the pages are being built before the first migration.
        return Identity()
    if row is None:
        return Identity()
    return Identity(row.name, row.address, row.phone, row.email, row.accent_colour)


def welcome(actor: Actor) -> Welcome:  # noqa: ARG001 - every signed-in person reads the same message
    """Return the message of « Accueil »."""
    with db.reading() as session:
        row = session.get(Municipality, 1)
        return Welcome(row.welcome_title, row.welcome_message) if row is not None else Welcome("", "")
