"""A tab without a browser: the states of one page, the person behind it, and what it ends up showing."""

import asyncio
import inspect
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

import reflex as rx
from reflex.event import Event

from portail_app.access import Actor
from portail_app.errors import NotSignedIn, Refused
from portail_app.ui import failures, visits
from portail_app.ui.notices import Notices

State = TypeVar("State", bound=rx.State)


class Tab:
    """The page of somebody at an address; handlers are called as Reflex would, after the guard."""

    def __init__(self, actor: Actor | None, address: str = "/", cookie: str = "") -> None:
        self._root = rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]
        self._actor, self._cookie = actor, cookie
        self.redirects: list[str] = []
        self.go(address)

    def go(self, address: str) -> None:
        """Change the address, as a link inside the portal does."""
        parts = urlsplit(address)
        router = {"pathname": parts.path, "asPath": address, "query": dict(parse_qsl(parts.query)), "headers": {}}
        self._root.router_data = self._root._update_router_vars(router, self._root.router_data)

    def __getitem__(self, state: type[State]) -> State:
        """Return what the tab holds of a state."""
        found: State = self._root.get_substate(state.get_full_name().split("."))  # type: ignore[assignment]
        return found

    def call(self, state: type[rx.State], handler: str, *arguments: Any) -> None:
        """Run ``state.handler``; what it answers, or refuses, is then in ``said`` and ``redirects``."""
        asyncio.run(self._call(state, handler, arguments))

    @property
    def said(self) -> str:
        """Return the notice that the page shows."""
        return self[Notices].text

    @property
    def tone(self) -> str:
        """Return how the notice is shown."""
        return self[Notices].tone

    async def _call(self, state: type[rx.State], handler: str, arguments: tuple[Any, ...]) -> None:
        visits.begin(visits.Visit(self._actor, self._cookie, "onglet", self._root.router_data))
        try:
            answer = getattr(state, handler).fn(self[state], *arguments)
            answer = await answer if inspect.isawaitable(answer) else answer
        # As Reflex does; anything else is an error of the program, which makes the test fail.
        except (Refused, NotSignedIn) as refusal:
            answer = failures.answer(refusal)
        for event in Event.from_event_type(answer):
            self._follow(event)

    def _follow(self, event: Event) -> None:
        if event.name == "_redirect":
            self.redirects.append(event.payload["path"])
        else:
            assert event.name.endswith("notices.say"), event.name
            Notices.say.fn(self[Notices], **event.payload)
