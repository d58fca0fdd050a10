"""« Liste des demandes »: filters, taking back, joining a certificate."""

from datetime import timedelta

import pytest
from sqlmodel import select

from portail_app import clock, db
from portail_app.access import Actor
from portail_app.models.exchanges import OutgoingEmail
from portail_app.models.requests import FamilyRequest, RequestEvent
from portail_app.pages.family.requests import RequestsState
from portail_app.rules.statuses import AbsenceReason, RequestKind
from portail_app.services import documents, requests
from portail_app.ui import french
from tests import factories as make
from tests import papers
from tests.factories import FRIDAY, NOW, THURSDAY, Household
from tests.pages.tab import Tab
from tests.services.scene import ask, count, medical

PHONE = {"mobile_phone": "06 98 76 54 32", "home_phone": ""}


def _tab(actor: Actor) -> Tab:
    opened = Tab(actor, "/liste-des-demandes")
    opened.call(RequestsState, "load")
    return opened


def _numbers(tab: Tab) -> list[str]:
    return [row["number"] for row in tab[RequestsState].rows]


def _paper(home: Household) -> int:
    return documents.store_certificate(home.responsable, home.child_id, "certificat.pdf", papers.pdf()).id


@pytest.fixture
def pending(home: Household, canteen: int) -> requests.RequestView:
    return ask(home, canteen)


def test_a_family_that_asked_for_nothing_sees_an_empty_list(home: Household) -> None:
    state = _tab(home.responsable)[RequestsState]
    assert (state.loaded, state.rows, state.kinds) == (True, [], [])


def test_a_request_is_shown_in_the_words_of_the_notice(home: Household, pending: requests.RequestView) -> None:
    (row,) = _tab(home.responsable)[RequestsState].rows
    assert (row["number"], row["title"]) == ("D-2026-000001", "Réservation · Cantine")
    assert (row["child"], row["status"], row["author"]) == ("Emma Perrin", "pending", "Claire Perrin")
    assert (row["can_withdraw"], row["can_attach"], row["by_staff"]) == (True, False, False)


def test_both_parents_see_it_and_nobody_else(home: Household, pending: requests.RequestView) -> None:
    assert _numbers(_tab(home.conjoint)) == [pending.number]
    assert _numbers(_tab(make.nguyen().responsable)) == []


def test_each_filter_shows_its_requests_and_the_rest_comes_back(home: Household, canteen: int) -> None:
    ask(home, canteen)
    refused = ask(home, canteen, FRIDAY)
    requests.refuse(make.agent(), refused.id, "Complet.")
    requests.ask_contact_change(home.responsable, home.id, RequestKind.PHONE, PHONE)
    tab = _tab(home.responsable)
    every = _numbers(tab)
    assert len(every) == 3
    assert tab[RequestsState].kinds == [("reservation", "Réservations"), ("telephone", "Téléphone")]

    shown = {}
    for handler, value in [
        ("choose_scope", "mon-compte"),
        ("choose_scope", "mes-enfants"),
        ("choose_status", "refused"),
        ("choose_kind", "absence"),
    ]:
        tab.call(RequestsState, handler, value)
        shown[value] = len(_numbers(tab))
    assert shown == {"mon-compte": 1, "mes-enfants": 2, "refused": 1, "absence": 0}
    for handler in ("choose_scope", "choose_status", "choose_kind"):
        tab.call(RequestsState, handler, "")
    assert _numbers(tab) == every


@pytest.mark.parametrize("handler", ["choose_scope", "choose_kind", "choose_status"])
def test_a_filter_that_does_not_exist_is_no_filter(
    home: Household, pending: requests.RequestView, handler: str
) -> None:
    tab = _tab(home.responsable)
    tab.call(RequestsState, handler, "' OR 1=1 --")
    assert _numbers(tab) == [pending.number]
    state = tab[RequestsState]
    assert (state.scope, state.kind, state.status) == ("", "", "")


def test_an_old_request_leaves_the_list_once_it_is_answered(home: Household, canteen: int) -> None:
    old, answered = ask(home, canteen), ask(home, canteen, FRIDAY)
    requests.refuse(make.agent(), answered.id, "Complet.")
    with clock.frozen_at(NOW + timedelta(days=32)):
        assert _numbers(_tab(home.responsable)) == [old.number]


def test_a_request_taken_back_says_so_and_cannot_be_taken_back_again(
    home: Household, pending: requests.RequestView
) -> None:
    tab = _tab(home.responsable)
    tab.call(RequestsState, "withdraw", pending.id)
    assert (tab.said, tab.tone) == ("Demande n° D-2026-000001 retirée.", "done")
    (row,) = tab[RequestsState].rows
    assert (row["status"], row["can_withdraw"]) == ("withdrawn", False)
    assert row["answered"] == f"retirée {french.short_instant(NOW)}"
    written = count(RequestEvent), count(OutgoingEmail)

    tab.call(RequestsState, "withdraw", pending.id)
    assert (tab.said, tab.tone) == ("Cette demande a été retirée.", "refused")
    assert (count(RequestEvent), count(OutgoingEmail)) == written


