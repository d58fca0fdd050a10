"""A worker without a network: Reflex's own event processor with our guard, on one tab."""

import asyncio
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, Self
from uuid import uuid4

from reflex.event import Event
from reflex.istate.manager.memory import StateManagerMemory
from reflex.state import BaseState, StateUpdate
from reflex.utils.token_manager import LocalTokenManager, SocketRecord
from reflex_base.event.processor import BaseStateEventProcessor

from portail_app.http.socket_cookie import SCOPE_KEY
from portail_app.ui import failures
from portail_app.ui.guard import Guard

SOCKET = "socket"


class Tab:
    """One tab of one browser, whose cookies may change: what it sends, and all that comes back."""

    def __init__(self, cookie: str = "", path: str = "/") -> None:
        self.cookie, self.path, self.token = cookie, path, str(uuid4())
        self.updates: list[StateUpdate] = []
        self.states = StateManagerMemory()
        self._connections = LocalTokenManager()
        self.comes_back()
        self._processor = BaseStateEventProcessor(
            middleware=SimpleNamespace(_preprocess=self._preprocess), backend_exception_handler=failures.answer
        ).configure(state_manager=self.states, event_namespace=SimpleNamespace(emit_update=self._receive))

    async def __aenter__(self) -> Self:
        await self._processor.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._processor.stop()
        await self.states.close()

    async def act(self, name: str, payload: Any = None) -> list[StateUpdate]:
        """Send an event; return what it and the events that it caused sent back."""
        before = len(self.updates)
        router = {"token": self.token, "pathname": self.path, "asPath": self.path, "headers": {}, "query": {}}
        event = Event(name=name, payload={} if payload is None else payload, router_data=router)
        await self._processor.enqueue(self.token, event)
        await self._processor.join()
        while self._processor._tasks or self._processor._token_queues:  # noqa: ASYNC110 - Reflex has no such event
            await asyncio.sleep(0)
        return self.updates[before:]

    def comes_back(self) -> None:
        """Open the connection of the page."""
        self.moves_to(SocketRecord(instance_id=self._connections.instance_id, sid=SOCKET))

    def moves_to(self, connection: SocketRecord | None) -> None:
        """Close the connection of the page, and open it elsewhere or not at all."""
        self._connections.token_to_socket.pop(self.token, None)
        if connection is not None:
            self._connections.token_to_socket[self.token] = connection

    @property
    def state(self) -> BaseState:
        """Return the root of the tab's states, as the worker keeps it."""
        (root,) = self.states.states.values()
        return root

    async def _preprocess(self, state: BaseState, event: Event) -> StateUpdate | None:
        return await Guard().preprocess(self._app(), state, event)

    async def _receive(self, update: StateUpdate, token: str) -> None:
        self.updates.append(update)

    def _app(self) -> Any:
        environ: Mapping[str, Any] = {"asgi.scope": {SCOPE_KEY: self.cookie}}
        return SimpleNamespace(
            event_namespace=SimpleNamespace(_token_manager=self._connections, namespace="/_event"),
            sio=SimpleNamespace(get_environ=lambda socket, _: environ if socket == SOCKET else None),
        )
