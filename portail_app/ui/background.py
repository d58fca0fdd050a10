"""What runs beside the pages for the life of a worker."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from portail_app.services import auth, documents, outbox

ONE_DAY = 24 * 3600
# Seven times the usual: an act makes thousands of objects, and nearly all die by themselves.
_ALLOCATIONS_PER_ROUND = 5000


@asynccontextmanager
async def sending_emails() -> AsyncIterator[None]:
    """Send what the outbox holds, in a thread of its own."""
    stop = outbox.start_sender()
    try:
        yield
    finally:
        await asyncio.to_thread(stop)


async def tidying() -> None:
    """Erase, at the start and once a day, what is over: sessions, links, counters, papers that no request took."""
    while True:
        await asyncio.to_thread(auth.forget_what_is_over)
        await asyncio.to_thread(documents.purge_orphans)
        await asyncio.sleep(ONE_DAY)


async def sparing_the_collector() -> None:
    """Leave what the start has loaded out of the rounds of the garbage collector.

    Half a million objects that never die: each full round, which stops every parent, took a sixth of a second.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS_PER_ROUND, *gc.get_threshold()[1:])
