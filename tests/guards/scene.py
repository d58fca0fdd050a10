"""Two families and a town hall: what the Perrin family owns, and who would like to get at it.

Everything that belongs to the Perrin family and would betray it is in ``Scene.secrets``: the tests look for these
words in all that others receive, and in the logs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import select

from portail_app import clock, db
from portail_app.access import Actor, Role
from portail_app.models.exchanges import Municipality
from portail_app.models.people import Account
from portail_app.rules.statuses import AbsenceReason
from portail_app.services import documents, requests
from tests import accounts, papers, protocol
from tests import factories as make
from tests.factories import Household

CANTEEN_DAYS = {1, 2, 4, 5}
COMMENT = "rendez-vous chez l’allergologue"
REASON = "la sortie au lac est complète"


@dataclass(frozen=True)
class Scene:
    """Who there is, and the numbers of what the Perrin family owns."""

    perrin: Household
    nguyen: Household
    agent: Actor
    newcomer: Actor  # of the Perrin family, still with the town hall's first password
    canteen: int
    care: int  # only Emma is enrolled
    days: Sequence[date]
    pending_id: int
    absence_id: int
    refused_id: int
    loose_paper_id: int
    joined_paper_id: int
    invoice_id: int
    identifier: str
    secrets: tuple[str, ...]

    def cookie(self, actor: Actor | None) -> str:
        """Open a session for somebody; give the cookies of a browser of theirs."""
        return protocol.cookie(accounts.signed_in(actor.account_id)) if actor is not None else ""

    @property
    def people(self) -> dict[str, Actor | None]:
        """Name everybody who may knock."""
        return {
            "anonymous": None,
            "newcomer": self.newcomer,
            "parent": self.perrin.responsable,
            "foreign parent": self.nguyen.responsable,
            "agent": self.agent,
        }


def build() -> Scene:
    """Write the scene into the database, from today on."""
    with db.reading() as session:
        if session.exec(select(Municipality)).first() is None:
            make.leaz()
    perrin, nguyen, agent = make.perrin(), make.nguyen(), make.agent()
    canteen, care, days = make.canteen(), make.morning_care(), _days()
    for child_id, service_id in ((perrin.child_id, canteen), (perrin.child_id, care), (nguyen.child_id, canteen)):
        make.enrol(child_id, service_id, days[0] - timedelta(days=200), days[-1] + timedelta(days=200))
    make.book(perrin, canteen, days[0])
    emma = perrin.child_id
    pending = requests.ask_booking(perrin.responsable, emma, canteen, days[1])
    absence = requests.declare_absence(
        perrin.responsable,
        emma,
        canteen,
        days[0],
        AbsenceReason.MEDICAL,
        COMMENT,
        _paper(perrin, "certificat-emma.pdf"),
    )
    refused = requests.ask_booking(perrin.responsable, emma, care, days[2])
    requests.refuse(agent, refused.id, REASON)
    invoice_id = make.invoice(perrin.id)
    return Scene(
        perrin=perrin,
        nguyen=nguyen,
        agent=agent,
        newcomer=_newcomer(perrin),
        canteen=canteen,
        care=care,
        days=days,
        pending_id=pending.id,
        absence_id=absence.id,
        refused_id=refused.id,
        loose_paper_id=_paper(perrin, "ordonnance-emma.pdf"),
        joined_paper_id=_paper_of(absence.id, perrin),
        invoice_id=invoice_id,
        identifier=_identifier(perrin.responsable),
        secrets=_secrets(pending.number, absence.number, refused.number),
    )


def _days() -> list[date]:
    """Choose six days of canteen, from two weeks ahead on."""
    ahead = (clock.today() + timedelta(days=14 + i) for i in range(14))
    return [day for day in ahead if day.isoweekday() in CANTEEN_DAYS][:6]


def _paper(home: Household, name: str) -> int:
    return documents.store_certificate(home.responsable, home.child_id, name, papers.pdf()).id


def _paper_of(request_id: int, home: Household) -> int:
    return requests.one(home.responsable, request_id).documents[0].id


def _identifier(actor: Actor) -> str:
    with db.reading() as session:
        return session.exec(select(Account.identifier).where(Account.id == actor.account_id)).one()


def _newcomer(home: Household) -> Actor:
    made = make.parent("Odile", "Perrin", home.id)
    with db.transaction() as session:
        account = session.exec(select(Account).where(Account.id == made.account_id)).one()
        account.must_change_password = True
        session.add(account)
    return Actor(made.account_id, Role.PARENT, made.display_name, made.family_ids, must_change_password=True)


def _secrets(*numbers: str) -> tuple[str, ...]:
    return (
        *numbers,
        *("Perrin", "Emma", "Claire", "Julien", "Odile"),
        *("certificat-emma", "ordonnance-emma", COMMENT, REASON, "Octobre 2026", "45,20"),
    )
