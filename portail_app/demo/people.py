"""Turn the households into families, adults, children and accounts."""

from portail_app.demo import adults, children
from portail_app.demo.adults import Office, Person
from portail_app.demo.homes import Home, Kid, People
from portail_app.demo.households import HOUSEHOLDS


def add(office: Office, classrooms: dict[str, int]) -> People:
    """Write the staff, then the households one after the other."""
    staff = adults.add_staff(office)
    known: dict[str, Person] = {}
    kids: dict[str, Kid] = {}
    homes: list[Home] = []
    for number, household in enumerate(HOUSEHOLDS, start=1):
        home = adults.add_family(office, household, number)
        for adult in household.adults:
            known[adult.name] = adults.add_adult(office, home, adult)
        names = [adult.name for adult in household.adults] + list(household.also)
        adults.settle(office, home, [known[name] for name in names])
        for pupil in household.children:
            kid = children.add(office, home, pupil, classrooms[pupil.level])
            kids[kid.name] = kid
        for name in household.shares:
            children.share(office, home, kids[name], household.custody)
        homes.append(home)
    office.session.flush()
    return People(homes, list(kids.values()), staff)
