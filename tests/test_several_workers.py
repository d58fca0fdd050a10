"""Two workers, PostgreSQL and Redis, by settings alone: one portal for whoever uses it."""

import asyncio
import os
import re
import signal
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import date
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from portail_app import clock
from portail_app.http.cookies import session_token
from portail_app.services import requests, tokens
from tests import town
from tests.accounts import GOOD, account
from tests.fleet import MOST_TRIES, Fleet
from tests.portal import running, using
from tests.protocol import Page
from tests.workers import descendants

pytestmark = [pytest.mark.postgresql, pytest.mark.redis]

CHILDREN, REQUESTS, QUEUE = "children_state", "requests_state", "queue_state"


@pytest.fixture(scope="module")
def served(postgresql_server: str, redis_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    folder, name = tmp_path_factory.mktemp("fleet"), f"fleet_{uuid4().hex}"
    with psycopg.connect(f"{postgresql_server.replace('+psycopg', '')}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE migrated")
    url = f"{postgresql_server}/{name}"
    with using(url, folder):
        built = town.build()
    with running(url, folder, workers=2, redis_url=redis_server) as portal:
        yield Fleet(portal, built, folder, url, redis_server)
    # Several tests, one log: nothing went wrong that nobody looked at.
    assert "Traceback" not in portal.said


@pytest.fixture
def fleet(served: Fleet) -> Iterator[Fleet]:
    """Give the portal; this process reads and writes the same data meanwhile."""
    with using(served.database_url, served.folder):
        yield served


def test_an_act_committed_by_one_worker_reaches_the_pages_held_by_the_other(fleet: Fleet) -> None:
    home, (cell,) = fleet.town.perrin, fleet.town.free_cells(fleet.town.perrin, 1)

    async def story() -> None:
        async with AsyncExitStack() as stack:
            here, there = await fleet.on_both(stack, _calendar(cell), await fleet.sign_in(home.responsable))
            listed = await fleet.away_from(stack, here, "/liste-des-demandes", home.conjoint)
            queue = await fleet.away_from(stack, here, "/agents/demandes", fleet.town.agent)
            before = there.state(CHILDREN)["marks"]

            answer = await _call(here, CHILDREN, "ask_booking", cell=cell)
            number = re.search(r"Demande n° (D-\d{4}-\d{6}) envoyée", "".join(answer))[1]
            await there.until(lambda: there.state(CHILDREN)["marks"] != before)
            await there.until(lambda: there.state("notices").get("text", "").endswith(" : réservation demandée."))
            await listed.until(lambda: _row(listed, REQUESTS, number))
            await queue.until(lambda: _row(queue, QUEUE, number))
            assert here.state(CHILDREN)["marks"] == there.state(CHILDREN)["marks"]

            form = {"request_id": str(_row(queue, QUEUE, number)["id"]), "reason": "Complet."}
            await _call(queue, QUEUE, "refuse", form=form)
            await here.until(lambda: here.state("notices").get("text", "").endswith(" : réservation refusée."))
            await listed.until(lambda: _row(listed, REQUESTS, number)["status"] == "refused")

    asyncio.run(story())


def test_the_states_are_in_redis_for_an_hour_without_cookie_nor_password(fleet: Fleet) -> None:
    parent = fleet.town.perrin.responsable

    async def story() -> None:
        cookies = await fleet.sign_in(parent)
        async with Page(fleet.url, "/mes-enfants", cookies) as page:
            connection, states = fleet.keys_of(page)
            assert fleet.redis.exists(connection)
            assert any(b"Emma" in (fleet.redis.get(key) or b"") for key in states)

            token = session_token(cookies) or ""
            hashed = account(fleet.town.identifiers[parent.account_id]).password_hash
            everything = fleet.everything()
            for secret in (token, tokens.digest(token), page.tab, GOOD, hashed, "portail_session"):
                assert secret.encode() not in everything
            assert [key for key in fleet.redis.scan_iter() if not 0 < fleet.redis.ttl(key) <= 3600] == []

    asyncio.run(story())


def test_signing_out_counts_at_once_in_every_worker(fleet: Fleet) -> None:
    async def story() -> None:
        cookies = await fleet.sign_in(fleet.town.perrin.responsable)
        async with AsyncExitStack() as stack:
            pages = await fleet.on_both(stack, "/mes-enfants", cookies)
            await fleet.post("/deconnexion", cookies)
            for page in pages:
                await _call(page, CHILDREN, "load")
                assert page.redirects == ["/connexion"]

    asyncio.run(story())


def test_signing_out_everywhere_makes_the_open_pages_leave(fleet: Fleet) -> None:
    async def story() -> None:
        phone, computer = [await fleet.sign_in(fleet.town.nguyen.responsable) for _ in range(2)]
        async with AsyncExitStack() as stack:
            pages = await fleet.on_both(stack, "/accueil", phone)
            await fleet.post("/deconnexion-partout", computer)
            for page in pages:
                await page.until(lambda page=page: page.redirects == ["/connexion"])

    asyncio.run(story())


def test_a_page_that_comes_back_through_the_other_worker_finds_its_state(fleet: Fleet) -> None:
    async def story() -> None:
        cookies = await fleet.sign_in(fleet.town.agent)
        async with Page(fleet.url, "/agents/demandes", cookies) as page:
            await _call(page, QUEUE, "choose_status", status="accepted")
            left = fleet.worker_of(page)
        for _ in range(MOST_TRIES):
            await fleet.gone(page)
            async with Page(fleet.url, "/agents/demandes", cookies, tab=page.tab) as again:
                assert again.tab == page.tab
                assert again.state(QUEUE)["status"] == "accepted"
                if fleet.worker_of(again) != left:
                    return
        raise AssertionError("the other worker never took the connection")

    asyncio.run(story())


def test_a_duplicated_tab_gets_a_state_of_its_own(fleet: Fleet) -> None:
    async def story() -> None:
        cookies = await fleet.sign_in(fleet.town.agent)
        async with AsyncExitStack() as stack:
            first, _ = await fleet.on_both(stack, "/agents/demandes", cookies)
            await _call(first, QUEUE, "choose_status", status="accepted")
            twin = Page(fleet.url, "/agents/demandes", cookies, tab=first.tab)
            await stack.enter_async_context(twin)
            assert twin.tab != first.tab
            assert twin.state(QUEUE)["status"] == "pending"

    asyncio.run(story())


def test_a_page_whose_state_was_swept_away_is_refreshed_where_it_stands(fleet: Fleet) -> None:
    home = fleet.town.nguyen
    month = clock.today().replace(day=1, year=clock.today().year + 1)
    (cell,) = fleet.town.free_cells(home, 1)
    service, _, day = cell.partition(":")

    async def story() -> None:
        path = f"/mes-enfants?enfant={home.child_id}&mois={month:%Y-%m}"
        async with Page(fleet.url, path, await fleet.sign_in(home.conjoint)) as page:
            name = page.state(CHILDREN)["month_name"]
            assert str(month.year) in name
            fleet.redis.delete(*fleet.keys_of(page)[1])
            page.states.clear()
            async with Page(fleet.url, "/mes-enfants", await fleet.sign_in(home.responsable)) as other:
                await _call(other, CHILDREN, "ask_booking", cell=f"{service}:{day}")
            await page.until(lambda: page.state(CHILDREN).get("month_name"))
            assert page.state(CHILDREN)["month_name"] == name

    asyncio.run(story())


def test_after_a_cut_with_redis_every_page_reads_what_it_missed(fleet: Fleet) -> None:
    home = fleet.town.nguyen
    (cell,) = fleet.town.free_cells(home, 1)
    service, _, day = cell.partition(":")

    async def story() -> None:
        async with AsyncExitStack() as stack:
            pages = await fleet.on_both(stack, _calendar(cell), await fleet.sign_in(home.responsable))
            before = pages[0].state(CHILDREN)["marks"]
            # Committed from here, where nobody tells Redis: as if the message had been lost.
            requests.ask_booking(home.responsable, home.child_id, int(service), date.fromisoformat(day))
            fleet.redis.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
            for page in pages:
                await page.until(lambda page=page: page.state(CHILDREN)["marks"] != before)

    asyncio.run(story())


def test_a_restart_is_survived_by_open_pages(fleet: Fleet) -> None:
    async def story() -> None:
        cookies = await fleet.sign_in(fleet.town.agent)
        async with AsyncExitStack() as stack:
            closed, cut = await fleet.on_both(stack, "/agents/demandes", cookies)
            for page in (closed, cut):
                await _call(page, QUEUE, "choose_status", status="accepted")
            await closed.close()
            await fleet.gone(closed)
            with running(fleet.database_url, fleet.folder, workers=2, redis_url=fleet.redis_url) as restarted:
                async with Page(restarted.url, "/agents/demandes", cookies, tab=closed.tab) as again:
                    assert again.state(QUEUE)["status"] == "accepted"
                # The portal did not have the time to say that this one had left: it starts afresh, and is filled.
                async with Page(restarted.url, "/agents/demandes", cookies, tab=cut.tab) as again:
                    assert again.state(QUEUE)["loaded"]

    asyncio.run(story())


def test_a_worker_that_dies_is_replaced_and_takes_nobody_with_it(fleet: Fleet) -> None:
    home, (cell,) = fleet.town.perrin, fleet.town.free_cells(fleet.town.perrin, 1)

    async def story() -> None:
        cookies = await fleet.sign_in(home.responsable)
        async with AsyncExitStack() as stack:
            lost, kept = await fleet.on_both(stack, "/mes-enfants", cookies)
            workers = descendants(fleet.portal.process.pid)
            asked = len(requests.recent(home.responsable))
            os.kill(fleet.worker_of(lost), signal.SIGKILL)
            await _call(kept, CHILDREN, "ask_booking", cell=cell)
            assert len(requests.recent(home.responsable)) == asked + 1
            fleet.wait_for_another(workers)
            again, other = await fleet.on_both(stack, "/mes-enfants", cookies)
            assert again.state(CHILDREN)["marks"] == other.state(CHILDREN)["marks"] == kept.state(CHILDREN)["marks"]

    asyncio.run(story())


def _calendar(cell: str) -> str:
    """Return the address of the month that shows a cell, ``service:2026-11-26``."""
    return f"/mes-enfants?mois={cell.partition(':')[2][:7]}"


async def _call(page: Page, state: str, handler: str, **payload: object) -> list[str]:
    """Send an event to a state named by its class; return the frames of its answer."""
    name = next(name for name in page.states if name.endswith(f"____{state}"))
    return await page.act(f"{name}.{handler}", payload)


def _row(page: Page, state: str, number: str) -> dict[str, Any]:
    """Return a request as a page lists it, {} while it does not."""
    return next((row for row in page.state(state)["rows"] if row["number"] == number), {})
