"""Carry the topics of committed acts to every worker.

One worker needs nothing: what it commits, it tells itself. Several workers tell each other through Redis. The message
is a list of topics (``family:12``) and the tab that caused the change; never the data, which each page reads again
with its own rights.
"""

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

logger = logging.getLogger(__name__)
CHANNEL = "portail:live"
# The topic of all pages: what changed while nobody listened is not known.
EVERYTHING = "*"
LONGEST_ANSWER = 5.0  # seconds
Listener = Callable[["Change"], None]


@dataclass(frozen=True, slots=True)
class Change:
    """What an act changed, and the tab it came from ("" when it came from no tab)."""

    topics: frozenset[str]
    origin: str = ""


class LiveBus(Protocol):
    """Tell every worker of a change, this one included."""

    def publish(self, change: Change) -> None:
        """Send a change; never fails the act that caused it, which is already committed."""

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` (in any thread) for each change; return the function that stops it."""


class OwnWorkerBus:
    """The bus of a single worker."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def publish(self, change: Change) -> None:
        """Hand the change to the listeners of this process."""
        for listener in list(self._listeners):
            listener(change)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Register a listener of this process."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)


class RedisBus:
    """The bus of several workers."""

    def __init__(self, url: str) -> None:
        import redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        self._errors: type[Exception] = redis.exceptions.RedisError
        # One quick attempt more, for a connection that was closed meanwhile: an act does not wait for its announcement.
        self._client = redis.Redis.from_url(
            url, socket_timeout=LONGEST_ANSWER, socket_connect_timeout=LONGEST_ANSWER, retry=Retry(NoBackoff(), 1)
        )

    def publish(self, change: Change) -> None:
        """Publish the change; when Redis is away, pages are late until it is back, nothing is lost."""
        try:
            self._client.publish(CHANNEL, json.dumps([sorted(change.topics), change.origin]))
        except self._errors as error:
            logger.warning("live update not published: %s", type(error).__name__)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Listen in a thread of its own until stopped; reconnects by itself.

        Returns once Redis has heard of us: what is committed from then on is not missed.
        """
        stopped, heard_of = threading.Event(), threading.Event()
        arguments = (listener, stopped, heard_of)
        threading.Thread(target=self._run, args=arguments, name="portail-live", daemon=True).start()
        heard_of.wait(LONGEST_ANSWER)
        return stopped.set

    def _run(self, listener: Listener, stopped: threading.Event, heard_of: threading.Event) -> None:
        while not stopped.is_set():
            try:
                self._read(listener, stopped, heard_of)
            except self._errors as error:
                logger.warning("live updates interrupted, trying again: %s", type(error).__name__)
                stopped.wait(1)

    def _read(self, listener: Listener, stopped: threading.Event, heard_of: threading.Event) -> None:
        with self._client.pubsub() as channel:  # type: ignore[no-untyped-call]
            channel.subscribe(CHANNEL)
            while not stopped.is_set():
                message = channel.get_message(timeout=1)
                if message is None:
                    continue
                if message["type"] == "message":
                    topics, origin = json.loads(message["data"])
                    listener(Change(frozenset(topics), origin))
                elif heard_of.is_set():
                    # Subscribed again, after a cut: every page reads again what it may have missed.
                    listener(Change(frozenset({EVERYTHING})))
                heard_of.set()


def redis_answers(url: str) -> bool:
    """Tell whether Redis is there: said at the start, it is mended in a minute."""
    import redis

    try:
        with redis.Redis.from_url(url, socket_timeout=LONGEST_ANSWER, socket_connect_timeout=LONGEST_ANSWER) as client:
            return bool(client.ping())
    except (redis.exceptions.RedisError, ValueError):
        return False


def bus_for(redis_url: str | None) -> LiveBus:
    """Return the bus that the settings ask for."""
    return RedisBus(redis_url) if redis_url else OwnWorkerBus()
