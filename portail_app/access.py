"""Who acts, and what that person may do.

An ``Actor`` is read again from the session cookie at every event and every request; services take it first and never
trust anything else about the caller's identity.
"""

from dataclasses import dataclass
from enum import StrEnum

from portail_app.errors import NotAllowed


class Role(StrEnum):
    """The role of an account; one account has exactly one."""

    PARENT = "parent"
    AGENT = "agent"
    ANIMATOR = "animateur"
    REGISSEUR = "regisseur"
    ADMINISTRATOR = "administrateur"


STAFF_ROLES = frozenset({Role.AGENT, Role.ANIMATOR, Role.REGISSEUR, Role.ADMINISTRATOR})
# Requests touch the family's record: those who only call the roll or only handle money do not decide them.
DECIDING_ROLES = frozenset({Role.AGENT, Role.ADMINISTRATOR})
# Invoices and payments: the counter reads them to answer families.
MONEY_ROLES = frozenset({Role.AGENT, Role.REGISSEUR, Role.ADMINISTRATOR})

# PostgreSQL's integer; a larger number would be an error of the database instead of something absent.
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person: the account, its role and the families it may see."""

    account_id: int
    role: Role
    display_name: str
    family_ids: frozenset[int] = frozenset()
    must_change_password: bool = False
    session_id: int = 0

    @property
    def is_staff(self) -> bool:
        """Tell whether the person works for the town hall."""
        return self.role in STAFF_ROLES


def require_staff(actor: Actor, roles: frozenset[Role] = STAFF_ROLES) -> None:
    """Refuse whoever does not hold one of the roles."""
    if actor.must_change_password or actor.role not in roles:
        raise NotAllowed


def require_family(actor: Actor, family_id: int, roles: frozenset[Role] = DECIDING_ROLES) -> None:
    """Refuse whoever is neither of the family nor staff with one of the roles; a foreign family looks absent."""
    if actor.must_change_password:
        raise NotAllowed
    if actor.role in roles:
        return
    if actor.role is Role.PARENT and family_id in actor.family_ids:
        return
    raise NotAllowed


def require_id(row_id: int) -> int:
    """Return what can be the number of a row, refuse the rest: it may have been typed in an address by anybody."""
    if isinstance(row_id, bool) or not isinstance(row_id, int) or not 0 < row_id <= LARGEST_ID:
        raise NotAllowed
    return row_id
