"""Turn what went wrong in a handler into words, in one place."""

import logging
from collections import deque

import reflex as rx
from reflex.event import EventSpec
from reflex_base.event.context import EventContext

from portail_app.errors import NotSignedIn, Refused
from portail_app.ui.notices import Notices

logger = logging.getLogger(__name__)

# Not « nothing was saved »: the act may have been, and what followed it have failed. Doing it again does it once.
UNEXPECTED = "Une erreur est survenue de notre côté. Réessayez, ou appelez la mairie si cela continue."

# The last events that an apology answers, by their number.
_apologised: deque[str] = deque(maxlen=1000)


def answer(exception: Exception) -> EventSpec | None:
    """Return what the page shows: the refusal's own sentence, the way to the sign-in, or an apology.

    Reflex asks that the parameter be named ``exception``.
    """
    if isinstance(exception, NotSignedIn):
        return rx.redirect("/connexion")
    if isinstance(exception, Refused):
        return Notices.say(exception.message, "refused")
    # The type and the place are enough to mend it; the message of an unknown error may hold a name or an address.
    logger.error("unexpected %s", type(exception).__name__, exc_info=_without_message(exception))
    return Notices.say(UNEXPECTED, "refused") if _is_first_apology() else None


def _is_first_apology() -> bool:
    """Tell whether what failed is something else than an apology.

    When even the guard fails (no database), the apology fails like the event it answers: it would be sent, and would
    fail, for ever.
    """
    event = EventContext.get()
    if event.parent_txid in _apologised:
        return False
    _apologised.append(event.txid)
    return True


def _without_message(exception: Exception) -> tuple[type[Exception], Exception, object]:
    bare = Exception(type(exception).__name__).with_traceback(exception.__traceback__)
    return (Exception, bare, exception.__traceback__)
