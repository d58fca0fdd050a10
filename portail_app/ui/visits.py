"""Who stands behind the running event.

The guard (``ui/guard``) fills this before each handler; handlers hand ``actor()`` to the services.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar

from portail_app.access import Actor
from portail_app.errors import NotSignedIn

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Visit:
    """One event of one tab: its person, its cookies (never stored in a state), its tab token and address."""

    actor: Actor | None
    cookie: str = ""
    tab: str = ""
    # Reflex's own description of the address, query included.
    router: Mapping[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Return the path of the page, "" when it is not known."""
        path: str = self.router.get("pathname", "")
        return path


_current: ContextVar[Visit] = ContextVar("portail_visit")


def begin(visit: Visit) -> None:
    """Note who is behind the event that starts."""
    _current.set(visit)


def current() -> Visit:
    """Return the visit of the running event; nobody when there is none."""
    return _current.get(Visit(actor=None))


def actor() -> Actor:
    """Return the signed-in person, or raise NotSignedIn."""
    found = current().actor
    if found is None:
        raise NotSignedIn
    return found


async def act(
    service: Callable[Concatenate[Actor, Arguments], Result], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> Result:
    """Call a service in a thread, as the signed-in person: a slow act then keeps nobody waiting."""
    return await asyncio.to_thread(service, actor(), *args, **kwargs)
