"""The moves between states, and the computed state of an invoice."""

from datetime import date
from enum import StrEnum
from itertools import product

import pytest

from portail_app.errors import Refused
from portail_app.rules import statuses
from portail_app.rules.statuses import (
    CHILD_KINDS,
    FAMILY_KINDS,
    AbsenceReason,
    BookingStatus,
    InvoiceStatus,
    RequestKind,
    RequestStatus,
    invoice_status,
    move,
    needs_certificate,
)

PENDING, ACCEPTED = RequestStatus.PENDING, RequestStatus.ACCEPTED
REFUSED, WITHDRAWN = RequestStatus.REFUSED, RequestStatus.WITHDRAWN
BOOKED, CANCELLED = BookingStatus.BOOKED, BookingStatus.CANCELLED
DUE = date(2026, 11, 30)


@pytest.mark.parametrize("wanted", [ACCEPTED, REFUSED, WITHDRAWN])
def test_a_pending_request_is_accepted_refused_or_withdrawn(wanted: RequestStatus) -> None:
    assert move(PENDING, wanted) is wanted


@pytest.mark.parametrize(("current", "wanted"), list(product([ACCEPTED, REFUSED], RequestStatus)))
def test_an_answered_request_never_moves_again(current: RequestStatus, wanted: RequestStatus) -> None:
    with pytest.raises(Refused) as refusal:
        move(current, wanted)
    assert refusal.value.message == "Cette demande a déjà été traitée."


@pytest.mark.parametrize("wanted", RequestStatus)
def test_a_withdrawn_request_is_never_answered(wanted: RequestStatus) -> None:
    with pytest.raises(Refused) as refusal:
        move(WITHDRAWN, wanted)
    assert refusal.value.message == "Cette demande a été retirée."


def test_a_pending_request_is_not_sent_again() -> None:
    with pytest.raises(Refused) as refusal:
        move(PENDING, PENDING)
    assert refusal.value.message == "Cette demande est déjà en attente."


def test_a_booking_is_cancelled_and_booked_again() -> None:
    assert move(BOOKED, CANCELLED) is CANCELLED
    assert move(CANCELLED, BOOKED) is BOOKED


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(BOOKED, "Ce jour est déjà réservé."), (CANCELLED, "Cette réservation est déjà annulée.")],
)
def test_a_second_click_on_a_booking_is_refused(status: BookingStatus, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        move(status, status)
    assert refusal.value.message == sentence


def test_every_status_has_its_moves() -> None:
    assert set(statuses.BOOKING_MOVES) == set(BookingStatus)
    assert set(statuses.REQUEST_MOVES) == set(RequestStatus)


def test_states_of_two_different_things_are_a_mistake_in_the_code() -> None:
    with pytest.raises(TypeError):
        move(BOOKED, WITHDRAWN)  # type: ignore[type-var]
    with pytest.raises(TypeError):
        move("pending", "accepted")  # type: ignore[type-var]


def test_only_a_medical_absence_needs_a_certificate() -> None:
    assert [reason for reason in AbsenceReason if needs_certificate(reason)] == [AbsenceReason.MEDICAL]


@pytest.mark.parametrize(
    ("total_cents", "paid_cents", "today", "expected"),
    [
        (4520, 0, DUE, InvoiceStatus.UNPAID),
        (4520, 1, DUE, InvoiceStatus.PARTLY_PAID),
        (4520, 4519, DUE, InvoiceStatus.PARTLY_PAID),
        (4520, 4520, DUE, InvoiceStatus.PAID),
        (4520, 5000, DUE, InvoiceStatus.PAID),
        (0, 0, DUE, InvoiceStatus.PAID),
        (4520, 0, date(2026, 12, 1), InvoiceStatus.OVERDUE),
        (4520, 4519, date(2026, 12, 1), InvoiceStatus.OVERDUE),
        (4520, 4520, date(2026, 12, 1), InvoiceStatus.PAID),
        (0, 0, date(2026, 12, 1), InvoiceStatus.PAID),
    ],
)
def test_the_state_of_an_invoice_comes_from_its_amounts_and_its_due_date(
    total_cents: int, paid_cents: int, today: date, expected: InvoiceStatus
) -> None:
    assert invoice_status(total_cents, paid_cents, DUE, today) is expected


def test_each_kind_of_request_is_listed_on_one_page_only() -> None:
    assert set(RequestKind) == CHILD_KINDS | FAMILY_KINDS
    assert not CHILD_KINDS & FAMILY_KINDS
    assert {RequestKind.BOOKING, RequestKind.ABSENCE, RequestKind.HEALTH} <= CHILD_KINDS
    assert {RequestKind.GUARDIAN, RequestKind.PARTNER, RequestKind.ALLOWANCE} <= FAMILY_KINDS


@pytest.mark.parametrize(
    "values",
    [
        enum
        for enum in vars(statuses).values()
        if isinstance(enum, type) and issubclass(enum, StrEnum) and enum is not StrEnum
    ],
)
def test_stored_values_are_short_lower_case_words_without_accents(values: type[StrEnum]) -> None:
    for member in values:
        assert member.value.isascii()
        assert member.value == member.value.lower()
        assert 0 < len(member.value) <= 24
