"""A portal of two workers, seen from outside: which worker holds a page, what Redis holds of it."""

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
from redis import Redis

from portail_app.access import Actor
from portail_app.http.cookies import session_token
from portail_app.services import tokens
from tests.portal import Portal
from tests.protocol import Page
from tests.town import Town
from tests.workers import descendants, worker_of

MOST_TRIES = 40
PATIENCE = 10
LONGEST_RESPAWN = 30


@dataclass(frozen=True)
class Fleet:
    """A portal of two workers."""

    portal: Portal
    town: Town
    folder: Path
    database_url: str
    redis_url: str

    @property
    def url(self) -> str:
        return self.portal.url

    @property
    def redis(self) -> "Redis[bytes]":
        return Redis.from_url(self.redis_url)

    async def sign_in(self, who: Actor) -> str:
        return await self.town.sign_in(self.url, who.account_id)

    async def post(self, path: str, cookies: str) -> None:
        """Post a form without fields, as the buttons of the pages do."""
        async with httpx.AsyncClient() as browser:
            await browser.post(self.url + path, headers={"Cookie": cookies, "Origin": self.url})

    def worker_of(self, page: Page) -> int:
        return worker_of(page, self.portal.process.pid)

    async def on_both(self, stack: AsyncExitStack, path: str, cookies: str) -> tuple[Page, Page]:
        """Open a page until each worker holds one: the kernel deals connections out by itself."""
        held: dict[int, Page] = {}
        for _ in range(MOST_TRIES):
            page = await stack.enter_async_context(Page(self.url, path, cookies))
            held.setdefault(self.worker_of(page), page)
            if len(held) == 2:
                first, second = held.values()
                return first, second
        raise AssertionError(f"only the workers {list(held)} took connections")

    async def away_from(self, stack: AsyncExitStack, other: Page, path: str, who: Actor) -> Page:
        """Open a page of somebody on the worker that does not hold ``other``."""
        pages = await self.on_both(stack, path, await self.sign_in(who))
        return next(page for page in pages if self.worker_of(page) != self.worker_of(other))

    def keys_of(self, page: Page) -> tuple[bytes, list[bytes]]:
        """Return the keys of a page in Redis: the one of its connection, those of its states."""
        sealed = tokens.keyed("tab", f"{session_token(page.cookies)}\0{page.tab}")
        keys = list(self.redis.scan_iter(f"*{sealed}*"))
        connection = f"token_manager_socket_record_{sealed}".encode()
        return connection, [key for key in keys if key != connection]

    async def gone(self, page: Page) -> None:
        """Wait until the worker has noted that a page was closed."""
        connection, _ = self.keys_of(page)
        async with asyncio.timeout(PATIENCE):
            while self.redis.exists(connection):  # noqa: ASYNC110 - another process changes it
                await asyncio.sleep(0.02)

    def wait_for_another(self, workers: set[int]) -> None:
        """Wait for a worker that is not one of these."""
        end = time.monotonic() + LONGEST_RESPAWN
        while not descendants(self.portal.process.pid) - workers:
            assert time.monotonic() < end, "the dead worker was not replaced"
            time.sleep(0.1)

    def everything(self) -> bytes:
        """Return all that Redis holds, keys and values."""
        held: list[bytes] = []
        for key in self.redis.scan_iter():
            held.append(key)
            if self.redis.type(key) == b"string":
                held.append(self.redis.get(key) or b"")
            else:
                held += self.redis.smembers(key)
        return b"\n".join(held)
