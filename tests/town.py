"""A town that a real portal serves: two families, an agent, passwords that are known, days that can be asked for."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import select

from portail_app import clock, db
from portail_app.access import Actor
from portail_app.models.exchanges import Municipality
from portail_app.models.people import Account
from portail_app.services import bookings, calendars, passwords
from portail_app.settings import get_settings
from tests import factories as make
from tests import protocol
from tests.accounts import GOOD
from tests.factories import Household

MONTHS_AHEAD = 4


@dataclass(frozen=True)
class Town:
    """Who lives here; ``identifiers`` by account, all with the same password."""

    perrin: Household
    nguyen: Household
    agent: Actor
    services: tuple[int, int]
    identifiers: dict[int, str]

    async def sign_in(self, url: str, account_id: int) -> str:
        """Sign somebody in through the form; return the cookies of their browser."""
        return await protocol.sign_in(url, self.identifiers[account_id], GOOD)

    def free_cells(self, home: Household, number: int) -> list[str]:
        """Name cells of the calendar that this family may ask for now, as the page does: ``service:day``."""
        found: list[str] = []
        day = clock.today().replace(day=1)
        for _ in range(MONTHS_AHEAD):
            month = bookings.calendar_month(home.responsable, home.child_id, day.year, day.month)
            found += [
                f"{row.service_id}:{column.on.isoformat()}"
                for row in month.rows
                for column, refusal in zip(month.days, row.booking_refusals, strict=True)
                if not refusal
            ]
            day = (day + timedelta(days=32)).replace(day=1)
        assert len(found) >= number, f"{len(found)} free cells, {number} wanted"
        return found[:number]


def build() -> Town:
    """Write the town into the database, around today."""
    with db.reading() as session:
        known = session.exec(select(Municipality)).first()
    if known is None:
        make.leaz()
    # As the portal does when it starts: a day of school that it would then close cannot be asked for.
    calendars.seed_new_installation()
    every_day: dict[str, object] = {"weekdays": "1111111", "open_in_vacations": True, "booking_deadline": "J-1 18:00"}
    canteen, care = make.canteen(**every_day), make.morning_care(**{k: every_day[k] for k in list(every_day)[:2]})
    perrin, nguyen = make.perrin(), make.nguyen()
    first, last = clock.today() - timedelta(days=100), clock.today() + timedelta(days=200)
    for home in (perrin, nguyen):
        for service in (canteen, care):
            make.enrol(home.child_id, service, first, last)
    return Town(perrin, nguyen, make.agent(), (canteen, care), _with_passwords())


def _with_passwords() -> dict[int, str]:
    """Give everybody the same password, at the lowest cost; return the identifiers."""
    assert get_settings().bcrypt_cost == 4
    accounts = Account.metadata.tables["account"]
    with db.transaction() as session:
        session.connection().execute(sa.update(accounts).values(password_hash=passwords.hashed(GOOD)))
        rows = session.connection().execute(sa.select(accounts.c.id, accounts.c.identifier))
        return {row.id: row.identifier for row in rows}
