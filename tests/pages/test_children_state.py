"""« Mes enfants »: what each act shows, what each refusal leaves."""

from datetime import date, timedelta

import pytest

from portail_app.access import Actor
from portail_app.models.bookings import Booking
from portail_app.models.requests import FamilyRequest
from portail_app.pages.family.children_state import ChildrenState
from portail_app.rules.cells import CellMark
from portail_app.rules.statuses import AbsenceReason
from portail_app.services import documents, requests
from portail_app.ui import french
from tests import factories as make
from tests import papers
from tests.factories import FRIDAY, THURSDAY, Household
from tests.pages.tab import Tab
from tests.services.scene import count

BOOKED_AND_CONFIRMED = {"reason": "family", "confirmed": "on", "comment": "", "certificate": ""}


@pytest.fixture
def tab(home: Household) -> Tab:
    return _tab(home)


def _tab(home: Household, query: str = "", actor: Actor | None = None) -> Tab:
    opened = Tab(actor or home.responsable, f"/mes-enfants{query}")
    opened.call(ChildrenState, "load")
    return opened


def _mark(tab: Tab, on: date) -> str:
    (marks,) = tab[ChildrenState].marks
    return marks[on.day - 1]


def _form(canteen: int, on: date = THURSDAY, **values: str) -> dict[str, str]:
    return {**BOOKED_AND_CONFIRMED, "cell": f"{canteen}:{on.isoformat()}", **values}


def _error(tab: Tab) -> tuple[str, str]:
    state = tab[ChildrenState]
    return state.error_field, state.error_text


def test_the_page_opens_on_the_first_child_and_this_month(tab: Tab, home: Household) -> None:
    state = tab[ChildrenState]
    assert state.loaded
    assert [child["name"] for child in state.children] == ["Emma"]
    assert (state.child_name, state.month_name) == ("Emma", "novembre 2026")
    assert state.previous_href == f"/mes-enfants?enfant={home.child_id}&mois=2026-10"
    assert state.next_href == f"/mes-enfants?enfant={home.child_id}&mois=2026-12"
    assert [row["name"] for row in state.rows] == ["Cantine"]
    assert len(state.days) == 30


def test_the_address_chooses_the_child_and_the_month(home: Household) -> None:
    louis = make.a_child("Louis", "Perrin", home.id)
    state = _tab(home, f"?enfant={louis}&mois=2027-01")[ChildrenState]
    assert (state.child_name, state.month_name) == ("Louis", "janvier 2027")
    assert state.rows == []


@pytest.mark.parametrize("month", ["2026-13", "demain", "1999-12", "2101-01", "9999-12", "0000-01", ""])
def test_an_address_of_no_month_opens_this_month(home: Household, month: str) -> None:
    tab = _tab(home, f"?mois={month}")
    assert tab[ChildrenState].loaded
    assert tab[ChildrenState].month_name == "novembre 2026"
    assert tab.said == ""


def test_the_child_of_another_family_is_not_in_the_address(home: Household) -> None:
    nguyen = make.nguyen()
    state = _tab(home, f"?enfant={nguyen.child_id}")[ChildrenState]
    assert (state.child_id, state.child_name) == (home.child_id, "Emma")


def test_a_family_without_children_is_told_so(canteen: int) -> None:
    state = _tab(make.family("Blanc", adults=("Zoé", "Luc")))[ChildrenState]
    assert state.loaded
    assert (state.children, state.child_id, state.rows) == ([], 0, [])


def test_asking_for_a_day_marks_its_cell_and_gives_its_number(tab: Tab, canteen: int) -> None:
    tab.call(ChildrenState, "ask_booking", f"{canteen}:{THURSDAY.isoformat()}")
    assert _mark(tab, THURSDAY) == CellMark.BOOKING_REQUESTED
    day = french.long_day(THURSDAY)
    assert tab.said == f"Demande n° D-2026-000001 envoyée à la mairie : Cantine, {day}, Emma Perrin."
    assert tab.tone == "done"


