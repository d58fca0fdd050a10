"""The French calendars that others publish: public holidays, and school vacations by zone.

Both come from libraries and work without network. `holidays` is preferred to lighter ones because it is maintained;
it is imported at the first need only, which is when the calendars are seeded.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from portail_app.rules.school_days import Vacation

ONE_DAY = timedelta(days=1)


def public_holidays(first: date, last: date) -> list[tuple[date, str]]:
    """List the public holidays of metropolitan France between two days, both included, with their French names."""
    import holidays

    found = holidays.country_holidays("FR", years=range(first.year, last.year + 1), language="fr")
    return [(day, _typographic(name)) for day, name in sorted(found.items()) if first <= day <= last]


def school_vacations(zone: str, first: date, last: date) -> list[Vacation]:
    """List the runs of days without school between two days; a run that goes over a bound is cut there.

    The library knows a few years ahead only: nothing is returned for those that the ministry has not published.
    """
    runs: list[Vacation] = []
    for day, name in _days_without_school(zone, first, last):
        if runs and runs[-1][1] == day - ONE_DAY and runs[-1][2] == name:
            runs[-1] = (runs[-1][0], day, name)
        else:
            runs.append((day, day, name))
    return runs


def _days_without_school(zone: str, first: date, last: date) -> Iterator[tuple[date, str]]:
    from vacances_scolaires_france import SchoolHolidayDates, UnsupportedYearException

    published = SchoolHolidayDates()
    for year in range(first.year, last.year + 1):
        try:
            days = published.holidays_for_year_and_zone(year, zone)
        except UnsupportedYearException:
            continue
        for day in sorted(days):
            if first <= day <= last:
                yield day, _typographic(days[day]["nom_vacances"])


def _typographic(name: str) -> str:
    return name.replace("'", "’")