def test_a_request_answered_meanwhile_is_refused_and_shown_as_it_is(
    home: Household, pending: requests.RequestView
) -> None:
    tab = _tab(home.responsable)
    requests.accept(make.agent(), pending.id)
    tab.call(RequestsState, "withdraw", pending.id)
    assert (tab.said, tab.tone) == ("Cette demande a déjà été traitée.", "refused")
    assert [row["status"] for row in tab[RequestsState].rows] == ["accepted"]
    assert tab[RequestsState].rows[0]["answered"] == f"réponse {french.short_instant(NOW)}"


def test_a_change_of_contact_data_is_led_by_what_changes_without_its_kind_again(home: Household) -> None:
    requests.ask_contact_change(home.responsable, home.id, RequestKind.PHONE, {"home_phone": "04 50 00 00 00"})
    (row,) = _tab(home.responsable)[RequestsState].rows
    assert row["title"] == "Téléphone du domicile : — → 04 50 00 00 00"


@pytest.mark.parametrize("request_id", [0, -1, 999, 2**40])
def test_a_request_that_does_not_exist_is_not_found(
    home: Household, pending: requests.RequestView, request_id: int
) -> None:
    tab = _tab(home.responsable)
    tab.call(RequestsState, "withdraw", request_id)
    assert (tab.said, tab.tone) == ("Cet élément est introuvable.", "refused")
    assert _numbers(tab) == [pending.number]


def test_the_request_of_another_family_looks_the_same_as_none(pending: requests.RequestView) -> None:
    tab = _tab(make.nguyen().responsable)
    tab.call(RequestsState, "withdraw", pending.id)
    assert (tab.said, tab.tone) == ("Cet élément est introuvable.", "refused")
    with db.reading() as session:
        assert session.exec(select(FamilyRequest.status)).one() == "pending"


def test_a_certificate_is_joined_afterwards(home: Household, canteen: int) -> None:
    absence = medical(home, canteen)
    tab = _tab(home.responsable)
    (row,) = tab[RequestsState].rows
    assert (row["absence"], row["certificate"], row["can_attach"]) == ("Raison médicale", "Certificat attendu", True)
    tab.call(RequestsState, "attach", absence.id, _paper(home))
    assert (tab.said, tab.tone) == ("Certificat joint à la demande n° D-2026-000001.", "done")
    (row,) = tab[RequestsState].rows
    assert (row["certificate"], row["can_attach"]) == ("Certificat reçu", False)
    assert [paper["name"] for paper in row["papers"]] == ["certificat.pdf"]


def test_a_certificate_that_nobody_awaits_is_refused(home: Household, pending: requests.RequestView) -> None:
    tab = _tab(home.responsable)
    tab.call(RequestsState, "attach", pending.id, _paper(home))
    assert (tab.said, tab.tone) == ("Cette demande n’attend pas de certificat.", "refused")
    assert tab[RequestsState].rows[0]["papers"] == []


def test_a_certificate_that_is_gone_is_asked_for_again(home: Household, canteen: int) -> None:
    absence = medical(home, canteen)
    tab = _tab(home.responsable)
    tab.call(RequestsState, "attach", absence.id, 999)
    assert (tab.said, tab.tone) == ("Ce fichier n’est plus disponible : choisissez-le de nouveau.", "refused")


def test_the_answer_of_the_town_hall_appears_and_is_said(home: Household, pending: requests.RequestView) -> None:
    tab = _tab(home.responsable)
    requests.refuse(make.agent(), pending.id, "La sortie est complète.")
    tab.call(RequestsState, "refresh")
    assert (tab.said, tab.tone) == ("Demande n° D-2026-000001 : refusée.", "news")
    assert tab[RequestsState].rows[0]["reason"] == "La sortie est complète."


def test_a_refresh_without_news_says_nothing(home: Household, canteen: int) -> None:
    tab = _tab(home.responsable)
    ask(home, canteen)
    tab.call(RequestsState, "refresh")
    assert len(_numbers(tab)) == 1
    assert tab.said == ""


def test_what_the_town_hall_entered_says_so(home: Household, canteen: int, agent: Actor) -> None:
    make.book(home, canteen, THURSDAY)
    requests.declare_absence(agent, home.child_id, canteen, THURSDAY, AbsenceReason.OTHER)
    (row,) = _tab(home.responsable)[RequestsState].rows
    assert (row["by_staff"], row["author"]) == (True, "La mairie")
