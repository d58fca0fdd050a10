"""The house rules that no tool checks: read from the code itself."""

import ast
import importlib
import inspect
import pkgutil
import subprocess
import typing
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlmodel import SQLModel

import portail_app.services
from portail_app.settings import Environment

ROOT = Path(__file__).parents[1]
CODE = sorted(path for path in (ROOT / "portail_app").rglob("*.py") if "versions" not in path.parts)
LONGEST_FILE = 250
LONGER: dict[str, str] = {}

# A service takes the actor first, or the session of an act that already knows its actor. All others, and why:
NOBODY_ACTS = {
    "whoever is at the door has no session yet": {
        "auth.sign_in",
        "auth.commune_website",
        "municipality.identity",
        "own_password.require_link_allowed",
        "own_password.send_link",
        "own_password.reset",
    },
    "the cookie says who it is": {"auth.sign_out", "sessions.actor_of", "sessions.session_view", "sessions.extend"},
    "it runs by itself": {
        "auth.forget_what_is_over",
        "calendars.seed_new_installation",
        "documents.purge_orphans",
        "outbox.send_due",
        "outbox.start_sender",
        "live.start",
    },
    "it reads and writes nothing": {
        "accounts.normalised",
        "catalogue.service_of",
        "days.pending_key",
        "documents.safe_name",
        "invoice_printing.printed",
        "live.account_topic",
        "live.family_topic",
        "request_mail.details",
        "request_reading.statement",
        "request_sending.draft_of",
        "request_sending.once",
        "request_views.view_of",
        *(f"passwords.{name}" for name in ("first_password", "hashed", "is_outdated", "matches")),
        *(f"throttle.{name}" for name in ("account", "address", "delay_after", "network", "reset_request")),
        *(f"tokens.{name}" for name in ("digest", "keyed", "new_token", "sealed", "unsealed")),
        "throttle.spoken_delay",
    },
}
JUSTIFIED = frozenset().union(*NOBODY_ACTS.values())


def _services() -> Iterator[tuple[str, Callable[..., Any]]]:
    for module in pkgutil.iter_modules(portail_app.services.__path__):
        loaded = importlib.import_module(f"portail_app.services.{module.name}")
        for name, function in vars(loaded).items():
            if inspect.isfunction(function) and function.__module__ == loaded.__name__ and not name.startswith("_"):
                yield f"{module.name}.{name}", function


SERVICES = dict(_services())


def _first_parameter(function: Callable[..., Any]) -> str:
    return next(iter(inspect.signature(function).parameters), "")


def test_every_act_takes_its_actor_first() -> None:
    others = {name for name, function in SERVICES.items() if _first_parameter(function) not in {"actor", "session"}}
    assert sorted(others - JUSTIFIED) == []


def test_the_list_of_acts_without_actor_is_up_to_date() -> None:
    needless = {name for name in JUSTIFIED if name not in SERVICES or _first_parameter(SERVICES[name]) == "actor"}
    assert sorted(needless) == []


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_returns_plain_values_never_a_row(name: str) -> None:
    answer = typing.get_type_hints(SERVICES[name])["return"]
    assert [kind for kind in _kinds(answer, set()) if issubclass(kind, SQLModel)] == []


def _kinds(hint: Any, seen: set[Any]) -> Iterator[type]:
    """Walk through containers, unions and the fields of views."""
    if isinstance(hint, type) and hint not in seen:
        seen.add(hint)
        yield hint
        if "__dataclass_fields__" in vars(hint):
            for field in typing.get_type_hints(hint).values():
                yield from _kinds(field, seen)
    for inner in typing.get_args(hint):
        yield from _kinds(inner, seen)


def _parsed() -> Iterator[tuple[str, ast.Module]]:
    for path in CODE:
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8"))


def test_now_and_today_come_from_the_clock() -> None:
    wrong = [
        f"{name}:{node.lineno}"
        for name, tree in _parsed()
        if name != "portail_app/clock.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in {"datetime", "date"}
        and node.attr in {"now", "utcnow", "today"}
    ]
    assert wrong == []


def test_no_error_is_swallowed_because_nobody_knows_it() -> None:
    wrong = [
        f"{name}:{node.lineno}"
        for name, tree in _parsed()
        for node in ast.walk(tree)
        if (isinstance(node, ast.ExceptHandler) and (node.type is None or _is_any_error(node.type)))
        or (
            isinstance(node, ast.Call)
            and ast.unparse(node.func).endswith("suppress")
            and any(map(_is_any_error, node.args))
        )
    ]
    assert wrong == []