def test_a_double_click_is_one_request(tab: Tab, canteen: int) -> None:
    for _ in range(2):
        tab.call(ChildrenState, "ask_booking", f"{canteen}:{THURSDAY.isoformat()}")
    assert count(FamilyRequest) == 1
    assert "D-2026-000001" in tab.said


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 11, 24), "Réservation impossible : il fallait réserver avant le vendredi 20 novembre à 10 h 00."),
        (date(2026, 11, 28), "Réservation impossible ce jour-là : week-end."),
        (date(2027, 8, 2), "Réservation impossible ce jour-là : pas d’inscription à cette date."),
    ],
)
def test_a_day_that_cannot_be_asked_for_says_why_and_changes_nothing(
    tab: Tab, canteen: int, on: date, said: str
) -> None:
    before = list(tab[ChildrenState].marks)
    tab.call(ChildrenState, "ask_booking", f"{canteen}:{on.isoformat()}")
    assert (tab.said, tab.tone) == (said, "refused")
    assert tab[ChildrenState].marks == before
    assert count(FamilyRequest) == 0


def test_a_day_already_booked_says_so(tab: Tab, home: Household, canteen: int) -> None:
    make.book(home, canteen, THURSDAY)
    tab.call(ChildrenState, "ask_booking", f"{canteen}:{THURSDAY.isoformat()}")
    assert (tab.said, tab.tone) == ("Ce jour est déjà réservé.", "refused")


@pytest.mark.parametrize("cell", ["", "canteen:2026-11-26", "1:jeudi", "1:2026-02-30", "1", "9" * 5000 + ":2026-11-26"])
def test_a_cell_that_is_none_is_refused(tab: Tab, cell: str) -> None:
    tab.call(ChildrenState, "ask_booking", cell)
    assert (tab.said, tab.tone) == ("Choisissez un jour du calendrier.", "refused")
    assert count(FamilyRequest) == 0


def test_a_service_that_does_not_exist_is_not_found(tab: Tab) -> None:
    tab.call(ChildrenState, "ask_booking", f"999:{THURSDAY.isoformat()}")
    assert (tab.said, tab.tone) == ("Cet élément est introuvable.", "refused")


def test_an_absence_is_declared_with_its_number(tab: Tab, home: Household, canteen: int) -> None:
    make.book(home, canteen, THURSDAY)
    tab.call(ChildrenState, "declare_absence", _form(canteen, comment="  Chez sa grand-mère "))
    assert tab[ChildrenState].answer == "ok:1"
    assert _error(tab) == ("", "")
    assert _mark(tab, THURSDAY) == CellMark.ABSENCE_REQUESTED
    assert tab.said.startswith("Absence déclarée, demande n° D-2026-000001 : Cantine, jeudi 26")
    (view,) = requests.recent(home.responsable)
    assert (view.absence_reason, view.comment) == (AbsenceReason.FAMILY, "Chez sa grand-mère")


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"reason": ""}, ("reason", "Choisissez la raison de l’absence.")),
        ({"reason": "vacances"}, ("reason", "Choisissez la raison de l’absence.")),
        ({"confirmed": ""}, ("confirmed", "Cochez la case pour confirmer l’absence.")),
        ({"comment": "x" * 501}, ("comment", "Votre commentaire dépasse 500 caractères.")),
        ({"cell": ""}, ("form", "Choisissez un jour du calendrier.")),
        ({"certificate": "999"}, ("form", "Ce fichier n’est plus disponible : choisissez-le de nouveau.")),
        ({"certificate": "9" * 5000}, ("form", "Cet élément est introuvable.")),
    ],
)
def test_a_form_that_is_not_right_says_where_and_sends_nothing(
    tab: Tab, home: Household, canteen: int, values: dict[str, str], error: tuple[str, str]
) -> None:
    make.book(home, canteen, THURSDAY)
    tab.call(ChildrenState, "declare_absence", _form(canteen, **values))
    assert _error(tab) == error
    assert tab[ChildrenState].answer == "no:1"
    assert count(FamilyRequest) == 0


