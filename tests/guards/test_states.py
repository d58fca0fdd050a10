"""What a state holds before anybody is known: it is written into the bundle that everybody downloads."""

from typing import Any

from reflex.istate.storage import ClientStorageBase
from reflex_base.registry import RegistrationContext

from portail_app.ui.guard import TabOwner
from tests.guards.attempts import handlers

OURS = "portail_app."
# A default that is not empty is listed here by somebody who knows that the whole world reads it.
NOT_EMPTY = {
    "Notices.tone": "done",
    "QueueState.allowed": True,
    "QueueState.limit": 50,
    "QueueState.status": "pending",
}


def defaults() -> dict[str, Any]:
    """Return the public vars that our states start with, by class and name."""
    handlers()
    states = [s for s in RegistrationContext.get().base_states.values() if s.__module__.startswith(OURS)]
    return {
        f"{state.__name__}.{name}": field.default_value()
        for state in states
        for name, field in state.get_fields().items()
        if not name.startswith("_") and name in state.base_vars
    }


def test_the_defaults_of_every_state_are_empty() -> None:
    found = defaults()
    assert len(found) > 40
    assert {name: value for name, value in found.items() if value not in ("", 0, False, [], {})} == NOT_EMPTY


def test_no_var_is_kept_in_the_browser_where_its_owner_could_change_it() -> None:
    handlers()
    for state in RegistrationContext.get().base_states.values():
        stored = [name for name, f in state.get_fields().items() if isinstance(f.default, ClientStorageBase)]
        assert stored == [], state


def test_no_var_is_computed_again_at_each_event_of_everybody() -> None:
    handlers()
    states = [s for s in RegistrationContext.get().base_states.values() if s.__module__.startswith(OURS)]
    assert [f"{s.__name__}.{n}" for s in states for n, var in s.computed_vars.items() if not var._cache] == []


def test_what_the_guard_remembers_of_a_tab_never_leaves_the_server() -> None:
    owner = TabOwner(_reflex_internal_init=True)
    owner._account_id = 12
    assert owner.dict()[TabOwner.get_full_name()] == {}
