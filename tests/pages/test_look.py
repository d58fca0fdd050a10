"""What the stylesheet, the script and the components promise each other."""

import re
from pathlib import Path

import pytest

from portail_app.rules.cells import CellMark
from portail_app.rules.passwords import Criterion
from portail_app.rules.statuses import InvoiceStatus, RequestStatus
from portail_app.ui import icons, theme
from portail_app.ui.components import badges
from portail_app.ui.navigation import TABS, tab_bar
from portail_app.ui.session import SessionState

ROOT = Path(__file__).parents[2]
CSS = (ROOT / "assets/portail.css").read_text(encoding="utf-8")
SCRIPT = (ROOT / "assets/portail.js").read_text(encoding="utf-8")
MARKS = [mark for mark in CellMark if mark is not CellMark.NOTHING]


def test_the_stylesheet_stays_light():
    assert len(CSS.encode()) <= 30 * 1024


def test_every_file_that_the_stylesheet_names_is_shipped():
    named = re.findall(r"url\((/[^)]+)\)", CSS)
    assert named
    assert [path for path in named if not (ROOT / f"assets{path}").is_file()] == []


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: mark.name)
def test_every_mark_of_the_calendar_has_its_shape_and_its_colour(mark):
    assert re.search(rf"\.mark-{mark}\{{--tone:[^;]+; --shape:[^}}]+\}}", CSS)


def test_no_two_marks_share_a_shape():
    shapes = [re.search(rf"\.mark-{mark}\{{[^}}]*--shape:([^;}}]+)", CSS)[1] for mark in MARKS]
    assert len(set(shapes)) == len(MARKS)


@pytest.mark.parametrize(
    ("tones", "statuses"), [(badges.REQUEST_TONES, RequestStatus), (badges.INVOICE_TONES, InvoiceStatus)]
)
def test_every_status_has_its_own_tone(tones, statuses):
    assert set(tones) == set(statuses)
    assert len(set(tones.values())) == len(tones)


def test_the_browser_judges_the_same_criteria_as_the_rules():
    criteria = re.search(r"const CRITERIA = \{(.*?)\n  \};", SCRIPT, re.DOTALL)[1]
    assert re.findall(r"^    (\w+):", criteria, re.MULTILINE) == [str(criterion) for criterion in Criterion]


def test_a_tab_whose_page_does_not_exist_is_shown_to_nobody():
    shown = str(tab_bar(TABS, "/accueil").render())
    assert [tab.label for tab in TABS if tab.label in shown] == [tab.label for tab in TABS if tab.works]
    assert {tab.label for tab in TABS if not tab.works} == {
        "Mon compte",
        "Relevé de compte",
        "Boîte de réception",
        "Infos./Documents",
    }


def test_the_tab_of_the_page_is_the_current_one_and_no_other():
    assert str(tab_bar(TABS, "/mes-enfants").render()).count("aria-current") == 1
    assert str(tab_bar(TABS, "/mot-de-passe").render()).count("aria-current") == 0


def test_tabs_that_are_not_for_somebody_keep_their_room_unseen() -> None:
    assert '? "tabs" : "tabs hushed"' in str(tab_bar(TABS, "/accueil", SessionState.decides).render())
    assert "hushed" not in str(tab_bar(TABS, "/accueil").render())


@pytest.mark.parametrize("colour", ["#1d6b57", "#FFFFFF"])
def test_the_colour_of_the_commune_is_given_to_the_page(colour):
    assert theme.accent_of(colour) == {"style": {"--accent": colour}}


@pytest.mark.parametrize("text", ["", "red", "#fff", "#1d6b5", "#1d6b57;", "#1d6b577", "#1d6b57\n"])
def test_what_is_not_a_colour_never_reaches_the_page(text):
    assert theme.accent_of(text) == {}


@pytest.mark.parametrize("name", icons.PATHS)
def test_an_icon_is_never_read_aloud(name):
    assert '"aria-hidden":"true"' in str(icons.icon(name).render())
