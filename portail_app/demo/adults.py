"""Write the families, their adults and the accounts, of the staff too."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random

from sqlmodel import Session

from portail_app.access import Role
from portail_app.demo.homes import Home
from portail_app.demo.households import Adult, Household
from portail_app.demo.municipality import NAME, POSTCODE
from portail_app.demo.sign_ins import FIRST_PASSWORD, FIRST_TIME, PARENT_PASSWORD, STAFF_PASSWORD
from portail_app.demo.timeline import Timeline, instant
from portail_app.models.people import Account, Family, FamilyGuardian, Guardian
from portail_app.rules.folding import folded
from portail_app.rules.kinds import AllowanceScheme, GuardianRole
from portail_app.services import passwords

_STREETS = (
    "rue Saint Amand",
    "route de Genève",
    "chemin du Fort l’Écluse",
    "impasse des Vignes",
    "route de Grésin",
    "rue de l’Église",
    "chemin de Longeray",
    "place du Crêt d’Eau",
)
_STAFF = (
    ("agent", Role.AGENT, "Nathalie Berthet"),
    ("animateur", Role.ANIMATOR, "Hugo Ferrand"),
    ("regisseur", Role.REGISSEUR, "Martine Vuillet"),
    ("admin", Role.ADMINISTRATOR, "Julien Mathieu"),
)
# Letters that no accent can be taken off of.
_PLAIN_LETTERS = str.maketrans({"ł": "l", "ı": "i", "þ": "th", "ð": "d", "ø": "o", "œ": "oe", "æ": "ae"})
_READS_SMS = 0.5


@dataclass(frozen=True, slots=True)
class Hashes:
    """The three passwords of the demo, each hashed once: bcrypt takes its time on purpose."""

    first: str
    parent: str
    staff: str

    @classmethod
    def make(cls) -> "Hashes":
        """Hash them, outside any transaction, on as many cores as there are."""
        with ThreadPoolExecutor() as pool:
            return cls(*pool.map(passwords.hashed, (FIRST_PASSWORD, PARENT_PASSWORD, STAFF_PASSWORD)))


@dataclass(frozen=True, slots=True)
class Office:
    """Where people are written: the running act, the day, the draws, the passwords."""

    session: Session
    timeline: Timeline
    draws: Random
    hashes: Hashes


@dataclass(frozen=True, slots=True)
class Person:
    """An adult that has been written."""

    adult: Adult
    email: str
    guardian_id: int
    account_id: int


def add_staff(office: Office) -> dict[str, int]:
    """Write one account for each role of the town hall; return them by identifier."""
    accounts = [
        Account(
            identifier=identifier,
            password_hash=office.hashes.staff,
            role=role,
            display_name=name,
            email=f"{identifier}@mairie.example",
            must_change_password=False,
            created_at=instant(office.timeline.history_starts_on, 8),
        )
        for identifier, role, name in _STAFF
    ]
    office.session.add_all(accounts)
    office.session.flush()
    return {account.identifier: account.id or 0 for account in accounts}


def add_family(office: Office, household: Household, number: int) -> Home:
    """Write the record of a household, without anybody in it."""
    known, draws = household.quotient is not None, office.draws
    family = Family(
        number=f"F{number:04d}",
        name=household.name,
        address=f"{draws.randint(1, 180)} {draws.choice(_STREETS)}",
        postcode=POSTCODE,
        city=NAME,
        allowance_scheme=_scheme_of(household),
        allowance_number=f"{draws.randint(10**6, 10**7 - 1)}" if known else "",
        quotient_familial=household.quotient,
        tax_reference=f"{draws.randint(10**12, 10**13 - 1)}",
        tax_household_count=1,
        created_at=instant(office.timeline.history_starts_on, 9),
    )
    office.session.add(family)
    office.session.flush()
    return Home(household, family.id or 0, family.address)


def add_adult(office: Office, home: Home, adult: Adult) -> Person:
    """Write an adult and the account with which they sign in."""
    identifier = adult.identifier or identifier_of(adult)
    guardian = _guardian(home, adult, f"{identifier}@famille.example", office.draws)
    office.session.add(guardian)
    office.session.flush()
    first_time = identifier == FIRST_TIME
    account = Account(
        identifier=identifier,
        password_hash=office.hashes.first if first_time else office.hashes.parent,
        role=Role.PARENT,
        guardian_id=guardian.id,
        display_name=adult.name,
        email=guardian.email,
        must_change_password=first_time,
        created_at=instant(office.timeline.history_starts_on, 10),
    )
    office.session.add(account)
    office.session.flush()
    return Person(adult, guardian.email, guardian.id or 0, account.id or 0)


def settle(office: Office, home: Home, people: list[Person]) -> None:
    """Give each adult a place in the family; the first one answers for it and pays."""
    for place, person in enumerate(people):
        home.guardian_ids.append(person.guardian_id)
        home.account_ids.append(person.account_id)
        role = GuardianRole.CONJOINT if place else GuardianRole.RESPONSABLE
        office.session.add(
            FamilyGuardian(family_id=home.family_id, guardian_id=person.guardian_id, role=role, is_payer=place == 0)
        )
    home.email = people[0].email
    home.debtor_name = f"{people[0].adult.civility} {people[0].adult.name}"


def identifier_of(adult: Adult) -> str:
    """Return « prenom.nom », in letters that every keyboard has."""
    plain = f"{_plain(adult.first_name)}.{_plain(adult.last_name)}"
    if not plain.isascii():
        raise ValueError(f"give an identifier to {adult.name}")
    return plain


def _scheme_of(household: Household) -> AllowanceScheme | None:
    if household.quotient is None:
        return None
    farmer = any(adult.profession == "agriculteur" for adult in household.adults)
    return AllowanceScheme.MSA if farmer else AllowanceScheme.CAF


def _guardian(home: Home, adult: Adult, email: str, draws: Random) -> Guardian:
    return Guardian(
        civility=adult.civility,
        first_name=adult.first_name,
        last_name=adult.last_name,
        email=email,
        # Numbers that Arcep keeps for films and books: they ring nowhere.
        home_phone=f"04 65 71 {draws.randint(10, 99)} {draws.randint(10, 99)}",
        mobile_phone=f"06 39 98 {draws.randint(10, 99)} {draws.randint(10, 99)}",
        address=home.address,
        postcode=POSTCODE,
        city=NAME,
        profession=adult.profession,
        sms_allowed=draws.random() < _READS_SMS,
        email_allowed=True,
    )


def _plain(name: str) -> str:
    letters = folded(name).translate(_PLAIN_LETTERS)
    return "".join(letter for letter in letters if letter.isalnum())
