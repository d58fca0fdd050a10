"""« Accueil »: the commune's message, what is to be paid, what was answered."""

from datetime import timedelta

import pytest

from portail_app import clock
from portail_app.access import Actor
from portail_app.pages.family.home import HomeState
from portail_app.services import requests
from portail_app.ui.session import SessionState
from tests import factories as make
from tests.factories import FRIDAY, NOW, THURSDAY, Household
from tests.pages.tab import Tab
from tests.services.scene import ask

NBSP = "\N{NO-BREAK SPACE}"


def _home(actor: Actor) -> HomeState:
    opened = Tab(actor, "/accueil")
    opened.call(HomeState, "load")
    return opened[HomeState]


def test_the_message_of_the_commune_comes_first(home: Household) -> None:
    state = _home(home.responsable)
    assert state.loaded
    assert state.message_title == "Bienvenue sur le Portail Famille"


def test_the_name_of_the_person_is_shown(home: Household) -> None:
    tab = Tab(home.responsable, "/accueil")
    tab.call(SessionState, "load")
    assert tab[SessionState].person == "Claire Perrin"


def test_a_family_that_owes_and_waits_for_nothing_is_left_in_peace(home: Household) -> None:
    state = _home(home.responsable)
    assert (state.unpaid, state.total_due, state.pending, state.answers) == ([], f"0,00{NBSP}€", "", [])


def test_unpaid_invoices_are_listed_with_what_remains(home: Household) -> None:
    whole, part, paid = (make.invoice(home.id, 4520) for _ in range(3))
    make.pay(home.id, part, 1000)
    make.pay(home.id, paid, 4520)
    state = _home(home.responsable)
    rows = {row["pdf"]: (row["balance"], row["status"]) for row in state.unpaid}
    assert rows == {
        f"/factures/{whole}.pdf": (f"45,20{NBSP}€", "unpaid"),
        f"/factures/{part}.pdf": (f"35,20{NBSP}€", "partly_paid"),
    }
    assert state.total_due == f"80,40{NBSP}€"
    assert {row["due"] for row in state.unpaid} == {f"23{NBSP}décembre{NBSP}2026"}


@pytest.mark.parametrize(("days", "status"), [(30, "unpaid"), (31, "overdue")])
def test_an_invoice_is_late_the_day_after_its_due_date(home: Household, days: int, status: str) -> None:
    make.invoice(home.id, 4520)
    with clock.frozen_at(NOW + timedelta(days=days)):
        assert [row["status"] for row in _home(home.responsable).unpaid] == [status]


def test_the_invoices_of_another_family_are_not_there(home: Household) -> None:
    make.invoice(home.id)
    assert _home(make.nguyen().responsable).unpaid == []


def test_what_waits_is_counted_and_what_was_answered_is_listed_last_first(
    home: Household, canteen: int, agent: Actor
) -> None:
    accepted, refused = ask(home, canteen), ask(home, canteen, FRIDAY)
    assert _home(home.responsable).pending == f"2{NBSP}demandes en attente"
    requests.accept(agent, accepted.id)
    assert _home(home.responsable).pending == f"1{NBSP}demande en attente"
    with clock.frozen_at(NOW + timedelta(minutes=5)):
        requests.refuse(agent, refused.id, "La sortie est complète.")
        state = _home(home.responsable)
    assert state.pending == ""
    assert [(row["status"], row["reason"]) for row in state.answers] == [
        ("refused", "La sortie est complète."),
        ("accepted", ""),
    ]
    assert state.answers[1]["title"] == f"Réservation Cantine, jeudi 26{NBSP}novembre{NBSP}2026"
    assert state.answers[1]["detail"] == "Emma Perrin · demande n° D-2026-000001"


def test_only_the_last_three_answers_are_shown_and_none_that_was_taken_back(
    home: Household, canteen: int, agent: Actor
) -> None:
    days = [day + timedelta(days=7 * week) for week in range(2) for day in (THURSDAY, FRIDAY)]
    for on in days:
        requests.accept(agent, ask(home, canteen, on).id)
    requests.withdraw(home.responsable, ask(home, canteen, THURSDAY + timedelta(days=14)).id)
    state = _home(home.responsable)
    assert [row["status"] for row in state.answers] == ["accepted"] * 3
