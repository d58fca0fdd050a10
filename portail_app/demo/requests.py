"""The requests of the last weeks: those that wait for the town hall, and those that it has answered."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import Session

from portail_app.demo import asks
from portail_app.demo.asks import Ask
from portail_app.demo.codes import CANTEEN, CODES, EVENING, MORNING, WEDNESDAY
from portail_app.demo.homes import People
from portail_app.demo.ledger import Ledger
from portail_app.demo.scene import Scene
from portail_app.demo.series import Series
from portail_app.demo.timeline import ONE_DAY, instant
from portail_app.models.people import Guardian
from portail_app.rules.statuses import AbsenceReason, RequestKind, RequestStatus

ACCEPTED, REFUSED, WITHDRAWN = RequestStatus.ACCEPTED, RequestStatus.REFUSED, RequestStatus.WITHDRAWN
_WANTED = (CANTEEN, EVENING, CANTEEN, WEDNESDAY, MORNING, CANTEEN, EVENING)
_REASONS = (
    (AbsenceReason.FAMILY, "Mariage de sa tante."),
    (AbsenceReason.MEDICAL, ""),
    (AbsenceReason.TEACHER_ABSENT, ""),
    (AbsenceReason.MEDICAL, "Rendez-vous chez l’orthodontiste."),
    (AbsenceReason.SCHOOL_TRIP, "Sortie à la journée avec la classe."),
    (AbsenceReason.OTHER, "Nous rentrons de voyage ce jour-là."),
)
_REFUSALS = (
    "Il n’y a plus de place ce jour-là : essayez un autre jour, ou appelez-nous.",
    "La classe est en sortie ce jour-là et emporte un pique-nique.",
    "Le service sera assuré par une équipe réduite : nous ne prenons pas d’enfant de plus.",
)


def add(session: Session, people: People, ledger: Ledger, series: Series) -> None:
    """Write them, and let the accepted ones change the ledger."""
    scene = Scene(people, ledger)
    listed = [
        *_tour(scene),
        *_waiting_bookings(scene),
        *_waiting_absences(scene),
        *_contacts(session, scene),
        *_answered_bookings(scene),
        *_answered_absences(scene),
        *_refused(scene),
    ]
    asks.add(session, scene.offer, listed, people.staff["agent"], series)


def _tour(scene: Scene) -> Iterator[Ask]:
    """Give the Perrin family one accepted and one refused request in the last days."""
    timeline = scene.timeline
    zoe, leo = scene.people.tour_kids
    accepted = scene.coming(leo)[0]
    ask = asks.booking(accepted.home, leo, accepted.code, accepted.on, timeline.ago(5, 20, 12))
    ask.entry = accepted
    yield ask.answered(ACCEPTED, scene.offer.answer_to(ask.created_at, 9, 5))
    for code in CODES:
        free = scene.free_day(zoe, code, scene.people.tour)
        if free:
            ask = asks.booking(scene.people.tour, zoe, code, free, timeline.ago(6, 21, 30))
            yield ask.answered(REFUSED, scene.offer.answer_to(ask.created_at, 10, 40), _REFUSALS[0])
            return


def _waiting_bookings(scene: Scene) -> Iterator[Ask]:
    for number, code in enumerate(_WANTED):
        ask = scene.next_free(code)
        ask.created_at = scene.timeline.ago(3 - number // 2, 8 + number * 2, 7 * number)
        if number == 2:  # noqa: PLR2004 - the third, by telephone in office hours
            ask.by_staff, ask.created_at = True, scene.offer.answer_to(scene.timeline.ago(6, 9), 10, 30)
        yield ask


def _waiting_absences(scene: Scene) -> Iterator[Ask]:
    for number, (reason, comment) in enumerate(_REASONS):
        sent_at = scene.timeline.ago(2 - number // 3, 9 + number, 9 * number)
        ask = asks.absence(scene.next_booked(), reason, sent_at, comment)
        if number == 1:
            ask.certificate_at = sent_at
        yield ask


def _contacts(session: Session, scene: Scene) -> Iterator[Ask]:
    """Ask for a new address and a new telephone."""
    homes = [home for home in scene.people.homes if home.household.name in {"Chappuis", "Öztürk"}]
    for home, days in zip(homes, (1, 2), strict=True):
        guardian = session.get_one(Guardian, home.guardian_ids[0])
        if days == 1:
            kind, before, after = (
                RequestKind.ADDRESS,
                {"address": guardian.address},
                {"address": "14 rue de la Valserine"},
            )
        else:
            kind, before, after = (
                RequestKind.PHONE,
                {"mobile_phone": guardian.mobile_phone},
                {"mobile_phone": "06 39 98 41 07"},
            )
        yield asks.contact_change(home, kind, before, after, scene.timeline.ago(days, 18, 22))


def _answered_bookings(scene: Scene) -> Iterator[Ask]:
    """Accept days of the last and next two weeks, asked for the day before the deadline at the latest."""
    for number in range(5):
        entry = scene.next_lived()
        limit = scene.offer.opening.booking_until(scene.offer.services[entry.code], entry.on)
        sent_at = min(limit - timedelta(hours=26), scene.timeline.ago(6 + number, 19, 11 * number))
        ask = asks.booking(entry.home, entry.kid, entry.code, entry.on, sent_at)
        ask.entry = entry
        yield ask.answered(ACCEPTED, scene.offer.answer_to(sent_at, 9, 20 + number))


def _answered_absences(scene: Scene) -> Iterator[Ask]:
    yield from _recent_absences(scene)
    for number, reason in enumerate((AbsenceReason.FAMILY, AbsenceReason.OTHER, AbsenceReason.MEDICAL)):
        entry = scene.next_booked()
        entry.absence, entry.excused = reason, reason is not AbsenceReason.MEDICAL
        scene.ledger.taken[entry.code, entry.on] -= 1
        ask = asks.absence(entry, reason, scene.timeline.ago(6 + number, 17, 35))
        if reason is AbsenceReason.MEDICAL:
            # Accepted without its certificate, which came afterwards: an agent has to check it.
            ask.certificate_at = scene.timeline.ago(1, 12, 48)
        yield ask.answered(ACCEPTED, scene.offer.answer_to(ask.created_at, 9, 15))


def _recent_absences(scene: Scene) -> Iterator[Ask]:
    """Give their request to absences of the last weeks, at most four."""
    timeline, given = scene.timeline, 0
    for entry in list(scene.ledger.entries.values()):
        is_recent = timeline.today - 20 * ONE_DAY <= entry.on < timeline.today
        if given == 4 or not is_recent or not entry.absence or entry.kid.child_id in scene.used:  # noqa: PLR2004
            continue
        if entry.kid not in scene.people.others:
            continue
        scene.used.add(entry.kid.child_id)
        given += 1
        until = scene.offer.opening.absence_until(scene.offer.services[entry.code], entry.on)
        sent_at = min(until - timedelta(hours=15), instant(entry.on - ONE_DAY, 18, 5))
        ask = asks.absence(entry, entry.absence, sent_at)
        if entry.absence is AbsenceReason.MEDICAL and entry.excused:
            ask.certificate_at = sent_at
        yield ask.answered(ACCEPTED, scene.offer.answer_to(sent_at, 8, 35 + given))


def _refused(scene: Scene) -> Iterator[Ask]:
    timeline = scene.timeline
    for number, reason in enumerate(_REFUSALS):
        ask = scene.next_free(CANTEEN)
        ask.created_at = timeline.ago(9 + number, 20, 20)
        yield ask.answered(REFUSED, scene.offer.answer_to(ask.created_at, 11, 5), reason)
    absent = asks.absence(scene.next_booked(), AbsenceReason.OTHER, timeline.ago(7, 13, 30))
    yield absent.answered(
        REFUSED, scene.offer.answer_to(absent.created_at, 16, 10), "Merci de préciser le motif de l’absence."
    )
    ask = scene.next_free(EVENING)
    ask.created_at = timeline.ago(5, 19, 2)
    yield ask.answered(WITHDRAWN, timeline.ago(5, 19, 40))
