"""Come in, change a password, come back with a forgotten one, and leave."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from portail_app import clock, db
from portail_app.demo.sign_ins import STAFF_PASSWORD
from portail_app.models.people import AuthSession
from portail_app.services import auth
from tests import accounts
from tests.e2e.conftest import PHONE, WIDTHS, Visitor, forgive, sign_in
from tests.e2e.homes import Home, cell, choice, fontaine, notice, open_calendar

pytestmark = pytest.mark.usefixtures("data")
WRONG = "Identifiant ou mot de passe incorrect."
NEW = "Tilleul-Vert-26"
CRITERIA = (
    "au moins 8 caractères",
    "au moins une lettre majuscule",
    "au moins une lettre minuscule",
    "au moins un chiffre",
)


@WIDTHS
def test_a_wrong_password_keeps_the_identifier_and_says_why(visitor: Visitor, viewport: dict[str, int]) -> None:
    page = visitor(viewport)
    _try(page, "martin", "Pas-le-bon-1")
    expect(page.get_by_role("alert")).to_have_text(WRONG)
    expect(page.get_by_label("Identifiant", exact=True)).to_have_value("martin")
    expect(page.get_by_label("Mot de passe", exact=True)).to_have_value("")


def test_an_unknown_identifier_gets_the_same_words(visitor: Visitor) -> None:
    page = visitor()
    _try(page, "personne", "Pas-le-bon-1")
    expect(page.get_by_role("alert")).to_have_text(WRONG)


def test_who_asks_for_a_page_comes_back_to_it_after_the_sign_in(visitor: Visitor) -> None:
    accounts.parent("suite.dupont")
    page = visitor()
    page.goto("/mes-enfants?mois=2027-03")
    expect(page).to_have_url(re.compile("/connexion"))
    page.get_by_label("Identifiant", exact=True).fill("suite.dupont")
    page.get_by_label("Mot de passe", exact=True).fill(accounts.GOOD)
    page.get_by_role("button", name="Connexion", exact=True).click()
    expect(page).to_have_url(re.compile(r"/mes-enfants/?\?mois=2027-03$"))


def test_a_password_is_shown_when_asked_and_hidden_again(visitor: Visitor) -> None:
    page = visitor()
    page.goto("/connexion")
    field = page.get_by_label("Mot de passe", exact=True)
    field.fill("Secret-1")
    page.get_by_role("button", name="Afficher le mot de passe").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Masquer le mot de passe").click()
    expect(field).to_have_attribute("type", "password")


@WIDTHS
def test_the_criteria_of_the_notice_are_judged_while_typing(visitor: Visitor, viewport: dict[str, int]) -> None:
    account = accounts.parent(f"criteres.{viewport['width']}", must_change_password=True)
    page = visitor(viewport, account=account)
    page.goto("/accueil")
    expect(page).to_have_url(re.compile("/mot-de-passe$"))
    field = page.get_by_label("Nouveau mot de passe", exact=True)
    for typed, met in (("", 0), ("é", 1), ("éÀ", 2), ("éÀ7", 3), ("éÀ7-----", 4)):
        field.fill(typed)
        expect(page.locator(".criteria li.is-met:visible")).to_have_count(met)
    for sentence in CRITERIA:
        expect(page.get_by_text(f"{sentence} : rempli")).to_be_attached()
    field.fill("éÀ-------")
    expect(page.get_by_text("au moins un chiffre : à compléter")).to_be_attached()


@WIDTHS
def test_after_the_forced_change_the_home_page_says_that_the_password_is_changed_once(
    visitor: Visitor, viewport: dict[str, int]
) -> None:
    identifier = f"premiere.{viewport['width']}"
    accounts.parent(identifier, must_change_password=True)
    page = visitor(viewport)
    sign_in(page, identifier, accounts.GOOD)
    expect(page).to_have_url(re.compile("/mot-de-passe$"))
    expect(page.get_by_text("choisissez un mot de passe que personne d’autre ne connaît")).to_be_visible()
    _choose(page, "Fenouil")
    expect(page.get_by_text("Le mot de passe doit comporter")).to_be_visible()
    _choose(page, NEW)
    expect(page).to_have_url(re.compile("/accueil$"))
    expect(notice(page, "Votre mot de passe est changé.")).to_be_visible()
    page.get_by_role("link", name="Liste des demandes", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Liste des demandes")).to_be_visible()
    expect(notice(page, "Votre mot de passe est changé.")).to_be_hidden()
    page.get_by_role("link", name="Accueil", exact=True).click()
    expect(page.get_by_role("heading", name="Factures impayées")).to_be_visible()
    expect(notice(page, "Votre mot de passe est changé.")).to_be_hidden()


def test_an_agent_who_changes_a_password_is_told_on_the_queue(visitor: Visitor) -> None:
    page = visitor(account=accounts.staff("agnes.queue"))
    page.goto("/mot-de-passe")
    page.get_by_label("Mot de passe actuel").fill(accounts.OTHER)
    _choose(page, NEW)
    expect(page.get_by_text("Le mot de passe actuel n’est pas le bon.")).to_be_visible()
    page.get_by_label("Mot de passe actuel").fill(accounts.GOOD)
    _choose(page, NEW, again="Tilleul-Vert-27")
    expect(page.get_by_text("Les deux saisies du nouveau mot de passe sont différentes.")).to_be_visible()
    page.get_by_label("Mot de passe actuel").fill(accounts.GOOD)
    _choose(page, NEW)
    expect(page).to_have_url(re.compile("/agents/demandes$"))
    expect(notice(page, "Votre mot de passe est changé.")).to_be_visible()


def test_a_forgotten_password_is_replaced_through_the_link_of_the_courriels_page_once(visitor: Visitor) -> None:
    accounts.parent("oubli.dupont", email="oubli.dupont@example.fr")
    family, agent = visitor(PHONE), visitor()
    family.goto("/connexion")
    family.get_by_role("link", name="Mot de passe oublié ?").click()
    expect(family.get_by_role("heading", level=1, name="Mot de passe oublié ?")).to_be_focused()
    family.get_by_label("Identifiant", exact=True).fill("oubli.dupont")
    family.get_by_role("button", name="Recevoir le lien").click()
    expect(family.get_by_text("Si un compte porte cet identifiant")).to_be_visible()
    link = _link_in_the_mails(agent, "oubli.dupont@example.fr")

    family.goto(link)
    _choose(family, NEW)
    expect(family).to_have_url(re.compile("/connexion$"))
    expect(family.get_by_text("Votre nouveau mot de passe est enregistré.")).to_be_visible()
    sign_in(family, "oubli.dupont", NEW)
    expect(family.get_by_role("heading", level=1, name="Accueil")).to_be_visible()

    stranger = visitor()
    stranger.goto(link)
    _choose(stranger, "Platane-Bleu-58")
    expect(stranger.get_by_text("Ce lien n’est plus valable")).to_be_visible()


def test_signing_out_leads_to_the_site_of_the_commune_and_closes_the_pages(visitor: Visitor) -> None:
    page = visitor(PHONE, account=accounts.parent("sortie.dupont"))
    page.route("https://www.leaz.fr/**", lambda route: route.fulfill(body="Le site de la commune"))
    page.goto("/accueil")
    page.get_by_role("button", name="Mon menu personnel").click()
    page.get_by_role("button", name="Déconnexion", exact=True).click()
    page.wait_for_url("https://www.leaz.fr/**")
    page.goto("/accueil")
    expect(page).to_have_url(re.compile("/connexion"))


@pytest.fixture
def home() -> Home:
    return fontaine()


def test_a_session_ended_elsewhere_leads_to_the_sign_in_at_the_next_act(visitor: Visitor, home: Home) -> None:
    page = visitor(account=home.account)
    open_calendar(page, home)
    cell(page, home, home.days[0]).click()
    auth.sign_out_everywhere(home.actor)
    choice(page, "Demande de Réservation").click()
    expect(page).to_have_url(re.compile("/connexion"))
    expect(page.get_by_text("Votre session est terminée. Identifiez-vous de nouveau.")).to_be_visible()
    assert home.asked() == []


@WIDTHS
def test_before_its_end_a_session_is_prolonged_by_one_button(
    visitor: Visitor, home: Home, viewport: dict[str, int]
) -> None:
    page = visitor(viewport, account=home.account)
    open_calendar(page, home)
    _let_only(timedelta(minutes=3), home.account)
    warning = page.get_by_role("dialog", name="Êtes-vous toujours là ?")
    _ask_again(page)
    expect(warning).to_be_visible()
    expect(warning).to_contain_text("dans 3 minutes")
    expect(warning.get_by_role("button", name="Rester connecté")).to_be_focused()
    warning.get_by_role("button", name="Rester connecté").click()
    expect(warning).to_be_hidden()
    _ask_again(page)
    expect(warning).to_be_hidden()
    assert _minutes_left(home.account) > 50


def test_a_session_that_ends_on_an_open_page_leads_to_the_sign_in_and_back(
    visitor: Visitor, home: Home, complaints: list[str]
) -> None:
    page = visitor(account=home.account)
    open_calendar(page, home)
    _let_only(timedelta(0), home.account)
    _ask_again(page)
    expect(page).to_have_url(re.compile("/connexion.*suite=/mes-enfants"))
    forgive(complaints, "401")
    expect(page.get_by_text("Votre session est terminée. Identifiez-vous de nouveau.")).to_be_visible()


def _try(page: Page, identifier: str, password: str) -> None:
    page.goto("/connexion")
    page.get_by_label("Identifiant", exact=True).fill(identifier)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.get_by_role("button", name="Connexion", exact=True).click()


def _choose(page: Page, password: str, again: str = "") -> None:
    page.get_by_label("Nouveau mot de passe", exact=True).fill(password)
    page.get_by_label("Nouveau mot de passe, encore une fois").fill(again or password)
    page.get_by_role("button", name="Enregistrer").click()


def _link_in_the_mails(agent: Page, address: str) -> str:
    """Read the e-mail as the demo shows it, and return the path of its link."""
    sign_in(agent, "agent", STAFF_PASSWORD)
    agent.get_by_role("link", name="Courriels").click()
    mail = agent.get_by_role("listitem").filter(has_text=f"à {address}").first
    mail.locator("summary").click()
    found = re.search(r"/nouveau-mot-de-passe#\S+", mail.inner_text())
    assert found
    return found.group()


def _let_only(left: timedelta, account: int) -> None:
    with db.transaction() as session:
        session.execute(_of(account).values(expires_at=clock.now() + left))


def _minutes_left(account: int) -> float:
    with db.reading() as session:
        end = session.scalars(sa.select(AuthSession.expires_at).where(AuthSession.account_id == account)).one()
    return (end - clock.now()).total_seconds() / 60


def _of(account: int) -> sa.Update:
    return sa.update(AuthSession).where(AuthSession.account_id == account)


def _ask_again(page: Page) -> None:
    """Let the page ask for the end of its session, as it does when its tab comes back to the front."""
    with page.expect_response("**/session"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
