"""When the pages are built again, and when they are not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from reflex_base.compiler.templates import vite_config_template
from reflex_base.constants import Templates

from portail_app import frontend_build
from portail_app.frontend_build import BuildFailed, ensure_built, fingerprint, is_up_to_date
from portail_app.frontend_plugin import (
    PAGE_ADDRESS,
    REPLACEMENTS,
    GeneratedCodeChanged,
    connect_to_the_page_address,
    lighten,
)


class Builder:
    """Stand in for Reflex: count the builds and leave what one leaves."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.builds = 0
        self.fails = False
        self.edits_meanwhile = False

    def run(self, _command: list[str], **_options: object) -> "subprocess.CompletedProcess[str]":
        """Pretend to build."""
        self.builds += 1
        if self.edits_meanwhile:
            (self.root / "rxconfig.py").write_text("edited during the build")
        if not self.fails:
            (self.root / ".web" / "build" / "client").mkdir(parents=True, exist_ok=True)
        return subprocess.CompletedProcess([], int(self.fails), stdout="ligne 1\nle module manque")


@pytest.fixture
def builder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Builder:
    """Give a project with one page, never built."""
    (tmp_path / "portail_app" / "pages").mkdir(parents=True)
    (tmp_path / "portail_app" / "pages" / "home.py").write_text("first")
    (tmp_path / "rxconfig.py").write_text("config")
    made = Builder(tmp_path)
    monkeypatch.setattr(frontend_build.subprocess, "run", made.run)
    return made


def test_the_first_start_builds_and_the_next_does_not(builder: Builder) -> None:
    assert ensure_built(builder.root) is True
    assert ensure_built(builder.root) is False
    assert builder.builds == 1


@pytest.mark.parametrize("file", ["portail_app/pages/home.py", "rxconfig.py", "assets/logo.svg", "portail_app/ui/a.py"])
def test_a_changed_or_added_source_asks_for_a_build(builder: Builder, file: str) -> None:
    ensure_built(builder.root)
    (builder.root / file).parent.mkdir(parents=True, exist_ok=True)
    (builder.root / file).write_text("second")
    assert not is_up_to_date(builder.root)
    assert ensure_built(builder.root) is True


def test_a_removed_or_renamed_source_asks_for_a_build(builder: Builder) -> None:
    before = fingerprint(builder.root)
    page = builder.root / "portail_app" / "pages" / "home.py"
    page.rename(page.with_name("house.py"))
    assert fingerprint(builder.root) != before


@pytest.mark.parametrize("file", ["portail_app/services/a.py", "README.md", "portail_app/pages/__pycache__/home.pyc"])
def test_what_the_pages_do_not_contain_asks_for_nothing(builder: Builder, file: str) -> None:
    before = fingerprint(builder.root)
    (builder.root / file).parent.mkdir(parents=True, exist_ok=True)
    (builder.root / file).write_text("second")
    assert fingerprint(builder.root) == before


def test_another_version_of_a_tool_asks_for_a_build(builder: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint(builder.root)
    monkeypatch.setattr(frontend_build, "version", lambda _package: "99")
    assert fingerprint(builder.root) != before


def test_another_name_of_the_commune_asks_for_a_build(builder: Builder) -> None:
    ensure_built(builder.root, painted="Léaz")
    assert is_up_to_date(builder.root, painted="Léaz")
    assert not is_up_to_date(builder.root, painted="Collonges")


def test_a_build_that_was_thrown_away_is_made_again(builder: Builder) -> None:
    ensure_built(builder.root)
    (builder.root / ".web" / "build" / "client").rmdir()
    assert ensure_built(builder.root) is True


def test_what_is_edited_during_a_build_asks_for_another(builder: Builder) -> None:
    builder.edits_meanwhile = True
    ensure_built(builder.root)
    assert not is_up_to_date(builder.root)


def test_a_failed_build_says_why_and_is_tried_again(builder: Builder) -> None:
    ensure_built(builder.root)
    (builder.root / "rxconfig.py").write_text("wrong")
    builder.fails = True
    with pytest.raises(BuildFailed, match="le module manque"):
        ensure_built(builder.root)
    assert not is_up_to_date(builder.root)


def test_the_person_is_told_before_a_long_build_only(builder: Builder) -> None:
    said: list[str] = []
    ensure_built(builder.root, announce=said.append)
    ensure_built(builder.root, announce=said.append)
    assert len(said) == 1
    assert said[0].startswith("Construction des pages")


def test_the_websocket_correction_fits_the_code_of_this_reflex() -> None:
    generated = (Path(Templates.Dirs.WEB_TEMPLATE) / "utils" / "state.js").read_text()
    corrected = connect_to_the_page_address(generated)
    assert corrected.count(PAGE_ADDRESS) == 1
    assert connect_to_the_page_address(corrected) == corrected


def test_the_bundle_is_lightened_in_the_code_of_this_reflex() -> None:
    generated = vite_config_template("/", hmr=False, force_full_reload=False, experimental_hmr=False, sourcemap=False)
    corrected = lighten(generated)
    ours = {file.name for file in REPLACEMENTS.glob("*.js")} - {"typeset.js"}
    assert all(corrected.count(f"./utils/{name}") == 1 for name in ours)
    assert 'name: "portail"' in corrected
    assert lighten(corrected) == corrected


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("Touchez « Mes enfants », puis un jour : le", "Touchez «~Mes enfants~», puis un jour~: le"),
        ("Un doute ? Pas ! Non ; si", "Un doute~? Pas~! Non~; si"),
        ("Demande n° D-2026-000001 : acceptée", "Demande n°~D-2026-000001~: acceptée"),
        ("de 8 h 30 à 12 h : nous, puis 2 h.", "de 8~h~30 à 12~h~: nous, puis 2~h."),
        (" : la mairie", "~: la mairie"),
        ("« ", "«~"),
        ("(« a »)", "(«~a~»)"),
        ("2 haricots, https://a.fr/b?c=d :e", "2 haricots, https://a.fr/b?c=d :e"),
    ],
)
def test_no_line_starts_with_a_mark_of_french(written: str, drawn: str) -> None:
    script = f"import {{typeset}} from {json.dumps((REPLACEMENTS / 'typeset.js').as_uri())};"
    script += f"process.stdout.write(typeset({json.dumps(written)}))"
    node = [_node(), "--input-type=module", "--eval", script]
    said = subprocess.run(node, check=True, capture_output=True, encoding="utf-8").stdout
    assert said == drawn.replace("~", "\N{NO-BREAK SPACE}")


def _node() -> str:
    """Return the node of the environment, the one that builds the pages."""
    return str(Path(sys.executable).parent / "node")


def test_a_reflex_that_generates_something_else_stops_the_build() -> None:
    with pytest.raises(GeneratedCodeChanged):
        connect_to_the_page_address("const endpoint = other(url);")
