"""Strange arguments: dropped or refused in French, never a stack of the server, nothing written."""

import asyncio
import json
from typing import Any

import pytest

from portail_app.ui import arguments, failures
from tests.guards.attempts import ATTEMPTS, full, handlers, short
from tests.guards.conftest import Town
from tests.protocol import Refusal

DEEP: Any = []
for _ in range(300):
    DEEP = [DEEP]
# None of these is an argument that a page sends.
STRANGE: dict[str, Any] = {
    "nothing": {},
    "null": None,
    "a list": [1],
    "a text": "1",
    "one more": {"request_id": 1, "form": {}, "text": "a", "more": 1},
    "self": {"self": 1},
    "nested": {"request_id": DEEP, "form": DEEP, "text": DEEP, "cell": DEEP, "kind": DEEP, "status": DEEP},
}
# In place of each argument of each handler.
VALUES: dict[str, Any] = {
    "null": None,
    "true": True,
    "a float": 1.5,
    "not a number": float("nan"),
    "infinity": float("inf"),
    "a list": [1],
    "an object": {"a": {"b": [1]}},
    "half a character": "a\ud800",
    "a null character": "a\0b",
    "two hundred thousand letters": "x" * 200_000,
    "a form of numbers": {"reason": 1},
    "entries of a form that are none": {"__reflex_form_data__": [["cell"], 5]},
    "no entries of a form": {"__reflex_form_data__": None},
    "a form of a thousand fields": {str(i): "" for i in range(1000)},
    "a form with a huge name": {"x" * 20_000: ""},
    "a form with half a character": {"reason": "\udfff"},
}
# Of the right type, and nobody's: the handler or its service must refuse them, in French.
HOSTILE: list[tuple[str, str, dict[str, Any]]] = [
    ("parent", "requests_state.withdraw", {"request_id": -1}),
    ("parent", "requests_state.withdraw", {"request_id": 0}),
    ("parent", "requests_state.withdraw", {"request_id": 2**31}),
    ("parent", "requests_state.withdraw", {"request_id": 10**4000}),
    ("parent", "requests_state.attach", {"request_id": 1, "document_id": -1}),
    ("parent", "requests_state.choose_kind", {"kind": "'; DROP TABLE account; --"}),
    ("parent", "children_state.ask_booking", {"cell": "1 OR 1=1:2026-11-26"}),
    ("parent", "children_state.ask_booking", {"cell": "1:2026-11-26' --"}),
    ("parent", "children_state.ask_booking", {"cell": "-1:2026-11-26"}),
    ("parent", "children_state.ask_booking", {"cell": "1:0001-01-01"}),
    ("parent", "children_state.ask_booking", {"cell": "1:9999-12-31"}),
    ("parent", "children_state.ask_booking", {"cell": "9" * 7000 + ":2026-11-26"}),
    ("parent", "children_state.declare_absence", {"form": {"cell": "", "reason": "<script>"}}),
    ("parent", "children_state.declare_absence", {"form": {"cell": "1:2026-11-26", "certificate": "9" * 7000}}),
    ("agent", "queue_state.search", {"text": "%' OR 1=1 --"}),
    ("agent", "queue_state.refuse", {"form": {"request_id": "9" * 7000, "reason": "Complet."}}),
    ("agent", "queue_state.accept_chosen", {"form": {"r-1": "on", "r²": "on", "r99999999999": "on"}}),
]
STACK = ("Traceback", 'File "', ".py", "Error", "sqlite", "psycopg", "SELECT ")
WITH_ARGUMENTS = sorted(
    name for name, h in ((short(n), h) for n, h in handlers().items())
    if name in ATTEMPTS and h.handler.fn.__code__.co_argcount > 1
)  # fmt: skip


@pytest.mark.parametrize("name", sorted(ATTEMPTS))
@pytest.mark.parametrize("strange", sorted(STRANGE))
def test_arguments_that_a_handler_does_not_announce_are_dropped(name: str, strange: str) -> None:
    function = handlers()[full(name)].handler.fn
    without_arguments = function.__code__.co_argcount == 1
    assert arguments.fit(function, STRANGE[strange]) is (without_arguments and strange == "nothing")


@pytest.mark.parametrize("name", WITH_ARGUMENTS)
@pytest.mark.parametrize("value", sorted(VALUES))
def test_values_of_another_type_or_size_are_dropped(name: str, value: str) -> None:
    function = handlers()[full(name)].handler.fn
    names = function.__code__.co_varnames[1 : function.__code__.co_argcount]
    assert not arguments.fit(function, dict.fromkeys(names, VALUES[value]))


