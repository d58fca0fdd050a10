"""What a family may ask to change in its own contact data, and what is accepted as an answer."""

import re
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from portail_app.access import Actor, require_id
from portail_app.errors import NotAllowed, Refused
from portail_app.models.people import FamilyGuardian, Guardian
from portail_app.rules.statuses import RequestKind
from portail_app.services import families
from portail_app.services.request_labels import FIELD_LABELS

FIELDS: dict[RequestKind, tuple[str, ...]] = {
    RequestKind.ADDRESS: ("address", "postcode", "city"),
    RequestKind.PHONE: ("home_phone", "mobile_phone"),
}


def payload(
    actor: Actor,
    session: Session,
    family_id: int,
    kind: RequestKind,
    values: dict[str, str],
    *,
    guardian_id: int | None = None,
) -> dict[str, Any]:
    """Return what accepting will write, with the old values: an agent sees what changes."""
    fields = FIELDS.get(kind)
    if fields is None:
        raise NotAllowed
    current = _current(actor, session, family_id, guardian_id)
    wanted = {name: _cleaned(name, values[name]) for name in fields if name in values}
    after = {name: value for name, value in wanted.items() if value != getattr(current, name)}
    if not after:
        raise Refused("Rien n’a changé : corrigez au moins un champ.")
    return {
        "guardian_id": current.id,
        "before": {name: getattr(current, name) for name in after},
        "after": after,
    }


_GUARDIAN = Guardian.metadata.tables["guardian"]
_STANDS = FamilyGuardian.metadata.tables["familyguardian"]
# Léaz is near the border: a Swiss number or postcode is as good as a French one.
_PHONE = re.compile(r"\+?[0-9][0-9 .()/-]{4,24}")
_POSTCODE = re.compile(r"[0-9A-Z][0-9A-Z -]{2,9}", re.IGNORECASE)
_REQUIRED = frozenset({"address", "postcode", "city"})
_LONGEST = {"address": 400, "postcode": 10, "city": 120, "home_phone": 30, "mobile_phone": 30}


def _current(actor: Actor, session: Session, family_id: int, guardian_id: int | None) -> Any:
    """Read the adult: parents change their own data only, whatever number they send."""
    wanted = require_id(guardian_id or 0) if actor.is_staff else families.own_guardian_id(actor, session)
    statement = (
        sa.select(_GUARDIAN)
        .join_from(_GUARDIAN, _STANDS, _STANDS.c.guardian_id == _GUARDIAN.c.id)
        .where(_STANDS.c.family_id == family_id, _GUARDIAN.c.id == wanted)
    )
    row = session.connection().execute(statement).one_or_none()
    if row is None:
        raise NotAllowed
    return row


def _cleaned(name: str, value: str) -> str:
    value = " ".join(value.split())
    if not value:
        if name in _REQUIRED:
            raise Refused(f"{FIELD_LABELS[name]} : ce champ est à remplir.", name)
        return ""
    if len(value) > _LONGEST[name]:
        raise Refused(f"{FIELD_LABELS[name]} : ce texte est trop long.", name)
    if name in {"home_phone", "mobile_phone"} and _PHONE.fullmatch(value) is None:
        raise Refused("Ce numéro de téléphone n’est pas valable : écrivez par exemple 04 50 48 23 01.", name)
    if name == "postcode" and _POSTCODE.fullmatch(value) is None:
        raise Refused("Ce code postal n’est pas valable : écrivez par exemple 01200.", name)
    return value
