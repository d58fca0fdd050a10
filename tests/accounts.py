"""People with an account, for the tests of sign-in: named, with a known password."""

from sqlmodel import Session, select

from portail_app import clock, db
from portail_app.access import Actor, Role
from portail_app.models.exchanges import Municipality, OutgoingEmail
from portail_app.models.people import Account, Family, FamilyGuardian, Guardian
from portail_app.rules.kinds import GuardianRole
from portail_app.services import passwords, sessions

GOOD = "Chemin-vert-42"
OTHER = "Riviere-bleue-73"
HERE = "192.0.2.10"


def leaz() -> None:
    """Create the commune."""
    with db.transaction() as session:
        session.add(
            Municipality(
                name="Léaz",
                phone="04 50 48 23 01",
                email="mairie@leaz.fr",
                website="https://www.leaz.fr",
                address="9 rue",
            )
        )


def parent(identifier: str = "lea.martin", password: str = GOOD, families: int = 1, **values: object) -> int:
    """Create Léa Martin, her families and her account; give its id."""
    with db.transaction() as session:
        guardian = Guardian(first_name="Léa", last_name="Martin")
        session.add(guardian)
        session.flush()
        for number in range(families):
            family = Family(number=f"{identifier}-{number}", name="Martin", created_at=clock.now())
            session.add(family)
            session.flush()
            session.add(FamilyGuardian(family_id=family.id, guardian_id=guardian.id, role=GuardianRole.RESPONSABLE))
        values = {"email": f"{identifier}@example.fr", "guardian_id": guardian.id, **values}
        return _account(session, identifier, password, Role.PARENT, "Léa Martin", values)


def staff(identifier: str = "agnes", role: Role = Role.AGENT, password: str = GOOD, **values: object) -> int:
    """Create Agnès Blanc, of the town hall; give the id of her account."""
    with db.transaction() as session:
        return _account(session, identifier, password, role, "Agnès Blanc", values)


def account(identifier: str = "lea.martin") -> Account:
    """Read an account again."""
    with db.reading() as session:
        return session.exec(select(Account).where(Account.identifier == identifier)).one()


def signed_in(account_id: int) -> str:
    """Open a session without a password; give its token."""
    with db.transaction() as session:
        return sessions.open_for(session, account_id)


def actor(account_id: int) -> Actor:
    """Give the person behind a new session."""
    found = sessions.actor_of(signed_in(account_id))
    assert found is not None
    return found


def queued() -> list[OutgoingEmail]:
    """List the e-mails of the outbox, oldest first."""
    with db.reading() as session:
        return list(session.exec(select(OutgoingEmail).order_by(OutgoingEmail.id)))


def _account(session: Session, identifier: str, password: str, role: Role, name: str, values: dict) -> int:  # noqa: PLR0917
    values = {"must_change_password": False, "display_name": name, "created_at": clock.now(), **values}
    made = Account(identifier=identifier, password_hash=passwords.hashed(password), role=role, **values)
    session.add(made)
    session.flush()
    return made.id
