"""The native forms of sign-in, as a browser sends them."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from portail_app import clock
from portail_app.access import Role
from portail_app.http import sign_in
from portail_app.http.cookies import Flash, read_flash, session_token
from portail_app.http.same_origin import SameOrigin
from portail_app.services import auth
from tests.accounts import GOOD, OTHER, account, leaz, parent, queued, signed_in, staff

HOST = "famille.leaz.fr"
pytestmark = pytest.mark.usefixtures("sqlite_database")
SENTENCE = "Identifiant ou mot de passe incorrect."


@pytest.fixture
def browser() -> TestClient:
    return TestClient(Starlette(routes=sign_in.routes), follow_redirects=False, base_url=f"http://{HOST}")


def flash(browser: TestClient, page: str) -> Flash | None:
    return read_flash("; ".join(f"{name}={value}" for name, value in browser.cookies.items()), page)


def connect(browser: TestClient, identifier: str = "lea.martin", password: str = GOOD, **more: str) -> httpx.Response:
    return browser.post("/connexion", data={"identifier": identifier, "password": password, **more})


def with_session(browser: TestClient, account_id: int) -> str:
    token = signed_in(account_id)
    browser.cookies.set("portail_session", token, domain=HOST, path="/")
    return token


def test_a_parent_arrives_at_home_with_a_session_out_of_reach_of_scripts(browser: TestClient) -> None:
    account_id = parent()
    answer = connect(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/accueil")
    [cookie] = [line for line in answer.headers.get_list("set-cookie") if line.startswith("portail_session=")]
    assert re.fullmatch(r"portail_session=[\w-]{43}; HttpOnly; Path=/; SameSite=lax", cookie)
    actor = auth.actor_of(browser.cookies["portail_session"])
    assert actor is not None
    assert actor.account_id == account_id
    assert answer.headers["cache-control"] == "no-store"


def test_behind_https_the_cookie_is_secure_and_tied_to_this_very_host(use_settings: Callable) -> None:
    use_settings(public_url="https://famille.leaz.fr")
    parent()
    browser = TestClient(Starlette(routes=sign_in.routes), follow_redirects=False, base_url=f"https://{HOST}")
    answer = connect(browser)
    [cookie] = [line for line in answer.headers.get_list("set-cookie") if "session" in line]
    assert re.fullmatch(r"__Host-portail_session=[\w-]{43}; HttpOnly; Path=/; SameSite=lax; Secure", cookie)
    assert session_token(f"portail_session=other; {cookie.split(';')[0]}") == browser.cookies["__Host-portail_session"]


def test_an_agent_arrives_at_the_queue_of_requests(browser: TestClient) -> None:
    staff()
    assert connect(browser, "agnes").headers["location"] == "/agents/demandes"


def test_a_first_password_leads_to_the_change_whatever_page_was_asked(browser: TestClient) -> None:
    parent(must_change_password=True)
    assert connect(browser, suite="/mes-enfants").headers["location"] == "/mot-de-passe"


@pytest.mark.parametrize(
    ("suite", "destination"),
    [
        ("/mes-enfants?enfant=3&mois=2026-11", "/mes-enfants?enfant=3&mois=2026-11"),
        ("/liste-des-demandes", "/liste-des-demandes"),
        ("", "/accueil"),
        ("/agents/demandes", "/accueil"),
        ("//voleur.example/accueil", "/accueil"),
        ("/\\voleur.example", "/accueil"),
        ("https://voleur.example/accueil", "/accueil"),
        ("accueil", "/accueil"),
        ("/accueil\r\nSet-Cookie: a=b", "/accueil"),
        ("/accueil/../agents/demandes", "/accueil"),
        ("/deconnexion", "/accueil"),
        ("/accueil?" + "x" * 300, "/accueil"),
    ],
)
def test_the_page_asked_before_is_opened_only_if_it_is_hers_on_this_site(
    suite: str, destination: str, browser: TestClient
) -> None:
    parent()
    assert connect(browser, suite=suite).headers["location"] == destination


def test_an_agent_follows_only_agents_pages(browser: TestClient) -> None:
    staff()
    assert connect(browser, "agnes", suite="/mes-enfants").headers["location"] == "/agents/demandes"
    assert connect(browser, "agnes", suite="/agents/courriels").headers["location"] == "/agents/courriels"


@pytest.mark.parametrize("identifier", ["lea.martin", "personne"])
def test_a_failure_says_the_same_sentence_and_gives_the_identifier_back(identifier: str, browser: TestClient) -> None:
    parent()
    answer = connect(browser, identifier, "Mauvais-mot-1", suite="/mes-enfants?enfant=3")
    assert (answer.status_code, answer.headers["location"]) == (303, "/connexion?suite=/mes-enfants%3Fenfant%3D3")
    assert flash(browser, "/connexion") == Flash("/connexion", SENTENCE, identifier=identifier)
    assert "portail_session" not in browser.cookies


def test_a_failure_puts_nothing_typed_in_the_address_and_no_password_anywhere(browser: TestClient) -> None:
    parent()
    answer = connect(browser, "lea.martin", "Mauvais-mot-1", suite="https://voleur.example")
    assert answer.headers["location"] == "/connexion"
    assert "Mauvais" not in str(flash(browser, "/connexion")) + str(answer.headers) + answer.text


def test_the_sentence_lives_one_minute(browser: TestClient, at: Callable) -> None:
    start = clock.now()
    with at(start):
        answer = connect(browser)
    [cookie] = [line for line in answer.headers.get_list("set-cookie") if line.startswith("portail_message=")]
    assert re.search(r"; HttpOnly; Max-Age=60; Path=/; SameSite=lax$", cookie)
    header = cookie.partition(";")[0]
    with at(start + timedelta(seconds=59)):
        assert read_flash(header, "/connexion") is not None
    with at(start + timedelta(seconds=60)):
        assert read_flash(header, "/connexion") is None


def test_the_sentence_is_for_its_own_page_and_cannot_be_written_by_others(browser: TestClient) -> None:
    connect(browser)
    assert flash(browser, "/mot-de-passe") is None
    name, value = "portail_message", browser.cookies["portail_message"]
    for forged in (
        value[:-1] + ("0" if value[-1] != "0" else "1"),
        "x" + value,
        value.partition(".")[0],
        "a.é",
        "",
        ".",
    ):
        assert read_flash(f"{name}={forged}", "/connexion") is None


def test_success_forgets_the_sentence_of_the_failure(browser: TestClient) -> None:
    parent()
    connect(browser, password="Mauvais-mot-1")
    connect(browser)
    assert "portail_message" not in browser.cookies


def test_signing_in_again_ends_the_session_of_this_browser(browser: TestClient) -> None:
    parent()
    before = with_session(browser, staff())
    connect(browser)
    assert auth.actor_of(before) is None
    assert browser.cookies["portail_session"] != before


def test_a_failed_sign_in_keeps_the_present_session(browser: TestClient) -> None:
    token = with_session(browser, parent())
    connect(browser, password="Mauvais-mot-1")
    assert auth.actor_of(token) is not None


def test_the_delay_is_told_on_the_sign_in_page(browser: TestClient, at: Callable) -> None:
    parent()
    with at(clock.now()):
        for _ in range(6):
            connect(browser, password="Mauvais-mot-1")
        said = flash(browser, "/connexion")
    assert said is not None
    assert said.message == "Trop d’essais. Réessayez dans 30 secondes."


@pytest.mark.parametrize(
    ("hops", "forwarded", "same"),
    [(0, "203.0.113.{n}", True), (1, "203.0.113.{n}", False), (1, "203.0.113.{n}, 198.51.100.7", True)],
)
def test_attempts_are_counted_on_the_address_told_by_the_trusted_proxy(
    hops: int, forwarded: str, same: bool, browser: TestClient, use_settings: Callable
) -> None:
    use_settings(trusted_proxy_hops=hops)
    with clock.frozen_at(clock.now()):
        for number in range(21):
            headers = {"x-forwarded-for": forwarded.format(n=number)}
            browser.post("/connexion", data={"identifier": f"essai{number}", "password": "x"}, headers=headers)
        said = flash(browser, "/connexion")
    assert said is not None
    assert ("Trop d’essais" in said.message) is same


def test_signing_out_ends_the_session_and_leads_to_the_commune_s_site(browser: TestClient) -> None:
    leaz()
    token = with_session(browser, parent())
    answer = browser.post("/deconnexion")
    assert (answer.status_code, answer.headers["location"]) == (303, "https://www.leaz.fr")
    assert auth.actor_of(token) is None
    assert "portail_session" not in browser.cookies


def test_signing_out_without_a_site_leads_to_the_sign_in_even_twice(browser: TestClient) -> None:
    with_session(browser, parent())
    for _ in range(2):
        assert browser.post("/deconnexion").headers["location"] == "/connexion"


def test_a_link_cannot_sign_somebody_out(browser: TestClient) -> None:
    token = with_session(browser, parent())
    assert browser.get("/deconnexion").status_code == 405
    assert auth.actor_of(token) is not None


def test_signing_out_everywhere_ends_the_other_devices_and_says_so(browser: TestClient) -> None:
    account_id = parent()
    phone = signed_in(account_id)
    with_session(browser, account_id)
    assert browser.post("/deconnexion-partout").headers["location"] == "/connexion"
    assert auth.actor_of(phone) is None
    assert flash(browser, "/connexion") == Flash(
        "/connexion", "Vous êtes déconnecté de tous vos appareils.", is_error=False
    )


def test_a_page_learns_when_its_session_ends_and_can_make_it_last(browser: TestClient, at: Callable) -> None:
    start = clock.now()
    with at(start):
        with_session(browser, parent())
    with at(start + timedelta(minutes=50)):
        assert browser.get("/session").json() == {"expires_in": 600, "warning": 300, "can_extend": True}
        assert browser.post("/session/prolonger").json() == {"expires_in": 3600, "warning": 300, "can_extend": True}
        assert browser.get("/session").json()["expires_in"] == 3600


def test_without_a_session_the_page_is_told_so(browser: TestClient) -> None:
    for answer in (browser.get("/session"), browser.post("/session/prolonger")):
        assert (answer.status_code, answer.json()) == (401, {"expires_in": 0})


def test_a_parent_changes_her_password_and_keeps_a_new_session(browser: TestClient) -> None:
    before = with_session(browser, parent())
    answer = browser.post("/mot-de-passe", data={"current": GOOD, "new": OTHER, "confirm": OTHER})
    assert (answer.status_code, answer.headers["location"]) == (303, "/accueil")
    after = browser.cookies["portail_session"]
    assert (auth.actor_of(before), auth.actor_of(after) is None) == (None, False)
    said = flash(browser, "/accueil")
    assert said is not None
    assert (said.message, said.is_error) == ("Votre mot de passe est changé.", False)


def test_a_forced_change_needs_only_the_new_password(browser: TestClient) -> None:
    with_session(browser, staff(must_change_password=True))
    answer = browser.post("/mot-de-passe", data={"new": OTHER, "confirm": OTHER})
    assert answer.headers["location"] == "/agents/demandes"
    assert not account("agnes").must_change_password


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        (("Mauvais-mot-1", OTHER, OTHER), "current", "Le mot de passe actuel n’est pas le bon."),
        ((GOOD, OTHER, OTHER + "x"), "confirm", "Les deux saisies du nouveau mot de passe sont différentes."),
        ((GOOD, "court", "court"), "new", "Le mot de passe doit comporter au moins 8 caractères"),
    ],
)
def test_a_refused_change_comes_back_to_its_field_without_any_password(
    typed: tuple[str, str, str], field: str, sentence: str, browser: TestClient
) -> None:
    token = with_session(browser, parent())
    answer = browser.post("/mot-de-passe", data=dict(zip(("current", "new", "confirm"), typed, strict=True)))
    said = flash(browser, "/mot-de-passe")
    assert answer.headers["location"] == "/mot-de-passe"
    assert said is not None
    assert (said.field, said.is_error, said.identifier) == (field, True, "")
    assert said.message.startswith(sentence)
    assert auth.actor_of(token) is not None


def test_nobody_changes_a_password_without_a_session(browser: TestClient) -> None:
    answer = browser.post("/mot-de-passe", data={"current": GOOD, "new": OTHER, "confirm": OTHER})
    assert (answer.status_code, answer.headers["location"]) == (303, "/connexion")


def test_asking_for_a_link_answers_the_same_to_everybody(browser: TestClient) -> None:
    parent()
    heard = []
    for identifier in ("lea.martin", "personne"):
        answer = browser.post("/mot-de-passe-oublie", data={"identifier": identifier})
        heard.append((answer.status_code, answer.headers["location"], flash(browser, "/mot-de-passe-oublie")))
    assert heard[0] == heard[1]
    assert heard[0][:2] == (303, "/mot-de-passe-oublie")
    assert [email.recipient for email in queued()] == ["lea.martin@example.fr"]


def test_the_link_of_the_email_sets_a_new_password(browser: TestClient) -> None:
    parent()
    browser.post("/mot-de-passe-oublie", data={"identifier": "lea.martin"})
    [token] = re.findall(r"nouveau-mot-de-passe#(\S+)", queued()[0].text)
    answer = browser.post("/mot-de-passe-reinitialise", data={"token": token, "new": OTHER, "confirm": OTHER})
    assert answer.headers["location"] == "/connexion"
    assert connect(browser, password=OTHER).headers["location"] == "/accueil"


def test_a_refused_new_password_gives_the_link_back_where_no_server_reads_it(browser: TestClient) -> None:
    parent()
    browser.post("/mot-de-passe-oublie", data={"identifier": "lea.martin"})
    [token] = re.findall(r"nouveau-mot-de-passe#(\S+)", queued()[0].text)
    answer = browser.post("/mot-de-passe-reinitialise", data={"token": token, "new": "court", "confirm": "court"})
    assert answer.headers["location"] == f"/nouveau-mot-de-passe#{token}"
    said = flash(browser, "/nouveau-mot-de-passe")
    assert said is not None
    assert said.field == "new"


def test_a_dead_link_leads_to_asking_for_another(browser: TestClient) -> None:
    form = {"token": "x" * 43, "new": OTHER, "confirm": OTHER}
    answer = browser.post("/mot-de-passe-reinitialise", data=form)
    said = flash(browser, "/mot-de-passe-oublie")
    assert answer.headers["location"] == "/mot-de-passe-oublie"
    assert said is not None
    assert said.message.startswith("Ce lien n’est plus valable")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"identifier=" + b"a" * 20000, "application/x-www-form-urlencoded", 413),
        (b"&".join(b"a=1" for _ in range(30)), "application/x-www-form-urlencoded", 400),
        (b"identifier=%ff", "application/x-www-form-urlencoded", 400),
        (b"\xff", "application/x-www-form-urlencoded", 400),
        (b"{}", "application/json", 415),
        (b"identifier=a", "text/plain", 415),
        (b"", "multipart/form-data; boundary=x", 415),
    ],
)
def test_what_is_not_a_small_plain_form_is_refused(body: bytes, kind: str, status: int, browser: TestClient) -> None:
    assert browser.post("/connexion", content=body, headers={"content-type": kind}).status_code == status


def test_another_site_cannot_sign_somebody_in_or_out() -> None:
    parent()
    app = SameOrigin(Starlette(routes=sign_in.routes), "http://famille.leaz.fr")
    browser = TestClient(app, follow_redirects=False, base_url=f"http://{HOST}")
    token = with_session(browser, staff())
    hostile = {"origin": "https://voleur.example"}
    for path in ("/connexion", "/deconnexion", "/deconnexion-partout", "/mot-de-passe", "/session/prolonger"):
        assert (
            browser.post(path, data={"identifier": "lea.martin", "password": GOOD}, headers=hostile).status_code == 403
        )
    assert auth.actor_of(token) is not None


def test_no_identifier_password_nor_token_reaches_the_logs(
    browser: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    parent()
    with caplog.at_level(logging.INFO):
        connect(browser, password="Mauvais-mot-1")
        connect(browser)
        browser.post("/mot-de-passe", data={"current": GOOD, "new": OTHER, "confirm": OTHER})
        browser.post("/mot-de-passe-oublie", data={"identifier": "lea.martin"})
    written = " ".join(record.getMessage() for record in caplog.records if not record.name.startswith("httpx"))
    for secret in ("lea.martin", "Mauvais", GOOD, OTHER, browser.cookies["portail_session"]):
        assert secret not in written


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_home(role: Role) -> None:
    assert sign_in.home_of(role) in {"/accueil", "/agents/demandes"}
    assert sign_in.home_of(role, must_change_password=True) == "/mot-de-passe"
