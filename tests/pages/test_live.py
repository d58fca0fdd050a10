"""The hub of a worker: which open tabs a change concerns, and which it forgets."""

from types import SimpleNamespace
from typing import Any

import pytest

from portail_app.ui import live
from portail_app.ui.live import FEWEST_BEFORE_SWEEP, Hub


@pytest.fixture
def hub() -> Hub:
    made = Hub()
    made._app = _app(open_tabs=["claire"])
    return made


def test_a_tab_is_concerned_by_the_topics_of_its_person_only(hub: Hub) -> None:
    hub.watch("claire", frozenset({"family:1", "account:7"}))
    hub.watch("sophie", frozenset({"family:2"}))
    assert hub._tabs["family:1"] == {"claire"}
    assert hub._tabs["family:2"] == {"sophie"}


def test_another_person_in_the_same_tab_leaves_the_first_ones_topics(hub: Hub) -> None:
    hub.watch("claire", frozenset({"family:1"}))
    hub.watch("claire", frozenset({"requests"}))
    assert "family:1" not in hub._tabs
    assert hub._tabs["requests"] == {"claire"}


def test_closed_tabs_are_forgotten_even_when_nothing_ever_concerns_them(hub: Hub) -> None:
    hub.watch("claire", frozenset({"family:1"}))
    for number in range(FEWEST_BEFORE_SWEEP * 3):
        hub.watch(f"closed-{number}", frozenset({f"family:{number + 2}"}))
    assert "claire" in hub._topics
    assert len(hub._topics) <= FEWEST_BEFORE_SWEEP
    assert len(hub._tabs) == len(hub._topics)


def _app(open_tabs: list[str]) -> Any:
    records = {tab: SimpleNamespace(sid=tab, instance_id="here") for tab in open_tabs}
    connections = SimpleNamespace(token_to_socket=records, instance_id="here")
    return SimpleNamespace(event_namespace=SimpleNamespace(_token_manager=connections))


def test_a_closed_tab_has_no_connection() -> None:
    assert live.socket_of(_app(["claire"]), "sophie") is None
