"""A page that left, perhaps for another worker: what a handler still had to say neither acts nor empties its state."""

import asyncio

import pytest
from reflex.utils.token_manager import SocketRecord

from portail_app import clock
from portail_app.models.requests import FamilyRequest
from portail_app.ui.guard import TabOwner
from tests import accounts, factories, protocol
from tests.factories import NOW, THURSDAY
from tests.guards.attempts import full
from tests.guards.worker import SOCKET, Tab
from tests.services.scene import count

ELSEWHERE = SocketRecord(instance_id="another worker", sid=SOCKET)


@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize("left_for", [None, ELSEWHERE], ids=["for good", "for another worker"])
def test_an_event_without_its_page_is_dropped_and_the_state_stays(left_for: SocketRecord | None) -> None:
    canteen, home = factories.canteen(), factories.perrin()
    factories.enrol(home.child_id, canteen)

    async def story() -> None:
        cookie = protocol.cookie(accounts.signed_in(home.responsable.account_id))
        async with Tab(cookie, "/mes-enfants") as tab:
            await tab.act(full("children_state.load"))
            tab.moves_to(left_for)
            assert await tab.act(full("children_state.ask_booking"), {"cell": f"{canteen}:{THURSDAY}"}) == []
            assert count(FamilyRequest) == 0

            tab.comes_back()
            assert (await tab.state.get_state(TabOwner))._account_id == home.responsable.account_id
            await tab.act(full("children_state.ask_booking"), {"cell": f"{canteen}:{THURSDAY}"})
            assert count(FamilyRequest) == 1

    with clock.frozen_at(NOW):
        asyncio.run(story())
