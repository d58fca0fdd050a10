"""A family asks to change its own contact data."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlmodel import select

from portail_app import db
from portail_app.access import Actor
from portail_app.errors import NotAllowed, Refused
from portail_app.models.people import Family, Guardian
from portail_app.rules.statuses import RequestKind
from portail_app.services import requests
from tests.factories import Household

Frozen = Callable[..., AbstractContextManager[None]]
pytestmark = pytest.mark.usefixtures("monday_at_ten")


def test_an_address_changes_only_when_it_is_accepted(home: Household, agent: Actor) -> None:
    values = {"address": " 3  chemin des Écoles ", "postcode": "01200", "city": "Léaz"}
    asked = requests.ask_contact_change(home.responsable, home.id, RequestKind.ADDRESS, values)
    (change,) = asked.changes
    assert (change.label, change.old, change.new) == ("Adresse", "12 route de Collonges", "3 chemin des Écoles")
    assert _addresses() == {"12 route de Collonges"}
    requests.accept(agent, asked.id)
    assert _addresses() == {"12 route de Collonges", "3 chemin des Écoles"}
    with db.reading() as session:
        family = session.get(Family, home.id)
    assert family is not None
    assert family.address == "3 chemin des Écoles"


def test_the_address_of_the_conjoint_does_not_move_the_family(home: Household, agent: Actor) -> None:
    asked = requests.ask_contact_change(home.conjoint, home.id, RequestKind.ADDRESS, {"address": "Genève"})
    requests.accept(agent, asked.id)
    with db.reading() as session:
        family = session.get(Family, home.id)
    assert family is not None
    assert family.address == ""


def test_the_other_parent_does_not_see_a_change_of_contact_data(home: Household, agent: Actor) -> None:
    asked = requests.ask_contact_change(
        home.responsable, home.id, RequestKind.PHONE, {"mobile_phone": "+41 22 000 00 00"}
    )
    with pytest.raises(NotAllowed):
        requests.one(home.conjoint, asked.id)
    with pytest.raises(NotAllowed):
        requests.withdraw(home.conjoint, asked.id)
    assert requests.recent(home.conjoint) == []
    assert [view.id for view in requests.recent(home.responsable)] == [asked.id]


def test_what_the_town_hall_enters_for_one_adult_is_seen_by_that_adult_alone(home: Household, agent: Actor) -> None:
    with db.reading() as session:
        claire = session.exec(select(Guardian.id).where(Guardian.first_name == "Claire")).one()
    asked = requests.ask_contact_change(agent, home.id, RequestKind.PHONE, {"home_phone": "04 50 00 00 00"}, claire)
    assert asked.entered_by_staff
    assert [view.id for view in requests.recent(home.responsable)] == [asked.id]
    assert requests.recent(home.conjoint) == []


@pytest.mark.parametrize(
    ("kind", "values", "why"),
    [
        (RequestKind.PHONE, {"home_phone": "appelez-moi"}, "numéro de téléphone n’est pas valable"),
        (RequestKind.PHONE, {"mobile_phone": "06 12 34 56 78"}, "Rien n’a changé"),
        (RequestKind.ADDRESS, {"address": ""}, "Adresse : ce champ est à remplir"),
        (RequestKind.ADDRESS, {"postcode": "?"}, "code postal n’est pas valable"),
        (RequestKind.ADDRESS, {"city": "x" * 121}, "Ville : ce texte est trop long"),
        (RequestKind.ADDRESS, {"quotient_familial": "1"}, "Rien n’a changé"),
    ],
)
def test_contact_data_are_checked(home: Household, kind: RequestKind, values: dict[str, str], why: str) -> None:
    with pytest.raises(Refused, match=why):
        requests.ask_contact_change(home.responsable, home.id, kind, values)


def test_a_kind_without_effect_cannot_be_asked(home: Household) -> None:
    with pytest.raises(NotAllowed):
        requests.ask_contact_change(home.responsable, home.id, RequestKind.HEALTH, {"allergies": "arachide"})


def _addresses() -> set[str]:
    with db.reading() as session:
        return set(session.exec(select(Guardian.address)).all())
