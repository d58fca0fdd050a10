"""Nothing personal and no secret in what the server writes, whatever goes wrong."""

import asyncio
import json
import logging

import pytest

from portail_app.http.logs import Discreet
from tests import accounts
from tests.guards.attempts import full
from tests.guards.conftest import Town
from tests.protocol import Page, sign_in

IDENTIFIER, PASSWORD, WRONG = "ingrid.lindqvist", "Sapin-enneige-77", "Mot-de-passe-devine-1"
PERSONAL = "Lindqvist Astrid allergie 0612345678"


def test_the_log_of_the_portal_names_nobody_and_holds_no_secret(town: Town) -> None:
    accounts.parent(IDENTIFIER, PASSWORD, email="ingrid@example.se")
    cookies, tab = asyncio.run(_live_badly(town))
    _post_badly(town, cookies)
    said = town.portal.said
    for secret in (IDENTIFIER, PASSWORD, WRONG, cookies.partition("=")[2], tab, "example.se", "Léa Martin"):
        assert secret not in said
    for word in (*PERSONAL.split(), *town.scene.secrets):
        assert word not in said, word
    assert "POST /connexion" in said
    assert "event refused" in said
    assert "unexpected" in said


async def _live_badly(town: Town) -> tuple[str, str]:
    cookies = await sign_in(town.url, IDENTIFIER, PASSWORD)
    page = Page(town.url, f"/liste-des-demandes?nom={PERSONAL.partition(' ')[0]}", cookies)
    async with page:
        for name in ("a.handler.of.an.older.build", PERSONAL, full("queue_state.search")):
            await page.send(name, {"text": PERSONAL})
        await page.send(full("requests_state.choose_kind"), {"kind": PERSONAL})
        await page.send(full("requests_state.choose_kind"), {"more": PERSONAL})
        await page.send("reflex___state____state.hydrate_and_load", {"vars": {PERSONAL: PERSONAL}})
        await page.emit({"error_type": PERSONAL, "message": PERSONAL}, "client_error")
        await page.emit(PERSONAL)
        await page.emit([PERSONAL])
        await page.emit({"name": full("notices.dismiss"), "router_data": {"asPath": [PERSONAL]}})
        await page.emit({"payload": {"text": PERSONAL}})
        await page.settle()
    await _hang_up_in_the_middle(town, cookies)
    return cookies, page.tab


async def _hang_up_in_the_middle(town: Town, cookies: str) -> None:
    """Leave answers without anybody to receive them, and frames that are none."""
    page = Page(town.url, "/accueil", cookies)
    await page.connect()
    await page.send(full("home_state.load"))
    await page.write(f"9{PERSONAL}")
    await page.close()
    stranger = Page(town.url, "/accueil", cookies, tab="")
    await stranger.open_transport()
    await stranger.write(f"40/_event,{json.dumps({'event': {'name': PERSONAL, 'payload': {'text': PERSONAL}}})}")
    await asyncio.sleep(0.1)
    await stranger.close()


def _post_badly(town: Town, cookies: str) -> None:
    headers = {"Origin": town.url, "Cookie": cookies}
    for form in ({"identifier": IDENTIFIER, "password": WRONG}, {"identifier": PERSONAL, "password": "x" * 20_000}):
        town.ask("POST", "/connexion", data=form, headers=headers)
    town.ask("POST", "/mot-de-passe-oublie", data={"identifier": IDENTIFIER}, headers=headers)
    town.ask("POST", "/mot-de-passe-reinitialise", data={"token": PERSONAL, "new": WRONG}, headers=headers)
    town.ask("GET", f"/accueil?nom={IDENTIFIER}", headers=headers)
    town.ask("GET", "/connexion", params={"suite": PERSONAL}, headers=headers)


@pytest.mark.parametrize(("logger", "shown"), [("portail_app.services", True), ("reflex.app", False), ("x", False)])
def test_only_our_own_messages_are_written(logger: str, shown: bool) -> None:
    record = logging.LogRecord(logger, logging.ERROR, "app.py", 12, "about %s", ("Emma",), None, "on_event")
    line = Discreet().format(record)
    assert ("about Emma" in line) is shown
    assert ("on_event, line 12" in line) is not shown


def test_an_error_keeps_its_type_and_its_stack_and_loses_its_words() -> None:
    child = "Emma"
    with pytest.raises(KeyError) as caught:
        _fail_because_of_another(child)
    written = Discreet().formatException((KeyError, caught.value, caught.value.__traceback__))
    assert child not in written
    assert written.index("KeyError") < written.index("because of") < written.rindex("ValueError")
    assert "test_logs.py" in written


def _fail_because_of_another(word: str) -> None:
    try:
        int(word)
    except ValueError as error:
        raise KeyError(word) from error
