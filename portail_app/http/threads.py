"""Run blocking services in threads, and passwords in few of them."""

import os
from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

import anyio
from anyio.lowlevel import RunVar
from starlette.concurrency import run_in_threadpool

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

_password_threads: RunVar[anyio.CapacityLimiter] = RunVar("password threads")

in_thread = run_in_threadpool


async def with_password(
    service: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> Result:
    """Run a service that hashes a password, no more at once than there are processors.

    On the opening day hundreds of parents sign in together: they wait for each other here, and the threads that serve
    bookings stay free.
    """
    try:
        limiter = _password_threads.get()
    except LookupError:
        limiter = anyio.CapacityLimiter(os.cpu_count() or 1)
        _password_threads.set(limiter)
    return await anyio.to_thread.run_sync(partial(service, *args, **kwargs), limiter=limiter)
