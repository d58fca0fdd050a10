"""What « Mes enfants » holds for one tab: the children, the chosen one, and a month of their calendar."""

from datetime import date
from typing import ClassVar, NamedTuple, TypedDict

import reflex as rx

from portail_app import clock
from portail_app.access import Actor
from portail_app.errors import Refused
from portail_app.pages.family import month_texts
from portail_app.pages.family.month_texts import DayTexts, RowTexts
from portail_app.rules import school_days
from portail_app.rules.statuses import AbsenceReason
from portail_app.services import bookings, families, requests
from portail_app.ui import french
from portail_app.ui.arguments import number_in
from portail_app.ui.guard import Access
from portail_app.ui.live import hub
from portail_app.ui.notices import tell
from portail_app.ui.visits import act, current


class ChildTab(TypedDict):
    """One child to choose, with the address of their calendar."""

    id: int
    name: str
    classroom: str
    href: str


class ChildrenState(rx.State):
    """« Mes enfants »."""

    ACCESS: ClassVar[Access] = Access.FAMILY

    loaded: bool = False
    children: list[ChildTab] = []
    child_id: int = 0
    child_name: str = ""
    month_name: str = ""
    previous_href: str = ""
    next_href: str = ""
    days: list[DayTexts] = []
    rows: list[RowTexts] = []
    sentences: list[str] = []
    # One letter per day and service: the only thing that an act sends back.
    marks: list[str] = []
    upcoming: list[int] = []
    past: list[int] = []
    # The answer to a declaration: "ok:3" or "no:4", so that the page hears each one.
    answer: str = ""
    error_field: str = ""
    error_text: str = ""

    @rx.event
    async def load(self) -> None:
        """Show the child and the month of the address; the first child and this month otherwise."""
        hub.shows(current().tab, ChildrenState.refresh)
        await self._show(
            self.router.url.query_parameters.get("enfant", ""), self.router.url.query_parameters.get("mois", "")
        )

    @rx.event
    async def refresh(self) -> None:
        """Read the marks again, because somebody else changed something."""
        before = month_texts.marks_by_cell(self.rows, self.days, self.marks)
        await self.load()
        news = month_texts.news(before, month_texts.marks_by_cell(self.rows, self.days, self.marks))
        if news:
            await tell(self, f"{self.child_name}, {news}.", "news")

    @rx.event
    async def ask_booking(self, cell: str) -> None:
        """« Demande de Réservation » on one cell."""
        service_id, on = _cell(cell)
        try:
            done = await act(_ask, self.child_id, service_id, on)
        except Refused as refusal:
            # The page was older than the day: the deadline has passed, or the other parent was faster.
            await self.load()
            await tell(self, refusal.message, "refused")
            return
        self._show_row(done)
        await tell(self, f"Demande n° {done.view.number} envoyée à la mairie : {_what(done.view)}.")

    @rx.event
    def forget_error(self) -> None:
        """Open the form of an absence without what was said of an earlier one."""
        self.error_field, self.error_text = "", ""

    @rx.event
    async def declare_absence(self, form: dict[str, str]) -> None:
        """« Déclarer une absence » with its reason."""
        try:
            done = await act(_declare, self.child_id, form)
        except Refused as refusal:
            if not refusal.field:
                await self.load()
            self._answer("no", refusal.field or "form", refusal.message)
            return
        self._show_row(done)
        self._answer("ok")
        await tell(self, f"Absence déclarée, demande n° {done.view.number} : {_what(done.view)}.")

    async def _show(self, child: str, month: str) -> None:
        children = await act(families.children_of)
        today = clock.today()
        first = _month(month) or today
        self.children = [
            ChildTab(id=c.id, name=c.first_name, classroom=c.classroom, href=_href(c.id, first)) for c in children
        ]
        chosen = next((c for c in children if str(c.id) == child), children[0] if children else None)
        if chosen is not None:
            self.child_id, self.child_name = chosen.id, chosen.first_name
            self._fill(await act(bookings.calendar_month, chosen.id, first.year, first.month), today)
        self.loaded = True

    def _fill(self, month: bookings.MonthView, today: date) -> None:
        first, now = month.days[0].on, clock.now()
        self.month_name = french.month(first)
        self.previous_href = _href(self.child_id, date(*school_days.previous_month(first.year, first.month), 1))
        self.next_href = _href(self.child_id, date(*school_days.next_month(first.year, first.month), 1))
        self.days = [
            month_texts.day_texts(day, today, eve) for eve, day in zip((None, *month.days), month.days, strict=False)
        ]
        sentences = month_texts.Sentences()
        self.rows = [month_texts.row_texts(row, now, sentences) for row in month.rows]
        self.sentences = sentences.in_order()
        self.marks = [row.marks for row in month.rows]
        shown = month_texts.open_days(month)
        self.upcoming = [i for i in shown if month.days[i].on >= today]
        self.past = [i for i in shown if month.days[i].on < today]

    def _show_row(self, done: "_Done") -> None:
        for i, texts in enumerate(self.rows):
            if texts["id"] == str(done.view.service_id) and self.days[0]["on"][:7] == f"{done.view.on:%Y-%m}":
                self.marks[i] = done.marks

    def _answer(self, outcome: str, field: str = "", text: str = "") -> None:
        serial = int(self.answer.partition(":")[2] or 0) + 1
        self.answer, self.error_field, self.error_text = f"{outcome}:{serial}", field, text


class _Done(NamedTuple):
    """A request just sent, and the row of the calendar as it is now."""

    view: requests.RequestView
    marks: str


def _ask(actor: Actor, child_id: int, service_id: int, on: date) -> _Done:
    return _read_again(actor, requests.ask_booking(actor, child_id, service_id, on))


def _read_again(actor: Actor, view: requests.RequestView) -> _Done:
    """Read the row in the thread of the act: each change of thread waits for its turn when many parents act."""
    return _Done(view, bookings.marks(actor, view.child_id, view.service_id, view.on.year, view.on.month))


def _declare(actor: Actor, child_id: int, form: dict[str, str]) -> _Done:
    service_id, on = _cell(form.get("cell", ""))
    reason = form.get("reason", "")
    if reason not in set(AbsenceReason):
        raise Refused("Choisissez la raison de l’absence.", "reason")
    if form.get("confirmed") != "on":
        raise Refused("Cochez la case pour confirmer l’absence.", "confirmed")
    certificate = form.get("certificate", "")
    view = requests.declare_absence(
        actor, child_id, service_id, on, AbsenceReason(reason), form.get("comment", ""),
        number_in(certificate) if certificate else None,
    )  # fmt: skip
    return _read_again(actor, view)


def _what(view: requests.RequestView) -> str:
    on = french.long_day(view.on) if view.on else ""
    return f"{view.service_name}, {on}, {view.child_name}"


def _cell(text: str) -> tuple[int, date]:
    """Read ``service:2026-11-26``, as the page writes it; anything else is refused."""
    service, _, day = text.partition(":")
    try:
        return int(service), date.fromisoformat(day)
    except ValueError:
        raise Refused("Choisissez un jour du calendrier.") from None


def _month(text: str) -> date | None:
    """Read ``2026-11``; None for what is no month, or is a month of no calendar: the page then shows this month."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return first if bookings.FIRST_YEAR <= first.year <= bookings.LAST_YEAR else None


def _href(child_id: int, first: date) -> str:
    return f"/mes-enfants?enfant={child_id}&mois={first:%Y-%m}"
