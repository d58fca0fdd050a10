"""Refresh the open pages that a committed change concerns.

The hub of a worker knows its open tabs, the topics of their person and the handler that reloads their page. A change
makes it queue that handler for the tabs concerned, as if the tab had asked: the guard runs again, with the cookie of
the tab's own connection.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import Context
from dataclasses import replace
from typing import Any

import reflex as rx
from reflex.event import Event
from reflex_base.utils.format import format_event_handler

from portail_app.services import live
from portail_app.ui import visits

logger = logging.getLogger(__name__)

# Acts that follow one another closely (a batch of answers) refresh a page once.
GATHERING_SECONDS = 0.05
FEWEST_BEFORE_SWEEP = 500


class Hub:
    """The open tabs of one worker."""

    def __init__(self) -> None:
        self._topics: dict[str, frozenset[str]] = {}
        self._tabs: dict[str, set[str]] = defaultdict(set)
        self._refresh: dict[str, Event] = {}
        self._due: set[str] = set()
        self._sweep_at = FEWEST_BEFORE_SWEEP
        self._tasks: set[asyncio.Task[None]] = set()
        self._app: rx.App | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def watch(self, tab: str, topics: frozenset[str]) -> None:
        """Note what concerns the person of a tab; called at each event, cheap when nothing changed."""
        if self._topics.get(tab) == topics:
            return
        self.forget(tab)
        self._sweep()
        self._topics[tab] = topics
        for topic in topics:
            self._tabs[topic].add(tab)

    def shows(self, tab: str, handler: Any) -> None:
        """Note the handler that reloads the page that a tab shows, and the address of that page.

        The state of a page left open is swept after an hour; without the address, its refresh would show another page.
        """
        address = dict(visits.current().router)
        self._refresh[tab] = Event(name=format_event_handler(handler), router_data=address, payload={})

    def forget(self, tab: str) -> None:
        """Forget the topics of a tab."""
        for topic in self._topics.pop(tab, frozenset()):
            self._tabs[topic].discard(tab)
            if not self._tabs[topic]:
                del self._tabs[topic]

    @asynccontextmanager
    async def running(self, app: rx.App) -> AsyncIterator[None]:
        """Hear the changes for the life of the worker."""
        self._app, self._loop = app, asyncio.get_running_loop()
        stop = await asyncio.to_thread(live.start, self._heard)
        try:
            yield
        finally:
            stop()

    def _sweep(self) -> None:
        """Forget the tabs closed since the last time, once they may be as many as the open ones."""
        if len(self._topics) < self._sweep_at or self._app is None:
            return
        for tab in [tab for tab in self._topics if socket_of(self._app, tab) is None]:
            self._close(tab)
        self._sweep_at = max(FEWEST_BEFORE_SWEEP, 2 * len(self._topics))

    def _close(self, tab: str) -> None:
        self.forget(tab)
        self._refresh.pop(tab, None)

    def _heard(self, change: live.Change) -> None:
        # An empty context: the act's own (its tab, its event) must not follow into the pages of others.
        assert self._loop is not None  # noqa: S101 - set by running()
        self._loop.call_soon_threadsafe(self._gather, change, context=Context())

    def _gather(self, change: live.Change) -> None:
        every = self._topics if live.EVERYTHING in change.topics else ()
        tabs = set(every).union(*(self._tabs.get(topic, ()) for topic in change.topics)) - {change.origin}
        if not tabs:
            return
        if not self._due:
            task = asyncio.get_running_loop().create_task(self._flush())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        self._due |= tabs

    async def _flush(self) -> None:
        await asyncio.sleep(GATHERING_SECONDS)
        due, self._due = self._due, set()
        for tab in due:
            await self._refresh_tab(tab)

    async def _refresh_tab(self, tab: str) -> None:
        assert self._app is not None  # noqa: S101 - set by running()
        if socket_of(self._app, tab) is None:
            self._close(tab)
        elif tab in self._refresh:
            await self._app.event_processor.enqueue(tab, replace(self._refresh[tab]))


hub = Hub()


def socket_of(app: rx.App, tab: str) -> str | None:
    """Return the living connection of a tab with this worker, None when it is closed or with another worker.

    Not through ``token_to_sid``, which copies the connections of everybody at each reading.
    """
    if app.event_namespace is None:
        return None
    connections = app.event_namespace._token_manager
    record = connections.token_to_socket.get(tab)
    return record.sid if record is not None and record.instance_id == connections.instance_id else None
