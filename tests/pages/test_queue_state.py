"""« Demandes à traiter »: filters, accepting, refusing with a reason, the batch."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from portail_app import db
from portail_app.access import Actor, Role
from portail_app.models.exchanges import OutgoingEmail
from portail_app.models.requests import FamilyRequest, RequestEvent
from portail_app.pages.staff.queue_state import QueueState
from portail_app.rules.statuses import AbsenceReason
from portail_app.services import documents, request_lists, requests
from tests import factories as make
from tests import papers
from tests.factories import FRIDAY, THURSDAY, Household
from tests.pages.tab import Tab
from tests.services.scene import absences, ask, bookings, count, medical

NOT_FOUND = "Cet élément est introuvable."
DONE_ALREADY = "Cette demande a déjà été traitée."


@pytest.fixture
def pending(home: Household, canteen: int) -> requests.RequestView:
    return ask(home, canteen)


@pytest.fixture
def tab(pending: requests.RequestView, agent: Actor) -> Tab:
    return _tab(agent)


def _tab(actor: Actor) -> Tab:
    opened = Tab(actor, "/agents/demandes")
    opened.call(QueueState, "load")
    return opened


def _numbers(tab: Tab) -> list[str]:
    return [row["number"] for row in tab[QueueState].rows]


def _statuses() -> list[str]:
    with db.reading() as session:
        return [str(status) for status in session.exec(select(FamilyRequest.status).order_by(FamilyRequest.id))]


def test_the_queue_shows_what_waits_oldest_first(tab: Tab, home: Household, canteen: int) -> None:
    ask(home, canteen, FRIDAY)
    tab.call(QueueState, "load")
    state = tab[QueueState]
    assert (state.loaded, state.allowed) == (True, True)
    assert _numbers(tab) == ["D-2026-000001", "D-2026-000002"]
    assert state.waiting == "2\N{NO-BREAK SPACE}demandes en attente"
    assert state.kinds == [("reservation", "Réservations (2)")]
    assert state.rows[0]["family"] == "Perrin"


@pytest.mark.parametrize("role", [Role.ANIMATOR, Role.REGISSEUR])
def test_who_does_not_decide_is_told_so_and_sees_no_request(tab: Tab, role: Role) -> None:
    state = _tab(make.agent("Paul Roux", role))[QueueState]
    assert (state.loaded, state.allowed, state.rows, state.waiting) == (True, False, [], "")


def test_accepting_books_the_day_and_empties_the_queue(tab: Tab, pending: requests.RequestView) -> None:
    tab.call(QueueState, "accept", pending.id)
    assert (tab.said, tab.tone) == ("Demande n° D-2026-000001 acceptée : la famille est prévenue.", "done")
    assert [booking.on for booking in bookings()] == [THURSDAY]
    assert _numbers(tab) == []
    assert tab[QueueState].waiting == "0\N{NO-BREAK SPACE}demande en attente"


def test_a_request_accepted_by_a_colleague_is_refused_once_and_written_once(
    tab: Tab, pending: requests.RequestView
) -> None:
    requests.accept(make.agent("Paul Roux"), pending.id)
    written = count(RequestEvent), count(OutgoingEmail)
    tab.call(QueueState, "accept", pending.id)
    assert (tab.said, tab.tone) == (DONE_ALREADY, "refused")
    assert _numbers(tab) == []
    assert (count(RequestEvent), count(OutgoingEmail)) == written
    assert len(bookings()) == 1


@pytest.mark.parametrize("request_id", [0, -1, 999, 2**40])
def test_a_request_that_does_not_exist_is_not_found(tab: Tab, request_id: int) -> None:
    for handler in ("accept", "excuse"):
        tab.call(QueueState, handler, request_id)
        assert (tab.said, tab.tone) == (NOT_FOUND, "refused")
    assert _statuses() == ["pending"]


def test_a_day_booked_meanwhile_is_not_booked_twice(
    tab: Tab, pending: requests.RequestView, home: Household, canteen: int
) -> None:
    make.book(home, canteen, THURSDAY)
    tab.call(QueueState, "accept", pending.id)
    assert (tab.said, tab.tone) == ("Ce jour est déjà réservé.", "refused")
    assert _statuses() == ["pending"]
    assert _numbers(tab) == ["D-2026-000001"]
    assert count(RequestEvent) == 1


def test_a_refusal_without_a_reason_points_at_its_form(tab: Tab, pending: requests.RequestView) -> None:
    tab.call(QueueState, "refuse", {"request_id": str(pending.id), "reason": "  "})
    state = tab[QueueState]
    assert (state.faulty_id, state.fault) == (pending.id, "Indiquez le motif du refus : la famille le lira.")
    assert tab.said == ""
    assert _statuses() == ["pending"]


def test_a_refusal_too_long_points_at_its_form(tab: Tab, pending: requests.RequestView) -> None:
    tab.call(QueueState, "refuse", {"request_id": str(pending.id), "reason": "x" * 1001})
    assert tab[QueueState].fault == "Le motif du refus dépasse 1000 caractères."
    assert _statuses() == ["pending"]


def test_a_refusal_gives_its_reason_to_the_family(tab: Tab, pending: requests.RequestView, home: Household) -> None:
    tab.call(QueueState, "refuse", {"request_id": str(pending.id), "reason": ""})
    tab.call(QueueState, "refuse", {"request_id": str(pending.id), "reason": " La sortie est complète. "})
    assert (tab.said, tab.tone) == ("Demande n° D-2026-000001 refusée : la famille est prévenue.", "done")
    state = tab[QueueState]
    assert (state.faulty_id, state.fault, state.rows) == (0, "", [])
    assert requests.one(home.responsable, pending.id).reason == "La sortie est complète."
    assert bookings() == []


@pytest.mark.parametrize("request_id", ["", "douze", "-1", "999", "9" * 5000, "१२"])
def test_a_refusal_of_no_request_is_not_found(tab: Tab, request_id: str) -> None:
    tab.call(QueueState, "refuse", {"request_id": request_id, "reason": "Complet."})
    assert (tab.said, tab.tone) == (NOT_FOUND, "refused")
    assert _statuses() == ["pending"]


def test_the_batch_accepts_what_it_can_and_says_why_not_the_rest(
    tab: Tab, pending: requests.RequestView, home: Household, canteen: int
) -> None:
    booked = ask(home, canteen, FRIDAY)
    make.book(home, canteen, FRIDAY)
    tab.call(QueueState, "load")
    tab.call(QueueState, "accept_chosen", {f"r{pending.id}": "on", f"r{booked.id}": "on", "r999": "on", "s": "on"})
    assert (tab.said, tab.tone) == ("1\N{NO-BREAK SPACE}demande acceptée.", "done")
    assert tab[QueueState].problems == [
        f"Demande n° {booked.number} : Ce jour est déjà réservé.",
        f"Demande n° ? : {NOT_FOUND}",
    ]
    assert _statuses() == ["accepted", "pending"]
    assert _numbers(tab) == [booked.number]


def test_a_batch_of_nothing_asks_to_tick_something(tab: Tab) -> None:
    tab.call(QueueState, "accept_chosen", {})
    assert (tab.said, tab.tone) == ("Cochez d’abord les demandes à accepter.", "refused")
    assert _statuses() == ["pending"]


def test_a_batch_too_large_is_refused_whole(tab: Tab) -> None:
    tab.call(QueueState, "accept_chosen", {f"r{number}": "on" for number in range(1, 202)})
    assert (tab.said, tab.tone) == ("Choisissez 200 demandes au plus à la fois.", "refused")
    assert _statuses() == ["pending"]


def test_the_problems_of_a_batch_leave_with_the_next_act(tab: Tab, pending: requests.RequestView) -> None:
    tab.call(QueueState, "accept_chosen", {"r999": "on"})
    assert tab[QueueState].problems
    tab.call(QueueState, "accept", pending.id)
    assert tab[QueueState].problems == []


def test_each_filter_shows_its_requests(tab: Tab, home: Household, canteen: int, agent: Actor) -> None:
    nguyen = make.nguyen()
    make.enrol(nguyen.child_id, canteen)
    asked = ask(nguyen, canteen)
    requests.refuse(agent, ask(home, canteen, FRIDAY).id, "Complet.")
    shown = {}
    for handler, value in [
        ("search", "nguyen"),
        ("search", asked.number),
        ("search", "personne"),
        ("search", ""),
        ("choose_status", "refused"),
        ("choose_status", ""),
        ("choose_kind", "absence"),
    ]:
        tab.call(QueueState, handler, value)
        shown[handler, value] = len(_numbers(tab))
    assert list(shown.values()) == [1, 1, 0, 2, 1, 3, 0]


@pytest.mark.parametrize("handler", ["choose_kind", "choose_status"])
def test_a_filter_that_does_not_exist_is_no_filter(tab: Tab, handler: str) -> None:
    tab.call(QueueState, handler, "' OR 1=1 --")
    assert _numbers(tab) == ["D-2026-000001"]


def test_a_search_is_cut_at_eighty_letters(tab: Tab) -> None:
    tab.call(QueueState, "search", "x" * 500)
    assert tab[QueueState].text == "x" * 80


def test_the_next_requests_are_shown_on_demand_as_far_as_the_queue_goes(
    tab: Tab, home: Household, canteen: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portail_app.pages.staff.queue_state.PAGE", 1)
    monkeypatch.setattr(request_lists, "LONGEST_QUEUE", 2)
    tab[QueueState].limit = 1
    for on in (FRIDAY, *_thursdays_and_fridays()):
        ask(home, canteen, on)
    tab.call(QueueState, "load")
    assert (len(_numbers(tab)), tab[QueueState].more) == (1, True)
    tab.call(QueueState, "show_more")
    # The queue shows no more at once: a button that changes nothing would only puzzle.
    assert (len(_numbers(tab)), tab[QueueState].more) == (2, False)


def test_a_certificate_that_came_afterwards_is_checked(tab: Tab, home: Household, canteen: int, agent: Actor) -> None:
    make.book(home, canteen, FRIDAY)
    absence = requests.declare_absence(home.responsable, home.child_id, canteen, FRIDAY, AbsenceReason.MEDICAL)
    requests.accept(agent, absence.id)
    tab.call(QueueState, "excuse", absence.id)
    assert (tab.said, tab.tone) == ("Aucun certificat n’a été reçu pour cette absence.", "refused")

    paper = documents.store_certificate(home.responsable, home.child_id, "certificat.pdf", papers.pdf())
    requests.attach_certificate(home.responsable, absence.id, paper.id)
    tab.call(QueueState, "choose_status", "certificats")
    assert _numbers(tab) == [absence.number]
    tab.call(QueueState, "excuse", absence.id)
    assert (tab.said, tab.tone) == (f"Absence de la demande n° {absence.number} justifiée.", "done")
    assert _numbers(tab) == []
    assert [row.excused for row in absences()] == [True]
    tab.call(QueueState, "excuse", absence.id)
    assert (tab.said, tab.tone) == ("Cette absence est déjà justifiée.", "refused")


def test_a_medical_absence_waits_for_its_paper(home: Household, canteen: int, agent: Actor) -> None:
    medical(home, canteen)
    (row,) = _tab(agent)[QueueState].rows
    assert (row["absence"], row["certificate"]) == ("Raison médicale", "Certificat attendu")


def _thursdays_and_fridays() -> list[date]:
    return [day + timedelta(days=7) for day in (THURSDAY, FRIDAY)]
