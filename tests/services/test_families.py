"""Families as each person may see them."""

import pytest

from portail_app.access import Actor, Role
from portail_app.errors import NotAllowed
from portail_app.models.people import FamilyChild, FamilyGuardian
from portail_app.rules.kinds import GuardianRole
from portail_app.services import catalogue, families, family_search
from tests import factories as make
from tests.factories import Household
from tests.services.test_invoices import guardian_of

pytestmark = pytest.mark.usefixtures("monday_at_ten")


def test_a_parent_sees_the_children_of_all_their_families_once(home: Household) -> None:
    second = make.family("Perrin-Rossi", adults=("Marco", "Paola"), child="Zoé", classroom_id=make.classroom("GS"))
    make.add(FamilyChild(family_id=second.id, child_id=home.child_id))
    claire = Actor(home.responsable.account_id, Role.PARENT, "Claire Perrin", frozenset({home.id, second.id}))
    seen = [(child.first_name, child.family_id, child.classroom) for child in families.children_of(claire)]
    assert seen == [("Emma", home.id, ""), ("Zoé", second.id, "GS")]


def test_nobody_sees_the_children_of_others(home: Household) -> None:
    assert [child.first_name for child in families.children_of(make.nguyen().responsable)] == ["Minh"]


def test_an_agent_has_no_children_of_their_own_here(home: Household, agent: Actor) -> None:
    assert families.children_of(agent) == []
    assert families.family_views(agent) == []


def test_each_parent_reads_their_own_contact_data_only(home: Household) -> None:
    (view,) = families.family_views(home.responsable)
    claire, julien = view.guardians
    assert (claire.first_name, claire.role) == ("Claire", GuardianRole.RESPONSABLE)
    assert claire.mobile_phone == "06 12 34 56 78"
    assert claire.address == "12 route de Collonges"
    assert (julien.first_name, julien.role) == ("Julien", GuardianRole.CONJOINT)
    assert {julien.email, julien.mobile_phone, julien.home_phone, julien.address, julien.city} == {""}


def test_the_town_hall_reads_all_contact_data(home: Household, agent: Actor) -> None:
    view = families.family(agent, home.id)
    assert [adult.mobile_phone for adult in view.guardians] == ["06 12 34 56 78"] * 2
    assert [child.first_name for child in view.children] == ["Emma"]


def test_an_adult_of_two_families_sees_both(home: Household) -> None:
    second = make.family("Rossi", adults=("Marco", "Paola"))
    both = Actor(home.responsable.account_id, Role.PARENT, "Claire Perrin", frozenset({home.id, second.id}))
    make.add(FamilyGuardian(family_id=second.id, guardian_id=guardian_of(home.responsable), role=GuardianRole.CONJOINT))
    assert [view.name for view in families.family_views(both)] == ["Perrin", "Rossi"]


def test_a_foreign_family_looks_absent(home: Household) -> None:
    stranger = make.nguyen().responsable
    for family_id in (home.id, 424242, 0, 2**40):
        with pytest.raises(NotAllowed):
            families.family(stranger, family_id)


@pytest.mark.parametrize("text", ["nguyen", "MINH", "nguyễn văn an", "huong nguyen"])
def test_an_agent_finds_a_family_by_any_of_its_names(home: Household, agent: Actor, text: str) -> None:
    nguyen = make.nguyen()
    assert [view.id for view in family_search.search(agent, text)] == [nguyen.id]


def test_a_search_gives_each_family_once_and_not_more_than_asked(home: Household, agent: Actor) -> None:
    make.a_child("Louise", "Perrin", home.id)
    assert [view.id for view in family_search.search(agent, "perrin")] == [home.id]
    make.nguyen()
    assert len(family_search.search(agent, "", limit=1)) == 1


@pytest.mark.parametrize("role", [Role.PARENT, Role.ANIMATOR])
def test_others_do_not_search_families(home: Household, role: Role) -> None:
    with pytest.raises(NotAllowed):
        family_search.search(make.agent("Personne", role), "perrin")


def test_agents_list_the_services_with_their_rules_in_words(canteen: int, agent: Actor) -> None:
    make.morning_care(active=False)
    (service,) = catalogue.services(agent)
    assert (service.name, service.booking_rule) == ("Cantine", "jusqu’à 2 jours ouvrés avant, 10 h 00")
    assert service.absence_rule == "jusqu’au jour même, 9 h 00"
