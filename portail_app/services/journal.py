"""Write down who did what, inside the transaction of the act itself."""

import sqlalchemy as sa
from sqlmodel import Session

from portail_app import clock
from portail_app.access import Actor
from portail_app.models.journal import JournalEntry

_ENTRIES = JournalEntry.metadata.tables["journalentry"]
_INSERT = sa.insert(_ENTRIES)


def record(
    actor: Actor | None, session: Session, action: str, object_id: int | None, *, family_id: int | None = None
) -> None:
    """Add one line to the journal; it is kept if and only if the act is committed.

    ``action`` is a dotted English name (``booking.cancelled``); ``actor`` is None for the command line and for what
    happens by itself. A plain insert on the act's connection: a flush of the ORM would cost more than the act.
    """
    session.connection().execute(
        _INSERT,
        {
            "at": clock.now(),
            "account_id": actor.account_id if actor else None,
            "action": action,
            "object_id": object_id,
            "family_id": family_id,
        },
    )
