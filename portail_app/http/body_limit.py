"""Refuse a request that is larger than anything the portal asks for, before it fills the memory."""

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOO_LARGE = 413


class BodyLimit:
    """Answer 413 to a body over the limit, whether its length is announced or only found out."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        """Protect `app` from bodies of more than `max_bytes`."""
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what arrives and stop at the limit."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif self._announced(scope) > self._max_bytes:
            await self._refusal()(scope, receive, send)
        else:
            await self._counting(scope, receive, send)

    async def _counting(self, scope: Scope, receive: Receive, send: Send) -> None:
        received, refused, started = 0, False, False

        async def receive_up_to_the_limit() -> Message:
            nonlocal received, refused
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._max_bytes:
                # The route sees its client gone, stops reading, and its answer is replaced below.
                refused = True
                return {"type": "http.disconnect"}
            return message

        async def send_unless_refused(message: Message) -> None:
            nonlocal started
            if not refused or started:
                started = True
                await send(message)

        try:
            await self._app(scope, receive_up_to_the_limit, send_unless_refused)
        except ClientDisconnect:
            if not refused:
                raise
        if refused and not started:
            await self._refusal()(scope, receive, send)

    def _announced(self, scope: Scope) -> int:
        length = Headers(scope=scope).get("content-length", "0")
        return int(length) if length.isdecimal() else 0

    def _refusal(self) -> Response:
        mebibytes = self._max_bytes // (1024 * 1024)
        return PlainTextResponse(
            f"Ce qui est envoyé dépasse {mebibytes} Mo, la taille permise.", TOO_LARGE, headers={"Connection": "close"}
        )
