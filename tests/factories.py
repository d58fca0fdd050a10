"""Small makers of rows: named people of Léaz, their services, the end of November 2026.

Each maker commits what it makes and returns it; what is not asked for is that of an ordinary family.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import TypeVar

from sqlmodel import SQLModel

from portail_app import clock, db
from portail_app.access import Actor, Role
from portail_app.models.billing import Allocation, CreditNote, Invoice, InvoiceLine, Payment
from portail_app.models.bookings import Absence, Attendance, Booking
from portail_app.models.catalogue import Classroom, Enrolment, School, Service
from portail_app.models.exchanges import Municipality
from portail_app.models.people import Account, Child, Family, FamilyChild, FamilyGuardian, Guardian
from portail_app.rules.kinds import GuardianRole, ServiceNature
from portail_app.rules.statuses import AbsenceReason, BookingStatus, PaymentMethod

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday, ten o'clock in Léaz
THURSDAY = date(2026, 11, 26)
FRIDAY = date(2026, 11, 27)
SCHOOL_YEAR = (date(2026, 9, 1), date(2027, 7, 3))
_serial = count(1)
Row = TypeVar("Row", bound=SQLModel)


@dataclass(frozen=True)
class Household:
    """A family as tests speak of it: its adults, signed in, and its first child."""

    id: int
    child_id: int
    responsable: Actor
    conjoint: Actor


def add(row: Row) -> Row:
    """Commit one row and return it."""
    with db.transaction() as session:
        session.add(row)
    return row


def leaz() -> Municipality:
    """Make the commune."""
    return add(
        Municipality(
            name="Léaz",
            address="9 rue Saint Amand\n01200 Léaz",
            phone="04 50 48 23 01",
            email="mairie@leaz.fr",
            website="https://www.leaz.fr",
        )
    )


def canteen(**values: object) -> int:
    """Make the canteen: four days a week, to be booked two working days before, at ten."""
    chosen: dict[str, object] = {
        "code": f"service-{next(_serial)}",
        "name": "Cantine",
        "nature": ServiceNature.MEAL,
        "weekdays": "1101100",
        "booking_deadline": "J-2 10:00 ouvrés",
        "absence_deadline": "J-0 09:00",
    }
    return add(Service(**{**chosen, **values})).id or 0


def morning_care(**values: object) -> int:
    """Make the garderie of the morning, to be booked the day before."""
    chosen: dict[str, object] = {"name": "Garderie matin", "nature": ServiceNature.CHILDCARE}
    return canteen(**{**chosen, "booking_deadline": "J-1 18:00", "position": 1, **values})


def classroom(name: str = "CP", zone: str = "A") -> int:
    """Make a class of a school of its own."""
    school = add(School(name=f"École n° {next(_serial)}", zone=zone))
    return add(Classroom(school_id=school.id, name=name)).id or 0


def family(name: str, *, adults: tuple[str, str], child: str = "", classroom_id: int | None = None) -> Household:
    """Make a family of two adults, each with an account, and a child; ``adults`` are first names."""
    household = add(Family(number=f"T{next(_serial):04d}", name=name, created_at=clock.now()))
    family_id = household.id or 0
    responsable = parent(adults[0], name, family_id)
    conjoint = parent(adults[1], name, family_id, role=GuardianRole.CONJOINT)
    child_id = a_child(child, name, family_id, classroom_id=classroom_id) if child else 0
    return Household(family_id, child_id, responsable, conjoint)


def perrin() -> Household:
    """Make Claire and Julien Perrin, and Emma."""
    return family("Perrin", adults=("Claire", "Julien"), child="Emma")


def nguyen() -> Household:
    """Make Thị Hương and Văn An Nguyễn, and Minh."""
    return family("Nguyễn", adults=("Thị Hương", "Văn An"), child="Minh")


def oconnor() -> Household:
    """Make Siobhán and Patrick O’Connor, and Aoife."""
    return family("O’Connor", adults=("Siobhán", "Patrick"), child="Aoife")


def parent(first_name: str, last_name: str, *family_ids: int, role: GuardianRole = GuardianRole.RESPONSABLE) -> Actor:
    """Make an adult of some families and their account."""
    email = f"parent{next(_serial)}@example.fr"
    guardian = add(
        Guardian(
            first_name=first_name,
            last_name=last_name,
            email=email,
            address="12 route de Collonges",
            postcode="01200",
            city="Léaz",
            mobile_phone="06 12 34 56 78",
        )
    )
    for family_id in family_ids:
        add(FamilyGuardian(family_id=family_id, guardian_id=guardian.id, role=role))
    return account(f"{first_name} {last_name}", guardian_id=guardian.id, email=email, family_ids=frozenset(family_ids))


def agent(name: str = "Martine Favre", role: Role = Role.AGENT) -> Actor:
    """Make somebody of the town hall."""
    return account(name, role=role)


def account(
    name: str,
    role: Role = Role.PARENT,
    guardian_id: int | None = None,
    email: str = "",
    family_ids: frozenset[int] = frozenset(),
) -> Actor:
    """Make an account and return its owner, signed in."""
    row = add(
        Account(
            identifier=f"compte{next(_serial)}",
            password_hash="x",
            role=role,
            guardian_id=guardian_id,
            display_name=name,
            email=email,
            must_change_password=False,
            created_at=clock.now(),
        )
    )
    return Actor(account_id=row.id or 0, role=role, display_name=name, family_ids=family_ids)


def a_child(first_name: str, last_name: str, *family_ids: int, classroom_id: int | None = None) -> int:
    """Make a child of one or two families."""
    row = add(Child(first_name=first_name, last_name=last_name, born_on=date(2019, 3, 14), classroom_id=classroom_id))
    for family_id in family_ids:
        add(FamilyChild(family_id=family_id, child_id=row.id))
    return row.id or 0


def enrol(child_id: int, service_id: int, first: date = SCHOOL_YEAR[0], last: date = SCHOOL_YEAR[1]) -> None:
    """Enrol a child for the school year."""
    add(Enrolment(child_id=child_id, service_id=service_id, starts_on=first, ends_on=last))


def book(home: Household, service_id: int, on: date, status: BookingStatus = BookingStatus.BOOKED) -> int:
    """Book a day for the first child of a family."""
    now = clock.now()
    row = Booking(
        child_id=home.child_id,
        service_id=service_id,
        on=on,
        family_id=home.id,
        status=status,
        created_at=now,
        changed_at=now,
    )
    return add(row).id or 0


def absent(booking_id: int, reason: AbsenceReason = AbsenceReason.FAMILY) -> None:
    """Record an absence on a booked day."""
    add(Absence(booking_id=booking_id, reason=reason, created_at=clock.now()))


def attend(child_id: int, service_id: int, on: date, *, present: bool = True) -> None:
    """Note who was there."""
    add(Attendance(child_id=child_id, service_id=service_id, on=on, present=present, recorded_at=clock.now()))


def invoice(family_id: int, total_cents: int = 4520, payer_id: int | None = None, due_in: int = 30) -> int:
    """Issue an invoice of one line today."""
    today = clock.today()
    row = add(
        Invoice(
            number=f"2026-{next(_serial):06d}",
            family_id=family_id,
            payer_id=payer_id,
            label="Octobre 2026",
            debtor_name="Claire Perrin",
            debtor_address="12 route de Collonges\n01200 Léaz",
            issued_on=today,
            due_on=today + timedelta(days=due_in),
            total_cents=total_cents,
            created_at=clock.now(),
        )
    )
    add(
        InvoiceLine(
            invoice_id=row.id,
            position=1,
            child_name="Emma Perrin",
            service_name="Cantine",
            nature=ServiceNature.MEAL,
            period="Octobre 2026",
            quantity=8,
            unit_price_cents=565,
            amount_cents=total_cents,
        )
    )
    return row.id or 0


def pay(family_id: int, invoice_id: int, amount_cents: int) -> None:
    """Record a payment of an invoice."""
    now = clock.now()
    payment = add(
        Payment(
            family_id=family_id,
            receipt_number=f"R-{next(_serial):06d}",
            method=PaymentMethod.CHEQUE,
            amount_cents=amount_cents,
            paid_on=clock.today(),
            created_at=now,
        )
    )
    add(Allocation(payment_id=payment.id, invoice_id=invoice_id, amount_cents=amount_cents))


def credit(invoice_id: int, amount_cents: int) -> None:
    """Issue a credit note."""
    add(
        CreditNote(
            number=f"A-{next(_serial):06d}",
            invoice_id=invoice_id,
            issued_on=clock.today(),
            reason="Repas compté deux fois",
            amount_cents=amount_cents,
        )
    )
