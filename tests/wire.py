"""The frames between a page and the portal: engine.io and socket.io over a websocket, as the front end sends them."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

REFLEX_VERSION = "0.10.1"
PATIENCE = 10.0

# engine.io and socket.io packet types, and the namespace of Reflex.
_OPEN, _PING, _PONG = "0", "2", "3"
_CONNECT, _DISCONNECT, _EVENT, _CONNECT_ERROR = "40/_event", "41/_event", "42/_event", "44/_event"


class Refusal(Exception):
    """The server closed the door: at the handshake, at the connection, or later."""


class Wire:
    """One websocket; whoever inherits says what it is opened with, and hears the messages."""

    url: str
    cookies: str
    tab: str
    origin: str | None
    socket_path: str
    # Everything received, as text.
    frames: list[str]

    async def open_transport(self) -> None:
        """Open the websocket and read engine.io's greeting, without entering Reflex's namespace."""
        parts = urlsplit(self.url)
        query = urlencode({"EIO": 4, "transport": "websocket", "token": self.tab})
        scheme = "wss" if parts.scheme == "https" else "ws"
        try:
            self._socket: ClientConnection = await connect(
                f"{scheme}://{parts.netloc}{self.socket_path}?{query}",
                origin=self.url if self.origin is None else self.origin or None,
                subprotocols=[REFLEX_VERSION],
                additional_headers={"Cookie": self.cookies} if self.cookies else None,
                ping_interval=None,
                compression=None,
                proxy=None,
            )
        except (WebSocketException, OSError) as error:
            raise Refusal(str(error)) from error
        greeting = await self._socket.recv()
        if not str(greeting).startswith(_OPEN):
            raise Refusal(f"unexpected greeting: {greeting!r}")
        self._connected, self._over, self._news = False, "", asyncio.Event()

    async def enter(self, auth: dict[str, Any]) -> None:
        """Enter Reflex's namespace, and wait to be let in."""
        await self.write(f"{_CONNECT},{json.dumps(auth)}")
        self._reader = asyncio.create_task(self._read())
        await self.until(lambda: self.connected)

    async def close(self) -> None:
        """Close the websocket, as a closed tab does."""
        reader = getattr(self, "_reader", None)
        await self._socket.close()
        if reader is not None:
            await reader

    async def say(self, message: list[Any]) -> None:
        """Send a socket.io message."""
        await self.write(f"{_EVENT},{json.dumps(message)}")

    async def write(self, text: str) -> None:
        """Send any frame."""
        try:
            await self._socket.send(text)
        except ConnectionClosed as error:
            raise Refusal(str(error)) from error

    async def until(self, holds: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Wait until something holds, looking again at each message."""
        async with asyncio.timeout(seconds):
            while not holds():
                if self._over:
                    raise Refusal(self._over)
                self._news.clear()
                await self._news.wait()

    @property
    def connected(self) -> bool:
        """Tell whether the server let the page in."""
        return self._connected

    @property
    def ports(self) -> tuple[int, int]:
        """Return the two ends of the websocket: our port, the portal's."""
        return self._socket.local_address[1], self._socket.remote_address[1]

    @property
    def over(self) -> str:
        """Say why the server closed the websocket; "" while it is open."""
        return self._over

    def hear(self, name: str, data: Any) -> None:
        """Take in one message of Reflex."""
        raise NotImplementedError

    async def _read(self) -> None:
        try:
            async for frame in self._socket:
                await self._take(frame if isinstance(frame, str) else frame.decode())
            self._over = "closed"
        except ConnectionClosed as closed:
            self._over = str(closed)
        finally:
            self._news.set()

    async def _take(self, frame: str) -> None:
        if frame == _PING:
            await self._socket.send(_PONG)
            return
        self.frames.append(frame)
        kind, _, body = frame.partition(",")
        if kind == _CONNECT:
            self._connected = True
        elif kind in {_CONNECT_ERROR, _DISCONNECT}:
            self._over = frame
        elif kind == _EVENT:
            name, data = json.loads(body)
            self.hear(name, data)
        self._news.set()
