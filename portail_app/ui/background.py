"""What runs beside the pages for the life of a worker."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from portail_app.services import outbox


@asynccontextmanager
async def sending_emails() -> AsyncIterator[None]:
    """Send what the outbox holds, in a thread of its own."""
    stop = outbox.start_sender()
    try:
        yield
    finally:
        await asyncio.to_thread(stop)