def test_what_pages_send_is_accepted() -> None:
    def handler(state: object, number: int, text: str, form: dict[str, str], rate: float | None = None) -> None: ...

    assert arguments.fit(handler, {"number": 3, "text": "Ève 🎈\n", "form": {"__reflex_form_data__": [["a", "b"]]}})
    assert arguments.fit(handler, {"number": 3, "text": "x" * arguments.LONGEST_TEXT, "form": {}, "rate": None})
    assert not arguments.fit(handler, {"number": 3, "text": "x" * (arguments.LONGEST_TEXT + 1), "form": {}})


def test_over_the_websocket_what_is_strange_answers_nothing_and_writes_nothing(town: Town) -> None:
    values = [value for name, value in VALUES.items() if "thousand letters" not in name]
    before = town.content()

    async def send() -> None:
        async with town.page("/mes-enfants", "parent") as page:
            for name in WITH_ARGUMENTS:
                for payload in (*STRANGE.values(), *({"form": v, "request_id": v, "text": v} for v in values)):
                    await page.send(full(name), payload)
            frames = await page.act(full("notices.dismiss"))
            assert not [word for word in STACK if word in "".join(frames)]

    asyncio.run(send())
    assert town.content() == before


@pytest.mark.parametrize(("who", "name", "payload"), HOSTILE)
def test_hostile_values_are_refused_in_french_and_write_nothing(
    town: Town, who: str, name: str, payload: dict[str, Any]
) -> None:
    before = town.content()

    async def send() -> None:
        async with town.page("/agents/demandes" if who == "agent" else "/mes-enfants", who) as page:
            told = "".join(await page.act(full(name), payload))
            assert not [word for word in STACK if word in told]

    asyncio.run(send())
    assert town.content() == before


@pytest.mark.parametrize(
    "raw",
    [
        '["event",{"name":"x","payload":{"a":' + "[" * 20_000 + "]" * 20_000 + "}}]",
        '["event",{"name":"x","payload":{"a":' + "9" * 5_000 + "}}]",
        '["event",{"name":["x"],"payload":{}}]',
        '["event",{"name":{"x":1}}]',
        '["event",{"payload":{}}]',
        '["event","x"]',
        '["event",["x"]]',
        '["event",null]',
        '["event"]',
        '["event",{"name":"%s","router_data":"x"}]',
        '["event",{"name":"%s","router_data":{"pathname":["x"]}}]',
        '["event",{"name":"%s","router_data":{"pathname":"/accueil","query":["x"]}}]',
        '["event",{"name":"%s","router_data":{"pathname":"/accueil","asPath":"http://[x"}}]',
        '["event",{"name":"%s","router_data":{"pathname":"/accueil","asPath":5}}]',
        '["event",{"name":"%s","router_data":{"pathname":"/../agents/demandes","token":"x","sid":"x"}}]',
        '["client_error",{"error_type":"x","message":"x"}]',
        '["event",{',
    ],
)
def test_a_message_that_no_page_sends_breaks_nothing(town: Town, raw: str) -> None:
    async def send() -> None:
        async with town.page("/accueil", "parent") as page:
            before = len(page.frames)
            await page.write("42/_event," + raw.replace("%s", full("notices.dismiss")))
            await page.settle()
            told = "".join(page.frames[before:])
            assert not [word for word in STACK if word in told]

    asyncio.run(send())


def test_a_message_larger_than_any_page_sends_closes_the_connection(town: Town) -> None:
    async def send() -> None:
        page = town.page("/accueil", "parent")
        await page.connect()
        await page.write("42/_event," + json.dumps(["event", {"name": "x", "payload": {"a": "x" * 300_000}}]))
        with pytest.raises(Refusal):
            await page.settle()

    asyncio.run(send())


def test_an_unexpected_error_is_an_apology_in_french(town: Town) -> None:
    async def send() -> None:
        async with town.page("/mes-enfants", "parent") as page:
            told = await page.act(full("children_state.ask_booking"), {"cell": "1:0001-01-01"})
            assert failures.UNEXPECTED in json.dumps(
                [json.loads(f.partition(",")[2]) for f in told], ensure_ascii=False
            )

    asyncio.run(send())
