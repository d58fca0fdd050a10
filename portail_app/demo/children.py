"""Write the children, with what the school must know of them."""

from datetime import date, timedelta
from random import Random

from portail_app.demo.adults import Office
from portail_app.demo.homes import Home, Kid
from portail_app.demo.households import LEVELS, Pupil
from portail_app.demo.timeline import Timeline, instant
from portail_app.models.people import Child, ChildAuthorisation, FamilyChild, HealthRecord, PickupContact

# A child of the first level turns three in the year in which school starts.
_AGE_AT_FIRST_LEVEL = 3
_ALONE_FROM = LEVELS.index("CE2")
_WITH_GLASSES, _WITH_ALLERGY, _WITH_DIET, _WITHOUT_PHOTOGRAPHS, _OFTEN_FETCHED = 0.15, 0.1, 0.25, 0.2, 0.6
_ALLERGIES = ("arachides", "œufs", "lait de vache", "fruits à coque", "piqûres de guêpe")
# What is served, never why: a diet says nothing of a religion.
_DIETS = ("sans porc", "sans viande", "sans gluten")
_DOCTORS = ("Dr Amélie Bonnet", "Dr Étienne Pâris", "Dr Ngọc Anh Trần")
_RELATIVES = (
    ("Monique", "Favre", "grand-mère"),
    ("Gérard", "Favre", "grand-père"),
    ("Chloé", "Jacquet", "assistante maternelle"),
    ("Anaïs", "Blanc", "voisine"),
    ("Yann", "Péron", "oncle"),
)


def add(office: Office, home: Home, pupil: Pupil, classroom_id: int) -> Kid:
    """Write a child, its health record, its authorisations and who may collect it."""
    level, timeline, draws = LEVELS.index(pupil.level), office.timeline, office.draws
    child = Child(
        first_name=pupil.first_name,
        last_name=pupil.last_name or home.household.name,
        born_on=_birthday(timeline, level, draws),
        sex=pupil.sex,
        classroom_id=classroom_id,
        glasses="à porter en classe et à la garderie" if draws.random() < _WITH_GLASSES else "",
    )
    office.session.add(child)
    office.session.flush()
    kid = Kid(child.id or 0, f"{child.first_name} {child.last_name}", level, pupil, [])
    share(office, home, kid, pupil.custody)
    office.session.add(_health(kid, timeline, draws))
    office.session.add_all(_authorisations(kid, timeline, draws))
    if draws.random() < _OFTEN_FETCHED:
        office.session.add_all(_relatives(kid, timeline, draws))
    return kid


def share(office: Office, home: Home, kid: Kid, custody: str) -> None:
    """Let a child live in a family, or in one more."""
    kid.homes.append(home)
    office.session.add(FamilyChild(family_id=home.family_id, child_id=kid.child_id, custody=custody))


def _birthday(timeline: Timeline, level: int, draws: Random) -> date:
    year = timeline.year_starts_on.year - _AGE_AT_FIRST_LEVEL - level
    return date(year, 1, 1) + timedelta(days=draws.randrange(365))


def _health(kid: Kid, timeline: Timeline, draws: Random) -> HealthRecord:
    allergic = draws.random() < _WITH_ALLERGY
    return HealthRecord(
        child_id=kid.child_id,
        allergies=draws.choice(_ALLERGIES) if allergic else "",
        has_pai=allergic,
        diet=draws.choice(_DIETS) if draws.random() < _WITH_DIET else "",
        doctor_name=draws.choice(_DOCTORS),
        doctor_phone=f"04 65 71 {draws.randint(10, 99)} {draws.randint(10, 99)}",
        vaccinations="DTP à jour",
        vaccinations_valid_until=timeline.today + timedelta(days=draws.randint(90, 1500)),
    )


def _authorisations(kid: Kid, timeline: Timeline, draws: Random) -> list[ChildAuthorisation]:
    given_at = instant(timeline.history_starts_on, 11)
    granted = {
        "soins_urgence": True,
        "photographies": draws.random() >= _WITHOUT_PHOTOGRAPHS,
        "sortie_seul": kid.level >= _ALONE_FROM and draws.random() < _OFTEN_FETCHED,
    }
    return [
        ChildAuthorisation(child_id=kid.child_id, kind=kind, granted=granted[kind], given_at=given_at)
        for kind in granted
    ]


def _relatives(kid: Kid, timeline: Timeline, draws: Random) -> list[PickupContact]:
    return [
        PickupContact(
            child_id=kid.child_id,
            first_name=first_name,
            last_name=last_name,
            relationship=relationship,
            phone=f"06 39 98 {draws.randint(10, 99)} {draws.randint(10, 99)}",
            valid_until=timeline.next_year_starts_on - timedelta(days=1),
        )
        for first_name, last_name, relationship in draws.sample(_RELATIVES, 2)
    ]
