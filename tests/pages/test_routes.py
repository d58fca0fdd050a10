"""Every page of the portal: its address, whom it is for, its words; those of the notice letter for letter."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from reflex_base.registry import RegistrationContext

import portail_app.portail_app  # noqa: F401 - registers every page
from portail_app.http.destinations import Audience, audience_of
from portail_app.pages.routes import ROUTES, PageRoute
from portail_app.ui.guard import Access
from portail_app.ui.layout import ACCESSIBILITY_PAGE, LEGAL_PAGE
from portail_app.ui.navigation import DEMO_STAFF_TABS, PASSWORD_PAGE, STAFF_TABS, TABS
from portail_app.ui.session import commune
from tests import factories as make

BY_PATH = {route.path: route for route in ROUTES}
PAGES = [route for route in ROUTES if route.path != "/404"]
# Whoever may open a page may call what fills it.
OPEN_TO = {
    Audience.PUBLIC: {Access.PUBLIC},
    Audience.SIGNED_IN: {Access.PUBLIC, Access.SIGNED_IN},
    Audience.FAMILY: {Access.SIGNED_IN, Access.FAMILY},
    Audience.STAFF: {Access.SIGNED_IN, Access.STAFF},
}
# Handlers that anybody on earth may call: whoever adds one says so here.
PUBLIC_STATES = {"notices", "sign_in_state", "password_state"}
# The words of the notice, and the page where parents find them.
NOTICE = {
    "/connexion": (
        "Afin d’accéder à notre service, veuillez vous identifier",
        "Identifiant",
        "Mot de passe",
        "Connexion",
        "Mot de passe oublié ?",
    ),
    "/accueil": ("Accueil", "Mes enfants", "Liste des demandes", "Déconnexion", "Factures impayées"),
    "/mes-enfants": ("Mes enfants", "Demande de Réservation", "Déclarer une absence"),
    "/liste-des-demandes": ("Liste des demandes", "Mon compte", "Mes enfants"),
    "/agents/demandes": ("Déconnexion",),
}
_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"')
# What typographers forbid in French: a straight apostrophe inside a word, three points, English quotation marks.
_WRONG = re.compile(r"[a-zà-ÿ]'[a-zà-ÿ]|\.\.\.|[“”]|[a-zà-ÿ][!?;:](?:\s|$)", re.IGNORECASE)


@pytest.fixture(autouse=True)
def leaz(sqlite_database: str) -> Iterator[None]:
    """Build the pages for Léaz, and leave no page built."""
    make.leaz()
    commune.cache_clear()
    yield
    commune.cache_clear()


def _texts(route: PageRoute) -> set[str]:
    """Return every text that the page is built with."""
    return {json.loads(found) for text in _strings(route.page().render()) for found in _LITERAL.findall(text)}


def _strings(rendered: Any) -> Iterator[str]:
    if isinstance(rendered, str):
        yield rendered
    elif isinstance(rendered, dict):
        for value in rendered.values():
            yield from _strings(value)
    elif isinstance(rendered, (list, tuple)):
        for value in rendered:
            yield from _strings(value)


def test_addresses_are_in_plain_french_letters_and_titles_are_told_apart() -> None:
    assert [route.path for route in ROUTES if not re.fullmatch(r"(/[a-z0-9-]+)+", route.path)] == []
    titles = [route.title for route in ROUTES]
    assert len(set(titles)) == len(titles) == len(BY_PATH)
    assert all(title[0].isupper() for title in titles)


@pytest.mark.parametrize("route", PAGES, ids=lambda route: route.path)
def test_a_page_is_for_somebody_and_filled_by_states_open_to_them(route: PageRoute) -> None:
    audience = audience_of(route.path)
    assert audience is not Audience.NOBODY
    handlers = {f"{handler.state_full_name}.{handler.fn.__name__}" for handler in route.on_load}
    states = [RegistrationContext.get().event_handlers[name].states[0] for name in handlers]
    assert [state for state in states if state.ACCESS not in OPEN_TO[audience]] == []


def test_every_state_with_handlers_says_whom_it_serves() -> None:
    handlers = RegistrationContext.get().event_handlers.values()
    ours = {handler.states[0] for handler in handlers if handler.handler.fn.__module__.startswith("portail_app")}
    access = {state.get_name().rpartition("____")[2]: vars(state).get("ACCESS") for state in ours}
    assert [name for name, value in access.items() if not isinstance(value, Access)] == []
    assert {name for name, value in access.items() if value is Access.PUBLIC} == PUBLIC_STATES


def test_every_link_of_the_navigation_leads_to_a_page() -> None:
    tabs = [tab.href for tab in (*TABS, *STAFF_TABS, *DEMO_STAFF_TABS) if tab.works]
    assert [href for href in (*tabs, PASSWORD_PAGE, ACCESSIBILITY_PAGE, LEGAL_PAGE) if href not in BY_PATH] == []
    assert [tab.href for tab in TABS if not tab.works and tab.href in BY_PATH] == []


@pytest.mark.parametrize(("path", "labels"), NOTICE.items(), ids=NOTICE.keys())
def test_the_words_of_the_notice_are_used_exactly(path: str, labels: tuple[str, ...]) -> None:
    texts = _texts(BY_PATH[path])
    assert [label for label in labels if label not in texts] == []


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_the_commune_leads_and_french_is_written_with_care(route: PageRoute) -> None:
    texts = _texts(route)
    assert "Léaz" in texts
    # Sentences, not the names of classes and the paths of icons.
    assert [text for text in texts if " " in text and _WRONG.search(text)] == []


def test_a_new_commune_welcomes_in_the_words_of_the_notice() -> None:
    from portail_app.models.exchanges import Municipality

    assert Municipality(name="Léaz").welcome_title == "Bienvenue sur le Portail Famille"
