"""Find a family by any of its names, for the town hall."""

from typing import Any

import sqlalchemy as sa

from portail_app import db
from portail_app.access import MONEY_ROLES, Actor, require_staff
from portail_app.models.people import Child, Family, FamilyChild, FamilyGuardian, Guardian
from portail_app.rules.folding import folded
from portail_app.services import families
from portail_app.services.families import FamilyView


def search(actor: Actor, text: str, limit: int = 20) -> list[FamilyView]:
    """Find families by number, name, adult or child, for the town hall; accents and capitals do not count."""
    require_staff(actor, MONEY_ROLES)
    words = folded(text).split()
    with db.reading() as session:
        found = [row.id for row in session.connection().execute(_NAMES) if _matches(row, words)]
        # A family has one row for each adult and child: keep the first of each, in the order of names.
        chosen = list(dict.fromkeys(found))[:limit]
        views = {view.id: view for view in families.views_of(actor, session, frozenset(chosen))}
    return [views[family_id] for family_id in chosen]


_FAMILY = Family.metadata.tables["family"]
_CHILD = Child.metadata.tables["child"]
_LIVES = FamilyChild.metadata.tables["familychild"]
_STANDS = FamilyGuardian.metadata.tables["familyguardian"]
_GUARDIAN = Guardian.metadata.tables["guardian"]
_NAMES = (
    sa.select(
        _FAMILY.c.id,
        _FAMILY.c.number,
        _FAMILY.c.name,
        (_GUARDIAN.c.first_name + " " + _GUARDIAN.c.last_name).label("adult"),
        (_CHILD.c.first_name + " " + _CHILD.c.last_name).label("child"),
    )
    .select_from(
        _FAMILY.outerjoin(_STANDS, _STANDS.c.family_id == _FAMILY.c.id)
        .outerjoin(_GUARDIAN, _GUARDIAN.c.id == _STANDS.c.guardian_id)
        .outerjoin(_LIVES, _LIVES.c.family_id == _FAMILY.c.id)
        .outerjoin(_CHILD, _CHILD.c.id == _LIVES.c.child_id)
    )
    .where(_FAMILY.c.archived_on.is_(None))
    .order_by(_FAMILY.c.name, _FAMILY.c.id)
)


def _matches(row: Any, words: list[str]) -> bool:
    text = folded(" ".join(part for part in (row.number, row.name, row.adult, row.child) if part))
    return all(word in text for word in words)