def _is_any_error(node: ast.expr) -> bool:
    return any(name.id in {"Exception", "BaseException"} for name in ast.walk(node) if isinstance(name, ast.Name))


def test_every_module_says_what_it_is_for() -> None:
    modules = [*CODE, *(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").rglob("*.py"), ROOT / "rxconfig.py"]
    texts = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in modules}
    assert [name for name, text in texts.items() if text.strip() and not ast.get_docstring(ast.parse(text))] == []


def test_files_stay_short() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in CODE}
    assert {name for name, lines in lengths.items() if lines > LONGEST_FILE} == set(LONGER)


def _tables() -> list[type[SQLModel]]:
    return [mapper.class_ for mapper in SQLModel._sa_registry.mappers]


def test_every_table_opens_with_its_french_name() -> None:
    docs = {table.__name__: inspect.getdoc(table) or "" for table in _tables()}
    assert len(docs) > 20
    assert [name for name, doc in docs.items() if not doc.startswith("« ") or " »" not in doc] == []
    french = [doc[2 : doc.index(" »")] for doc in docs.values()]
    assert len(set(french)) == len(french)


# What is not a state of anything: where the portal runs, and what only the rules name.
NEVER_SHOWN = {"Environment": "the technician's", "DeadlineAct": "rules", "DayKind": "rules", "Habit": "the demo's"}
# Worded where they are shown, once: the criteria of a password, the certificate of a request.
WORDED_ELSEWHERE = {"Criterion": "rules/passwords", "CertificateState": "ui/request_rows"}


def test_every_state_kind_and_role_has_its_french_word() -> None:
    for module in pkgutil.walk_packages(portail_app.__path__, "portail_app."):
        if not module.name.startswith("portail_app.migrations"):
            importlib.import_module(module.name)
    from portail_app.rules.passwords import SENTENCES, Criterion
    from portail_app.services.request_views import CertificateState
    from portail_app.ui import french
    from portail_app.ui.request_rows import CERTIFICATES

    enums = {enum for enum in _below(StrEnum) if enum.__module__.startswith("portail_app")}
    assert Environment in enums
    assert {enum.__name__ for enum in enums - set(french.LABELS)} == {*NEVER_SHOWN, *WORDED_ELSEWHERE}
    assert [enum for enum, words in french.LABELS.items() if set(words) != set(enum)] == []
    assert set(CERTIFICATES) == set(CertificateState)
    assert set(SENTENCES) == set(Criterion)


def _below(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _committed() -> Iterator[tuple[str, str]]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file() and path.suffix not in {".ttf", ".woff2", ".png", ".jpg", ".ico", ".webp"}:
            yield name, path.read_text("utf-8")


def test_no_file_names_a_registry_or_something_outside_the_repository() -> None:
    # Put together here, or this file would be the one that names them.
    parts = [
        ("py", "pi.org"),
        ("python", "hosted.org"),
        ("registry.", "npmjs"),
        ("registry.", "yarnpkg"),
        ("..", "/shared"),
    ]
    unwanted = {"".join(pair) for pair in parts} | _own_registries()
    assert [(name, word) for name, text in _committed() for word in unwanted if word in text] == []


def _own_registries() -> set[str]:
    """Return the hosts that this machine's pip and npm are configured with."""
    addresses = []
    for file in (Path("/etc/pip.conf"), Path.home() / ".config/pip/pip.conf", Path.home() / ".pip/pip.conf"):
        config = ConfigParser(interpolation=None)
        config.read(file)
        addresses += [
            value for section in config.values() for key, value in section.items() if key.endswith("index-url")
        ]
    for file in (Path("/etc/npmrc"), Path.home() / ".npmrc"):
        addresses += [line.partition("=")[2] for line in file.read_text().splitlines()] if file.is_file() else []
    hosts = {urlsplit(word).hostname for address in addresses for word in address.split()}
    return {host for host in hosts if host and "." in host}


def test_the_locks_name_no_host() -> None:
    python, front_end = (ROOT / name for name in ("requirements.lock", "reflex.lock/package-lock.json"))
    assert "://" not in python.read_text("utf-8")
    assert "--hash=sha256:" in python.read_text("utf-8")
    assert '"resolved"' not in front_end.read_text("utf-8")
    assert '"integrity"' in front_end.read_text("utf-8")
