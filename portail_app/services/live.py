"""Tell open pages that something they show has changed."""

from collections.abc import Callable
from contextvars import ContextVar

from portail_app import db
from portail_app.access import Actor
from portail_app.adapters.live import EVERYTHING, Change, Listener, LiveBus, bus_for
from portail_app.settings import get_settings

__all__ = [
    "EVERYTHING",
    "MAILS",
    "ORIGIN",
    "REQUESTS",
    "Change",
    "account_topic",
    "family_topic",
    "start",
    "topics_of",
]

# The tab whose act is running: it already receives the result of its own act.
ORIGIN: ContextVar[str] = ContextVar("portail_live_origin", default="")

REQUESTS = "requests"
MAILS = "outbox"


def topics_of(actor: Actor) -> frozenset[str]:
    """Return the topics whose changes concern the pages of a person."""
    if actor.is_staff:
        return frozenset({account_topic(actor.account_id), REQUESTS, MAILS})
    return frozenset({account_topic(actor.account_id), *map(family_topic, actor.family_ids)})


def family_topic(family_id: int) -> str:
    """Name the topic of everything a family sees."""
    return f"family:{family_id}"


def account_topic(account_id: int) -> str:
    """Name the topic of the sign-ins and rights of one account."""
    return f"account:{account_id}"


def start(listener: Listener) -> Callable[[], None]:
    """Publish what this process commits and hear what every process commits; return the function that stops both."""
    bus = bus_for(get_settings().redis_url)
    stop_publishing = db.on_commit(lambda topics: _publish(bus, topics))
    stop_listening = bus.listen(listener)

    def stop() -> None:
        stop_publishing()
        stop_listening()

    return stop


def _publish(bus: LiveBus, topics: frozenset[str]) -> None:
    bus.publish(Change(topics, ORIGIN.get()))
