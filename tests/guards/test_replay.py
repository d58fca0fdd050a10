"""A tab's token opens nothing without the cookie of its session, and a session that is over opens nothing at all."""

import asyncio
import contextlib
import sqlite3
from datetime import timedelta

import pytest
from sqlmodel import select

from portail_app import clock, db
from portail_app.access import Actor
from portail_app.models.people import Account, AuthSession
from portail_app.services import requests
from tests import factories as make
from tests.guards.attempts import full, handlers
from tests.guards.conftest import Town
from tests.guards.scene import build
from tests.guards.worker import Tab
from tests.protocol import Page, cookie

THIEVES = ("anonymous", "foreign parent", "agent")


def thief_of(town: Town, victim: Page, who: str) -> Page:
    """Open another browser with the token of somebody's tab."""
    return town.page(victim.path, who, tab=victim.tab)


@pytest.mark.parametrize("who", THIEVES)
@pytest.mark.parametrize("boots", [True, False])
def test_replaying_the_token_of_a_closed_tab_gives_nothing(town: Town, who: str, boots: bool) -> None:
    async def replay() -> None:
        async with town.page("/liste-des-demandes", "parent") as victim:
            assert town.secrets_in(victim.frames) != []
        thief = thief_of(town, victim, who)
        await thief.connect(boots=boots)
        for name in handlers():
            if "queue" not in name and "mails" not in name:
                await thief.send(name)
        await thief.settle()
        assert town.secrets_in(thief.frames) == []
        await thief.close()

    asyncio.run(replay())


@pytest.mark.parametrize("who", THIEVES)
def test_replaying_the_token_of_an_open_tab_gives_nothing_and_disturbs_nobody(town: Town, who: str) -> None:
    async def replay() -> None:
        async with town.page("/liste-des-demandes", "parent") as victim:
            thief = thief_of(town, victim, who)
            await thief.connect()
            await thief.settle()
            assert town.secrets_in(thief.frames) == []
            await victim.act(full("requests_state.choose_kind"), {"kind": "absence"})
            assert [row["kind"] for row in victim.state("requests_state")["rows"]] == ["Absence"]
            assert town.secrets_in(thief.frames) == []
            await thief.close()

    asyncio.run(replay())


def test_a_replayer_does_not_catch_what_the_victim_was_still_waiting_for(town: Town) -> None:
    """Reflex sends an answer to whoever holds the token by then: here the victim leaves in the middle of an act."""
    cell = f"{town.scene.canteen}:{town.scene.days[3].isoformat()}"

    async def steal() -> None:
        async with town.page("/mes-enfants", "parent") as victim:
            with contextlib.closing(sqlite3.connect(town.file, isolation_level=None)) as other_writer:
                other_writer.execute("BEGIN IMMEDIATE")
                await victim.send(full("children_state.ask_booking"), {"cell": cell})
                await asyncio.sleep(0.1)
                await victim.close()
                thief = thief_of(town, victim, "anonymous")
                await thief.connect(thief.event(full("notices.dismiss")))
            async with town.page("/liste-des-demandes", "parent") as witness:
                await witness.until(lambda: len(witness.state("requests_state")["rows"]) > 0)
            await asyncio.sleep(0.2)
            assert town.secrets_in(thief.frames) == []
            assert thief.state("children_state").get("marks", []) == []
            await thief.close()

    asyncio.run(steal())


def test_no_live_update_reaches_a_replayer(town: Town) -> None:
    scene = town.scene
    asked = requests.ask_booking(scene.perrin.conjoint, scene.perrin.child_id, scene.canteen, scene.days[4])

    async def wait_for_it() -> None:
        async with town.page("/liste-des-demandes", "parent") as victim:
            pass
        thief, witness = thief_of(town, victim, "anonymous"), town.page("/liste-des-demandes", "parent")
        await thief.connect(boots=False)
        async with witness, town.page("/agents/demandes", "agent") as agent:
            await agent.act(full("queue_state.accept"), {"request_id": asked.id})
            await witness.until(lambda: "acceptée" in witness.state("notices").get("text", ""))
        assert [frame for frame in thief.frames if "delta" in frame] == []
        await thief.close()

    asyncio.run(wait_for_it())


def test_a_tab_whose_person_changes_forgets_everything(sqlite_database: str) -> None:
    """Whatever brings another cookie under the same token: inside a worker, where this can be made to happen."""
    scene = build()

    async def change() -> None:
        async with Tab(scene.cookie(scene.perrin.responsable)) as tab:
            await tab.act(full("requests_state.load"))
            assert "Emma" in str(tab.state.dict())
            tab.cookie = scene.cookie(scene.nguyen.responsable)
            await tab.act(full("session_state.load"))
            assert "Emma" not in str(tab.state.dict())
            assert "Thị Hương" in str(tab.state.dict())
            tab.cookie = ""
            await tab.act(full("notices.dismiss"))
            assert "Thị Hương" not in str(tab.state.dict())

    asyncio.run(change())


@pytest.mark.parametrize("end", ["signed out", "signed out everywhere", "suspended", "expired"])
def test_the_next_event_after_a_session_ended_is_refused(town: Town, end: str) -> None:
    parent = make.parent("Nadia", "Bonnet", town.scene.perrin.id)
    cookies = town.scene.cookie(parent)

    async def carry_on() -> None:
        async with Page(town.url, "/liste-des-demandes", cookies) as page:
            assert town.secrets_in(page.frames) != []
            await asyncio.to_thread(_end, town, end, parent, cookies)
            frames = await page.act(full("requests_state.choose_kind"), {"kind": ""})
            assert page.redirects == ["/connexion"]
            assert town.secrets_in(frames) == []
            # Even asked for again, what the tab held is gone.
            frames = await page.act("reflex___state____state.hydrate")
            assert town.secrets_in(frames) == []

    asyncio.run(carry_on())


def test_a_session_that_never_existed_opens_nothing(town: Town) -> None:
    async def knock(cookies: str) -> None:
        async with Page(town.url, "/accueil", cookies) as page:
            assert set(page.redirects) == {"/connexion"}

    for forged in ("portail_session=", cookie("x" * 43), "portail_session=é", "portail_session='; DROP TABLE account"):
        asyncio.run(knock(forged))


def test_the_cookie_never_comes_back_to_the_page(town: Town) -> None:
    async def look() -> None:
        page = town.page("/accueil", "parent")
        async with page:
            assert page.cookies.partition("=")[2] not in "".join(page.frames)
            assert page.tab not in "".join(page.frames)

    asyncio.run(look())


def _end(town: Town, how: str, parent: Actor, cookies: str) -> None:
    headers = {"Cookie": cookies, "Origin": town.url}
    if how == "signed out":
        town.ask("POST", "/deconnexion", headers=headers)
    elif how == "signed out everywhere":
        town.ask("POST", "/deconnexion-partout", headers={**headers, "Cookie": town.scene.cookie(parent)})
    else:
        with db.transaction() as session:
            if how == "suspended":
                account = session.exec(select(Account).where(Account.id == parent.account_id)).one()
                account.suspended_at = clock.now()
            else:
                opened = session.exec(select(AuthSession).where(AuthSession.account_id == parent.account_id)).one()
                opened.expires_at = clock.now() - timedelta(seconds=1)