def test_an_absence_on_a_day_that_is_not_booked_is_refused_in_the_form(tab: Tab, canteen: int) -> None:
    tab.call(ChildrenState, "declare_absence", _form(canteen, FRIDAY))
    assert _error(tab) == ("form", "Ce jour n’est pas réservé : il n’y a pas d’absence à déclarer.")


def test_the_form_hears_each_answer_even_the_same_one_again(tab: Tab, home: Household, canteen: int) -> None:
    make.book(home, canteen, THURSDAY)
    for _ in range(2):
        tab.call(ChildrenState, "declare_absence", _form(canteen, reason=""))
    assert tab[ChildrenState].answer == "no:2"
    tab.call(ChildrenState, "declare_absence", _form(canteen))
    assert tab[ChildrenState].answer == "ok:3"
    assert _error(tab) == ("", "")


def test_the_form_opens_again_without_the_error_of_another_day(tab: Tab, canteen: int) -> None:
    tab.call(ChildrenState, "declare_absence", _form(canteen, FRIDAY, reason=""))
    assert _error(tab) != ("", "")
    tab.call(ChildrenState, "forget_error")
    assert _error(tab) == ("", "")


def test_a_certificate_sent_before_goes_with_the_absence(tab: Tab, home: Household, canteen: int) -> None:
    make.book(home, canteen, THURSDAY)
    paper = documents.store_certificate(home.responsable, home.child_id, "certificat.pdf", papers.pdf())
    tab.call(ChildrenState, "declare_absence", _form(canteen, reason="medical", certificate=str(paper.id)))
    (view,) = requests.recent(home.responsable)
    assert [document.file_name for document in view.documents] == ["certificat.pdf"]


def test_the_certificate_of_another_family_is_not_taken(tab: Tab, home: Household, canteen: int) -> None:
    make.book(home, canteen, THURSDAY)
    nguyen = make.nguyen()
    paper = documents.store_certificate(nguyen.responsable, nguyen.child_id, "certificat.pdf", papers.pdf())
    tab.call(ChildrenState, "declare_absence", _form(canteen, reason="medical", certificate=str(paper.id)))
    assert _error(tab)[1] == "Ce fichier n’est plus disponible : choisissez-le de nouveau."
    assert count(FamilyRequest) == 0


def test_what_somebody_else_changed_is_shown_and_said(tab: Tab, home: Household, canteen: int) -> None:
    make.book(home, canteen, THURSDAY)
    tab.call(ChildrenState, "refresh")
    assert _mark(tab, THURSDAY) == CellMark.RESERVED
    assert (tab.said, tab.tone) == (
        "Emma, cantine, jeudi 26\N{NO-BREAK SPACE}novembre\N{NO-BREAK SPACE}2026 : réservé.",
        "news",
    )


def test_the_news_of_several_days_names_the_first_and_counts_the_others(
    tab: Tab, home: Household, canteen: int
) -> None:
    for day in (THURSDAY, FRIDAY):
        make.book(home, canteen, day)
    tab.call(ChildrenState, "refresh")
    assert tab.said.endswith(" : réservé, et 1\N{NO-BREAK SPACE}autre jour.")


def test_a_refresh_without_news_says_nothing(tab: Tab) -> None:
    tab.call(ChildrenState, "refresh")
    assert tab.said == ""


def test_both_parents_ask_for_the_same_day_and_the_second_is_told(home: Household, canteen: int) -> None:
    claire, julien = _tab(home), _tab(home, actor=home.conjoint)
    cell = f"{canteen}:{THURSDAY.isoformat()}"
    claire.call(ChildrenState, "ask_booking", cell)
    julien.call(ChildrenState, "ask_booking", cell)
    assert (julien.said, julien.tone) == ("Une réservation est déjà demandée pour ce jour.", "refused")
    assert count(FamilyRequest) == 1
    assert count(Booking) == 0


def test_a_past_month_shows_its_days_as_past(home: Household) -> None:
    state = _tab(home, "?mois=2026-10")[ChildrenState]
    assert state.upcoming == []
    assert state.past
    today = _tab(home)[ChildrenState]
    assert today.upcoming[0] == (date(2026, 11, 23) - date(2026, 11, 1)) // timedelta(days=1)
