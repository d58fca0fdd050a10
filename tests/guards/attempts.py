"""Who may call each handler, and with what somebody would try to reach the Perrin family through it.

This table is written by hand, on purpose: it is the second opinion on every ``ACCESS``. A handler that is not in it
makes the walk fail; whoever adds one says here whom it serves, and attacks it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from reflex_base.registry import RegisteredEventHandler, RegistrationContext

from tests.guards.scene import Scene

Payload = Callable[[Scene], dict[str, Any]]
EVERYBODY = frozenset({"anonymous", "newcomer", "parent", "foreign parent", "agent"})
SIGNED_IN = EVERYBODY - {"anonymous"}
PARENTS = frozenset({"parent", "foreign parent"})
AGENTS = frozenset({"agent"})
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Attempt:
    """Those who may call a handler, and the payload that aims at the Perrin family."""

    allowed: frozenset[str]
    payload: Payload = lambda _: {}


def _absence(scene: Scene) -> dict[str, Any]:
    cell = f"{scene.care}:{scene.days[1].isoformat()}"
    paper = str(scene.loose_paper_id)
    return {"form": {"cell": cell, "reason": "medical", "confirmed": "on", "comment": "", "certificate": paper}}


ATTEMPTS: dict[str, Attempt] = {
    "notices.say": Attempt(EVERYBODY, lambda _: {"text": "Bonjour.", "tone": "done"}),
    "notices.dismiss": Attempt(EVERYBODY),
    "sign_in_state.load": Attempt(EVERYBODY),
    "password_state.load": Attempt(EVERYBODY),
    "session_state.load": Attempt(SIGNED_IN),
    "own_password_state.load": Attempt(SIGNED_IN),
    "home_state.load": Attempt(PARENTS),
    "children_state.load": Attempt(PARENTS),
    "children_state.refresh": Attempt(PARENTS),
    "children_state.ask_booking": Attempt(PARENTS, lambda s: {"cell": f"{s.care}:{s.days[1].isoformat()}"}),
    "children_state.declare_absence": Attempt(PARENTS, _absence),
    "children_state.forget_error": Attempt(PARENTS),
    "requests_state.load": Attempt(PARENTS),
    "requests_state.refresh": Attempt(PARENTS),
    "requests_state.choose_scope": Attempt(PARENTS, lambda _: {"scope": "mes-enfants"}),
    "requests_state.choose_kind": Attempt(PARENTS, lambda _: {"kind": "absence"}),
    "requests_state.choose_status": Attempt(PARENTS, lambda _: {"status": "pending"}),
    "requests_state.withdraw": Attempt(PARENTS, lambda s: {"request_id": s.pending_id}),
    "requests_state.attach": Attempt(
        PARENTS, lambda s: {"request_id": s.absence_id, "document_id": s.loose_paper_id}
    ),
    "mails_state.load": Attempt(AGENTS),
    "queue_state.load": Attempt(AGENTS),
    "queue_state.choose_kind": Attempt(AGENTS, lambda _: {"kind": "absence"}),
    "queue_state.choose_status": Attempt(AGENTS, lambda _: {"status": ""}),
    "queue_state.search": Attempt(AGENTS, lambda _: {"text": "emma"}),
    "queue_state.show_more": Attempt(AGENTS),
    "queue_state.accept": Attempt(AGENTS, lambda s: {"request_id": s.pending_id}),
    "queue_state.excuse": Attempt(AGENTS, lambda s: {"request_id": s.absence_id}),
    "queue_state.refuse": Attempt(AGENTS, lambda s: {"form": {"request_id": str(s.pending_id), "reason": "Complet."}}),
    "queue_state.accept_chosen": Attempt(AGENTS, lambda s: {"form": {f"r{s.pending_id}": "on"}}),
}  # fmt: skip

# What Reflex adds by itself, to every state or to its own.
OF_REFLEX: dict[str, Attempt] = {
    "state.hydrate": Attempt(EVERYBODY),
    "state.hydrate_and_load": Attempt(EVERYBODY),
    "state.set_is_hydrated": Attempt(EVERYBODY, lambda _: {"value": True}),
    "on_load_internal_state.on_load_internal": Attempt(EVERYBODY),
    "on_load_internal_state.set_is_hydrated": Attempt(EVERYBODY, lambda _: {"value": True}),
    "update_vars_internal_state.update_vars_internal": Attempt(
        NOBODY, lambda s: {"vars": {"reflex___state____state.is_hydrated_rx_state_": True}}
    ),
    "frontend_event_exception_state.handle_frontend_exception": Attempt(
        NOBODY, lambda _: {"info": "Emma Perrin", "component_stack": ""}
    ),
    "*.setvar": Attempt(NOBODY, lambda s: {"var_name": "child_id", "value": s.perrin.child_id}),
}


def handlers() -> dict[str, RegisteredEventHandler]:
    """Return every handler of the portal by its full name."""
    import portail_app.portail_app  # noqa: F401 - registers the pages

    return dict(RegistrationContext.get().event_handlers)


def full(short_name: str) -> str:
    """Give back the full name of ``notices.say``."""
    return next(name for name in handlers() if short(name) == short_name)


def short(full_name: str) -> str:
    """Shorten ``….portail_app___ui___notices____notices.say`` to ``notices.say``."""
    state, _, handler = full_name.rpartition(".")
    return f"{state.rpartition('____')[2]}.{handler}"


def attempt_on(full_name: str) -> Attempt | None:
    """Return the line of a handler; None when nobody wrote one."""
    name = short(full_name)
    if name.endswith(".setvar"):
        return OF_REFLEX["*.setvar"]
    return ATTEMPTS.get(name) or OF_REFLEX.get(name)


def unknown(names: Iterable[str]) -> list[str]:
    """List the handlers that have no line."""
    return [name for name in names if attempt_on(name) is None]
