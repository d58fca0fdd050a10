"""What families read in their mailbox, word for word."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from portail_app import db
from portail_app.access import Actor
from portail_app.models.exchanges import OutgoingEmail
from portail_app.models.people import Account
from portail_app.rules.statuses import AbsenceReason, RequestKind
from portail_app.services import requests
from tests import factories as make
from tests.factories import Household
from tests.services.scene import ask, declare

Frozen = Callable[..., AbstractContextManager[None]]
pytestmark = pytest.mark.usefixtures("monday_at_ten")

RECEIPT = """\
Bonjour,

Votre demande n° D-2026-000001 a été enregistrée le lundi 23 novembre 2026 à 10 h 00.

Objet : Réservation.

Enfant : Emma Perrin.

Prestation : Cantine.

Jour : jeudi 26 novembre 2026.

Demandée par : Claire Perrin.

Service chargé de votre demande : Mairie de Léaz. Vous recevrez sa réponse par courriel.

http://localhost:8000/liste-des-demandes

--\x20
Mairie de Léaz
9 rue Saint Amand
01200 Léaz
04 50 48 23 01 · mairie@leaz.fr
"""
ACCEPTED = """\
Bonjour,

La mairie a accepté votre demande n° D-2026-000001 le mardi 24 novembre 2026 à 8 h 30.

Objet : Réservation.

Enfant : Emma Perrin.

Prestation : Cantine.

Jour : jeudi 26 novembre 2026.

http://localhost:8000/liste-des-demandes

--\x20
Mairie de Léaz
9 rue Saint Amand
01200 Léaz
04 50 48 23 01 · mairie@leaz.fr
"""
REFUSED = """\
Bonjour,

La mairie a refusé votre demande n° D-2026-000001 le mardi 24 novembre 2026 à 8 h 30.

Objet : Réservation.

Enfant : Emma Perrin.

Prestation : Cantine.

Jour : jeudi 26 novembre 2026.

Motif : La cantine est complète ce jour-là.

Vous pouvez contester cette décision dans les deux mois, auprès du maire ou devant le tribunal administratif.

http://localhost:8000/liste-des-demandes

--\x20
Mairie de Léaz
9 rue Saint Amand
01200 Léaz
04 50 48 23 01 · mairie@leaz.fr
"""
TUESDAY = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)


def letters() -> list[OutgoingEmail]:
    with db.reading() as session:
        return list(session.exec(select(OutgoingEmail).order_by(OutgoingEmail.id)).all())


def address_of(actor: Actor) -> str:
    with db.reading() as session:
        account = session.get(Account, actor.account_id)
    assert account is not None
    return account.email


def test_a_request_is_acknowledged_to_its_author(home: Household, canteen: int) -> None:
    ask(home, canteen)
    (letter,) = letters()
    assert letter.recipient == address_of(home.responsable)
    assert letter.subject == "Demande n° D-2026-000001 bien reçue : Réservation, Cantine, jeudi 26 novembre"
    assert letter.text == RECEIPT


def test_an_acceptance_is_told_to_its_author(home: Household, canteen: int, agent: Actor, at: Frozen) -> None:
    asked = ask(home, canteen)
    with at(TUESDAY):
        requests.accept(agent, asked.id)
    answer = letters()[1]
    assert answer.recipient == address_of(home.responsable)
    assert answer.subject == "Demande n° D-2026-000001 acceptée : Réservation, Cantine, jeudi 26 novembre"
    assert answer.text == ACCEPTED


def test_a_refusal_says_why_and_how_to_contest_it(home: Household, canteen: int, agent: Actor, at: Frozen) -> None:
    asked = ask(home, canteen)
    with at(TUESDAY):
        requests.refuse(agent, asked.id, "La cantine est complète ce jour-là.")
    answer = letters()[1]
    assert answer.subject == "Demande n° D-2026-000001 refusée : Réservation, Cantine, jeudi 26 novembre"
    assert answer.text == REFUSED


def test_a_withdrawal_is_confirmed(home: Household, canteen: int) -> None:
    requests.withdraw(home.responsable, ask(home, canteen).id)
    assert letters()[1].subject == "Demande n° D-2026-000001 retirée : Réservation, Cantine, jeudi 26 novembre"


def test_what_the_town_hall_enters_is_told_to_each_adult_and_marked(
    home: Household, canteen: int, agent: Actor
) -> None:
    ask(home, canteen, actor=agent)
    assert [letter.recipient for letter in letters()] == [address_of(home.responsable), address_of(home.conjoint)]
    for letter in letters():
        assert "Demandée par : La mairie.\n\nSaisi par la mairie.\n" in letter.text


def test_a_change_of_contact_data_is_told_to_that_adult_alone(home: Household, agent: Actor) -> None:
    asked = requests.ask_contact_change(home.conjoint, home.id, RequestKind.PHONE, {"home_phone": "04 50 00 00 00"})
    requests.accept(agent, asked.id)
    assert {letter.recipient for letter in letters()} == {address_of(home.conjoint)}
    assert "Téléphone du domicile : 04 50 00 00 00.\n" in letters()[0].text


HEALTH = ("médical", "certificat", "justificatif", "santé", "fièvre")


def test_an_absence_for_health_reads_like_any_other_in_e_mails(
    home: Household, canteen: int, agent: Actor, at: Frozen
) -> None:
    written, other = [], make.nguyen()
    make.enrol(other.child_id, canteen)
    for child, reason in ((home, AbsenceReason.MEDICAL), (other, AbsenceReason.FAMILY)):
        make.book(child, canteen, make.THURSDAY)
        declared = declare(child, canteen, reason)
        with at(TUESDAY):
            requests.accept(agent, declared.id)
        written.append([letter.text for letter in letters()[-2:]])
    assert all(
        "S’il manque un document, « Liste des demandes » vous le dira.\n" in text for pair in written for text in pair
    )
    assert not [word for pair in written for text in pair for word in HEALTH if word in text.lower()]


def test_why_an_absence_is_refused_is_read_on_the_portal_alone(home: Household, canteen: int, agent: Actor) -> None:
    make.book(home, canteen, make.THURSDAY)
    declared = declare(home, canteen, AbsenceReason.MEDICAL)
    requests.refuse(agent, declared.id, "Le certificat parle de fièvre un autre jour.")
    answer = letters()[1]
    assert answer.subject == f"Demande n° {declared.number} refusée : Absence, Cantine, jeudi 26 novembre"
    assert "Le motif se lit sur le portail, dans « Liste des demandes ».\n" in answer.text
    assert not [word for word in HEALTH if word in (answer.text + answer.html).lower()]
    assert requests.one(home.responsable, declared.id).reason == "Le certificat parle de fièvre un autre jour."


def test_a_parent_without_address_gets_no_e_mail(canteen: int) -> None:
    home = make.oconnor()
    make.enrol(home.child_id, canteen)
    silent = make.account("Grand-mère", family_ids=frozenset({home.id}))
    ask(home, canteen, actor=silent)
    assert letters() == []
