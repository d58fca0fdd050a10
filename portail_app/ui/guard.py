"""The gate before every event handler: refuse by default, whoever calls and whatever they send.

Any browser can call any handler of any state by name, with any arguments. The guard therefore reads the identity again
from the session cookie at each event, forgets the state of a tab whose person has changed, lets through only the
handlers of a state whose ``ACCESS`` admits this person, and checks the arguments against the handler's signature. What
it does not decide is whose object an act is about: services do.
"""

import asyncio
import logging
from enum import Enum

import reflex as rx
from reflex.event import Event
from reflex.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.event.context import EventContext
from reflex_base.registry import RegisteredEventHandler, RegistrationContext

from portail_app.access import Actor
from portail_app.http.cookies import session_token
from portail_app.http.destinations import SIGN_IN, actors_home
from portail_app.http.socket_cookie import SCOPE_KEY
from portail_app.services import auth, live
from portail_app.ui import arguments, visits
from portail_app.ui.live import hub, socket_of

logger = logging.getLogger(__name__)


class Access(Enum):
    """Who may call the handlers of a state; a state without ``ACCESS`` is closed to all."""

    PUBLIC = "everybody"
    SIGNED_IN = "whoever is signed in, a forced change of password included"
    FAMILY = "parents"
    STAFF = "agents"

    def admits(self, actor: Actor | None) -> bool:
        """Tell whether a person, or nobody, may call."""
        if self is Access.PUBLIC:
            return True
        if actor is None:
            return False
        if self is Access.SIGNED_IN:
            return True
        return not actor.must_change_password and actor.is_staff == (self is Access.STAFF)


# What Reflex itself needs to open a page. Everything else of the framework (`setvar`, client-storage updates, error
# reports that reach the logs) is dropped.
FRAMEWORK_STATE = "reflex___state____state"
FRAMEWORK_HANDLERS = frozenset(
    {
        f"{FRAMEWORK_STATE}.hydrate",
        f"{FRAMEWORK_STATE}.hydrate_and_load",
        f"{FRAMEWORK_STATE}.set_is_hydrated",
        f"{FRAMEWORK_STATE}.reflex___state____on_load_internal_state.on_load_internal",
        f"{FRAMEWORK_STATE}.reflex___state____on_load_internal_state.set_is_hydrated",
    }
)


class TabOwner(rx.State):
    """The account that a tab's state was filled for; server side only, and without handlers."""

    _account_id: int = 0


class Guard(Middleware):
    """Reflex middleware that runs before each event, inside the lock of the tab's state."""

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """Return None to let the event run, or the update that answers in its place."""
        root = state._get_root_state()
        # Not the copy in the state, which is empty once the state of a page left open was swept away.
        tab = EventContext.get().token
        socket = socket_of(app, tab)
        if socket is None:
            # What a handler still had to say to a page that has left, perhaps for another worker: nobody hears it.
            # Going on would take this for a sign-out, and empty the state under the page that has come back.
            return StateUpdate()
        cookie = _cookie_of(app, socket)
        actor = await _actor_behind(cookie)
        await _forget_another_person(root, actor)
        visits.begin(visits.Visit(actor=actor, cookie=cookie, tab=tab, router=root.router_data))
        live.ORIGIN.set(tab)
        if actor is not None:
            hub.watch(tab, live.topics_of(actor))
        return _refusal(event, actor)


def admits(handler: RegisteredEventHandler, actor: Actor | None) -> bool:
    """Tell whether a person may call a handler: each state must say whom it serves."""
    if _is_of_reflex(handler):
        return _full_name(handler) in FRAMEWORK_HANDLERS
    access = vars(handler.states[0]).get("ACCESS")
    return isinstance(access, Access) and access.admits(actor)


def _refusal(event: Event, actor: Actor | None) -> StateUpdate | None:
    handler = RegistrationContext.get().event_handlers.get(event.name)
    if handler is None or not admits(handler, actor):
        logger.warning("event refused: %s", _printable(event.name))
        if handler is None or _is_of_reflex(handler):
            # Not an act of a person (Reflex reports the errors of scripts this way): the page stays as it is.
            return StateUpdate()
        home = actors_home(actor) if actor is not None else SIGN_IN
        # Already there: sending the page to itself would start the same refusal again, for ever.
        there = visits.current().path.rstrip("/") == home
        return StateUpdate() if there else StateUpdate(events=Event.from_event_type(rx.redirect(home)))
    if not arguments.fit(handler.handler.fn, event.payload):
        logger.warning("event with unexpected arguments dropped: %s", _printable(event.name))
        return StateUpdate()
    return None


def _is_of_reflex(handler: RegisteredEventHandler) -> bool:
    """Tell whether Reflex wrote a handler: it adds `setvar` to every state of ours."""
    return handler.handler.fn.__module__.partition(".")[0] in {"reflex", "reflex_base"}


def _full_name(handler: RegisteredEventHandler) -> str:
    return f"{handler.states[0].get_full_name()}.{handler.handler.fn.__name__}"


def _cookie_of(app: rx.App, socket: str) -> str:
    """Return the cookies of a living connection.

    Not those of the state: whoever replays the token of a closed tab would then inherit its identity.
    """
    namespace = app.event_namespace
    if namespace is None or app.sio is None:
        return ""
    return (app.sio.get_environ(socket, namespace.namespace) or {}).get("asgi.scope", {}).get(SCOPE_KEY, "")


async def _actor_behind(cookie: str) -> Actor | None:
    token = session_token(cookie)
    return await asyncio.to_thread(auth.actor_of, token) if token else None


async def _forget_another_person(root: BaseState, actor: Actor | None) -> None:
    """Empty every state of the tab when its person is no longer the one it was filled for."""
    owner = await root.get_state(TabOwner)
    person = actor.account_id if actor is not None else 0
    if owner._account_id == person:
        return
    if owner._account_id:
        # With Redis, a state that no event asked for is not in memory yet.
        for state in RegistrationContext.get().base_states.values():
            await root.get_state(state)
        root.reset()
    owner._account_id = person


def _printable(name: str) -> str:
    return "".join(c for c in name[:120] if c.isalnum() or c in "._")
