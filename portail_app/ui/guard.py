"""The gate before every event handler: refuse by default, whoever calls and whatever they send.

Any browser can call any handler of any state by name, with any arguments. The guard therefore reads the identity again
from the session cookie at each event, forgets the state of a tab whose person has changed, lets through only the
handlers of a state whose ``ACCESS`` admits this person, and checks the arguments against the handler's signature. What
it does not decide is whose object an act is about: services do.
"""

import asyncio
import inspect
import logging
import types
import typing
from enum import Enum
from typing import Any

import reflex as rx
from reflex.event import Event
from reflex.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.registry import RegisteredEventHandler, RegistrationContext
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY

from portail_app.access import Actor
from portail_app.http.cookies import session_token
from portail_app.http.destinations import SIGN_IN, actors_home
from portail_app.http.socket_cookie import SCOPE_KEY
from portail_app.services import auth, live
from portail_app.ui import visits
from portail_app.ui.live import hub

logger = logging.getLogger(__name__)

LONGEST_TEXT = 8000
MOST_ITEMS = 500


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
        tab = root.router_data.get("token", "")
        cookie = _cookie_of(app, tab)
        actor = await _actor_behind(cookie)
        await _forget_another_person(root, actor)
        visits.begin(visits.Visit(actor=actor, cookie=cookie, tab=tab, path=root.router_data.get("pathname", "")))
        live.ORIGIN.set(tab)
        if actor is not None:
            hub.watch(tab, live.topics_of(actor))
        if event.name in FRAMEWORK_HANDLERS:
            return None
        return _refusal(event, actor)


def admits(handler: RegisteredEventHandler, actor: Actor | None) -> bool:
    """Tell whether a person may call a handler: each state must say whom it serves."""
    access = vars(handler.states[0]).get("ACCESS")
    return isinstance(access, Access) and access.admits(actor)


def accepts(handler: RegisteredEventHandler, payload: dict[str, Any]) -> bool:
    """Tell whether the arguments have the names, the types and a size that the handler announces."""
    function = handler.handler.fn
    try:
        bound = inspect.signature(function).bind(None, **payload)
    except TypeError:
        return False
    hints = typing.get_type_hints(function)
    return all(_fits(value, hints.get(name)) for name, value in list(bound.arguments.items())[1:])


def _refusal(event: Event, actor: Actor | None) -> StateUpdate | None:
    handler = RegistrationContext.get().event_handlers.get(event.name)
    if handler is None or not admits(handler, actor):
        logger.warning("event refused: %s", _printable(event.name))
        home = actors_home(actor) if actor is not None else SIGN_IN
        # Already there: sending the page to itself would start the same refusal again, for ever.
        there = visits.current().path.rstrip("/") == home
        return StateUpdate() if there else StateUpdate(events=Event.from_event_type(rx.redirect(home)))
    if not accepts(handler, event.payload):
        logger.warning("event with unexpected arguments dropped: %s", _printable(event.name))
        return StateUpdate()
    return None


def _cookie_of(app: rx.App, tab: str) -> str:
    """Return the cookies of the living connection of a tab.

    Not those of the state: whoever replays the token of a closed tab would then inherit its identity.
    """
    namespace = app.event_namespace
    socket = namespace.token_to_sid.get(tab) if namespace is not None else None
    environ = app.sio.get_environ(socket, namespace.namespace) if socket is not None and app.sio is not None else None
    return (environ or {}).get("asgi.scope", {}).get(SCOPE_KEY, "")


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


def _fits(value: object, hint: Any) -> bool:
    """Tell whether a value from a browser is of an announced type: text, number, yes or no, list, form."""
    origin, members = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return any(_fits(value, member) for member in members)
    if origin is list:
        return isinstance(value, list) and len(value) <= MOST_ITEMS and all(_fits(v, members[0]) for v in value)
    if origin is dict:
        fields = _form_fields(value)
        return isinstance(fields, dict) and len(fields) <= MOST_ITEMS and all(_fits(v, str) for v in fields.values())
    too_long = isinstance(value, str) and len(value) > LONGEST_TEXT
    return type(value) is hint and not too_long


def _form_fields(value: object) -> object:
    """Unwrap the ordered entries in which the browser sends a form; anything else stays as it is."""
    if not isinstance(value, dict) or FORM_DATA_ENTRIES_KEY not in value:
        return value
    entries = value[FORM_DATA_ENTRIES_KEY]
    well_made = isinstance(entries, list) and all(
        isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str)  # noqa: PLR2004 - a name, a value
        for entry in entries
    )
    return dict(entries) if well_made else None


def _printable(name: str) -> str:
    return "".join(c for c in name[:120] if c.isalnum() or c in "._")
