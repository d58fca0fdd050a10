"""Families, their adults and their children, as each person may see them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from portail_app import db
from portail_app.access import DECIDING_ROLES, MONEY_ROLES, Actor, require_family, require_id
from portail_app.errors import NotAllowed
from portail_app.models.catalogue import Classroom, School
from portail_app.models.people import Account, Child, Family, FamilyChild, FamilyGuardian, Guardian
from portail_app.rules.kinds import GuardianRole


@dataclass(frozen=True, slots=True)
class ChildView:
    """A child; ``family_id`` is the household through which the actor sees it."""

    id: int
    family_id: int
    first_name: str
    last_name: str
    born_on: date
    classroom: str
    school: str


@dataclass(frozen=True, slots=True)
class GuardianView:
    """An adult of a family; the contact data are empty for the other parent, who may not see them."""

    id: int
    role: GuardianRole
    civility: str
    first_name: str
    last_name: str
    email: str = ""
    home_phone: str = ""
    mobile_phone: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class FamilyView:
    """A family with its adults and its children."""

    id: int
    number: str
    name: str
    guardians: tuple[GuardianView, ...]
    children: tuple[ChildView, ...]


@dataclass(frozen=True, slots=True)
class ChildHome:
    """Where a child lives, for the other services: the acting family, all its families, its zone."""

    child_id: int
    first_name: str
    last_name: str
    family_id: int
    family_ids: frozenset[int]
    zone: str

    @property
    def name(self) -> str:
        """Return the first name then the last name."""
        return f"{self.first_name} {self.last_name}"


def children_of(actor: Actor) -> list[ChildView]:
    """List the children of all the actor's families, once each, by first name."""
    with db.reading() as session:
        return _children(session, _own_families(actor))


def family_views(actor: Actor) -> list[FamilyView]:
    """Return the actor's families."""
    with db.reading() as session:
        return views_of(actor, session, _own_families(actor))


def family(actor: Actor, family_id: int) -> FamilyView:
    """Return one family, to its members and to the town hall."""
    require_family(actor, require_id(family_id), MONEY_ROLES)
    with db.reading() as session:
        found = views_of(actor, session, frozenset({family_id}))
    if not found:
        raise NotAllowed
    return found[0]


def views_of(actor: Actor, session: Session, families: frozenset[int]) -> list[FamilyView]:
    """Make the views of families that the actor is already known to see, by name."""
    listed = {"families": list(families)}
    connection = session.connection()
    own = None if actor.is_staff else own_guardian_id(actor, session)
    adults: dict[int, list[GuardianView]] = {}
    for row in connection.execute(_ADULTS, listed):
        adults.setdefault(row.family_id, []).append(_adult(row, contact=actor.is_staff or row.id == own))
    children: dict[int, list[ChildView]] = {}
    for row in connection.execute(_CHILDREN, listed):
        children.setdefault(row.family_id, []).append(_child(row))
    found = connection.execute(sa.select(_FAMILY).where(_FAMILY.c.id.in_(listed["families"])).order_by(_FAMILY.c.name))
    return [
        FamilyView(row.id, row.number, row.name, tuple(adults.get(row.id, ())), tuple(children.get(row.id, ())))
        for row in found
    ]


def locate(actor: Actor, session: Session, child_id: int) -> ChildHome:
    """Find the family in whose name the actor acts for a child; a foreign child looks absent.

    A child of separated parents stands in two families: each parent acts for their own household. The town hall
    acts for the first one.
    """
    rows = session.connection().execute(_HOMES, {"child_id": require_id(child_id)}).all()
    mine = [row for row in rows if actor.role in DECIDING_ROLES or row.family_id in actor.family_ids]
    if not mine:
        raise NotAllowed
    home = mine[0]
    require_family(actor, home.family_id)
    return ChildHome(
        child_id, home.first_name, home.last_name, home.family_id, frozenset(row.family_id for row in rows), home.zone
    )


def own_guardian_id(actor: Actor, session: Session) -> int | None:
    """Return the adult behind the actor's account, None for an agent."""
    found = session.connection().execute(sa.select(_ACCOUNT.c.guardian_id).where(_ACCOUNT.c.id == actor.account_id))
    return found.scalar_one_or_none()


_FAMILY = Family.metadata.tables["family"]
_CHILD = Child.metadata.tables["child"]
_LIVES = FamilyChild.metadata.tables["familychild"]
_STANDS = FamilyGuardian.metadata.tables["familyguardian"]
_GUARDIAN = Guardian.metadata.tables["guardian"]
_CLASSROOM = Classroom.metadata.tables["classroom"]
_SCHOOL = School.metadata.tables["school"]
_ACCOUNT = Account.metadata.tables["account"]
_SCHOOLED = (
    _LIVES.join(_CHILD, _CHILD.c.id == _LIVES.c.child_id)
    .outerjoin(_CLASSROOM, _CLASSROOM.c.id == _CHILD.c.classroom_id)
    .outerjoin(_SCHOOL, _SCHOOL.c.id == _CLASSROOM.c.school_id)
)
_HOMES = (
    sa.select(
        _LIVES.c.family_id,
        _CHILD.c.first_name,
        _CHILD.c.last_name,
        sa.func.coalesce(_SCHOOL.c.zone, "A").label("zone"),
    )
    .select_from(_SCHOOLED)
    .where(_LIVES.c.child_id == sa.bindparam("child_id"), _CHILD.c.archived_on.is_(None))
    .order_by(_LIVES.c.id)
)
_CHILDREN = (
    sa.select(
        _CHILD,
        _LIVES.c.family_id,
        sa.func.coalesce(_CLASSROOM.c.name, "").label("classroom"),
        sa.func.coalesce(_SCHOOL.c.name, "").label("school"),
    )
    .select_from(_SCHOOLED)
    .where(_LIVES.c.family_id.in_(sa.bindparam("families", expanding=True)), _CHILD.c.archived_on.is_(None))
    .order_by(_CHILD.c.first_name, _CHILD.c.id, _LIVES.c.family_id)
)
_ADULTS = (
    sa.select(_GUARDIAN, _STANDS.c.family_id, _STANDS.c.role)
    .join_from(_STANDS, _GUARDIAN, _GUARDIAN.c.id == _STANDS.c.guardian_id)
    .where(_STANDS.c.family_id.in_(sa.bindparam("families", expanding=True)))
    .order_by(_STANDS.c.role.desc(), _GUARDIAN.c.id)
)


def _own_families(actor: Actor) -> frozenset[int]:
    if actor.must_change_password:
        raise NotAllowed
    return frozenset() if actor.is_staff else actor.family_ids


def _children(session: Session, families: frozenset[int]) -> list[ChildView]:
    views: dict[int, ChildView] = {}
    for row in session.connection().execute(_CHILDREN, {"families": list(families)}):
        views.setdefault(row.id, _child(row))
    return list(views.values())


def _child(row: Any) -> ChildView:
    return ChildView(row.id, row.family_id, row.first_name, row.last_name, row.born_on, row.classroom, row.school)


def _adult(row: Any, *, contact: bool) -> GuardianView:
    names = (row.id, row.role, row.civility, row.first_name, row.last_name)
    if not contact:
        return GuardianView(*names)
    return GuardianView(*names, row.email, row.home_phone, row.mobile_phone, row.address, row.postcode, row.city)
