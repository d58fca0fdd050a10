"""A browser without a browser: it speaks the event protocol of Reflex 0.10.1 to a running portal.

Sign-in is the real form over HTTP. A page is the real websocket: engine.io and socket.io framing, the boot event in
the CONNECT packet as the front end's ``utils/state.js`` sends it, then one message per click. Light enough for the
bench to open hundreds of pages in one process. It can also lie, which no real browser does: any token, any cookie,
any origin, any bytes.
"""

from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit
from uuid import uuid4

import httpx

from tests.wire import REFLEX_VERSION, Refusal, Wire

__all__ = ["HYDRATE", "NOTICES", "REFLEX_VERSION", "ROOT", "Page", "Refusal", "cookie", "sign_in"]

ROOT = "reflex___state____state"
HYDRATE = f"{ROOT}.hydrate_and_load"
NOTICES = f"{ROOT}.portail_app___ui___notices____notices"


async def sign_in(url: str, identifier: str, password: str) -> str:
    """Post the sign-in form; return the ``Cookie`` header of the session, or raise Refusal."""
    async with httpx.AsyncClient(base_url=url) as browser:
        form = {"identifier": identifier, "password": password}
        answer = await browser.post("/connexion", data=form, headers={"Origin": url})
    token = answer.cookies.get("portail_session")
    if answer.status_code != httpx.codes.SEE_OTHER or not token:
        raise Refusal(f"{answer.status_code} {answer.headers.get('location', '')}")
    return cookie(token)


def cookie(session_token: str) -> str:
    """Write the ``Cookie`` header of a session."""
    return f"portail_session={session_token}"


@dataclass
class Page(Wire):
    """One open page: ``path`` with its query, the cookies of its browser, the token of its tab."""

    url: str
    path: str = "/connexion"
    cookies: str = ""
    tab: str = field(default_factory=lambda: str(uuid4()))
    origin: str | None = None
    socket_path: str = "/_event/"
    # Everything received, as text: where tests look for what should not be there.
    frames: list[str] = field(default_factory=list)
    # The last value of every var, by full state name.
    states: dict[str, dict[str, Any]] = field(default_factory=dict)
    redirects: list[str] = field(default_factory=list)

    async def __aenter__(self) -> Self:
        """Connect and load the page."""
        await self.connect()
        await self.until(lambda: self.loaded)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the page."""
        await self.close()

    async def connect(self, boot: dict[str, Any] | None = None, *, boots: bool = True) -> None:
        """Open the websocket; ``boot`` replaces the page's own first event, ``boots=False`` sends none."""
        await self.open_transport()
        await self.enter({"event": boot or self.event(HYDRATE)} if boots else {})

    @property
    def loaded(self) -> bool:
        """Tell whether every ``on_load`` handler of the page has run, or sent the person elsewhere."""
        return bool(self.states.get(ROOT, {}).get("is_hydrated")) or bool(self.redirects)

    def state(self, name: str) -> dict[str, Any]:
        """Return what was last received of a state named by its class, as ``children_state``."""
        return next((values for full, values in self.states.items() if full.endswith(f"____{name}")), {})

    def event(self, name: str, payload: Any = None) -> dict[str, Any]:
        """Write an event as the front end does, with the address of the page."""
        parts = urlsplit(self.path)
        router: dict[str, Any] = {"pathname": parts.path, "asPath": self.path}
        if parts.query:
            router["query"] = dict(pair.partition("=")[::2] for pair in parts.query.split("&"))
        return {"name": name, "payload": {} if payload is None else payload, "router_data": router}

    async def send(self, name: str, payload: Any = None) -> None:
        """Send an event by its full name, and do not wait."""
        await self.emit(self.event(name, payload))

    async def emit(self, data: Any, kind: str = "event") -> None:
        """Send any socket.io message."""
        await self.say([kind, data])

    async def act(self, name: str, payload: Any = None) -> list[str]:
        """Send an event, wait until it and what it led to are done; return the frames received meanwhile."""
        before = len(self.frames)
        await self.send(name, payload)
        await self.settle()
        return self.frames[before:]

    async def go(self, path: str) -> None:
        """Follow a link inside the portal: the page stays, its address changes, ``on_load`` runs."""
        self.path = path
        self.states.setdefault(ROOT, {})["is_hydrated"] = False
        await self.send(f"{ROOT}.reflex___state____on_load_internal_state.on_load_internal")
        await self.until(lambda: self.loaded)

    async def settle(self) -> None:
        """Wait until the server has done what was sent so far.

        The events of a tab run one after the other, and those that a handler causes come after: two harmless events
        whose answers are waited for leave nothing behind.
        """
        for _ in range(2):
            mark, before = uuid4().hex, len(self.frames)
            await self.send(f"{NOTICES}.say", {"text": mark, "tone": "done"})
            await self.until(lambda m=mark, n=before: any(m in frame for frame in self.frames[n:]))

    def hear(self, name: str, data: Any) -> None:
        """Take in one message of Reflex."""
        if name == "new_token":
            self.tab = data
        if name != "event":
            return
        for state, changes in (data.get("delta") or {}).items():
            values = self.states.setdefault(state, {})
            values.update({var.removesuffix("_rx_state_"): value for var, value in changes.items()})
        for event in data.get("events") or ():
            if event["name"] == "_redirect":
                self.redirects.append(event["payload"]["path"])
