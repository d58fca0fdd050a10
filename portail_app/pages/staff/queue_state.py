"""The town hall's queue of requests, as one agent has filtered it."""

from typing import ClassVar

import reflex as rx

from portail_app.errors import NotAllowed, Refused
from portail_app.rules.statuses import RequestKind, RequestStatus
from portail_app.services import requests
from portail_app.ui import french
from portail_app.ui.arguments import number_in
from portail_app.ui.guard import Access
from portail_app.ui.live import hub
from portail_app.ui.notices import Notices
from portail_app.ui.request_rows import RequestRow, request_row
from portail_app.ui.visits import act, current

ANY = ""
PAGE = 50
LONGEST_SEARCH = 80
# The status filter's extra entry: accepted absences whose certificate came afterwards.
TO_CHECK = "certificats"
# Checkboxes of the batch are named after their request: r12.
CHOSEN_PREFIX = "r"


class QueueState(rx.State):
    """« Demandes à traiter »."""

    ACCESS: ClassVar[Access] = Access.STAFF

    loaded: bool = False
    allowed: bool = True
    rows: list[RequestRow] = []
    waiting: str = ""
    more: bool = False
    limit: int = PAGE
    kind: str = ANY
    status: str = str(RequestStatus.PENDING)
    text: str = ""
    kinds: list[tuple[str, str]] = []
    # The request whose refusal was sent without a reason, and what to say of it.
    faulty_id: int = 0
    fault: str = ""
    problems: list[str] = []

    @rx.event
    async def load(self) -> None:
        """Show the queue, oldest first."""
        hub.shows(current().tab, QueueState.load)
        try:
            await self._show()
        except NotAllowed:
            # An animator or a régisseur signs in here too: they are told so, rather than shown an error.
            self.allowed = False
        self.loaded = True

    @rx.event
    async def choose_kind(self, kind: str) -> None:
        """Show one kind of request."""
        self.kind = kind if kind in set(RequestKind) else ANY
        await self._show()

    @rx.event
    async def choose_status(self, status: str) -> None:
        """Show the requests in one state."""
        self.status = status if status in {*RequestStatus, TO_CHECK} else ANY
        await self._show()

    @rx.event
    async def search(self, text: str) -> None:
        """Find a family, a child or a number."""
        self.text = text[:LONGEST_SEARCH]
        await self._show()

    @rx.event
    async def show_more(self) -> None:
        """Show the next requests too."""
        self.limit += PAGE
        await self._show()

    @rx.event
    async def accept(self, request_id: int) -> rx.event.EventSpec:
        """Accept one request."""
        view = await self._deciding(requests.accept, request_id)
        return Notices.say(f"Demande n° {view.number} acceptée : la famille est prévenue.", "done")

    @rx.event
    async def excuse(self, request_id: int) -> rx.event.EventSpec:
        """Accept the certificate of an absence."""
        view = await self._deciding(requests.excuse, request_id)
        return Notices.say(f"Absence de la demande n° {view.number} justifiée.", "done")

    @rx.event
    async def refuse(self, form: dict[str, str]) -> rx.event.EventSpec | None:
        """Refuse one request, with its reason."""
        request_id = number_in(form.get("request_id", ""))
        self.faulty_id, self.fault = 0, ""
        try:
            view = await self._deciding(requests.refuse, request_id, form.get("reason", ""))
        except Refused as refusal:
            if not refusal.field:
                raise
            self.faulty_id, self.fault = request_id, refusal.message
            return None
        return Notices.say(f"Demande n° {view.number} refusée : la famille est prévenue.", "done")

    @rx.event
    async def accept_chosen(self, form: dict[str, str]) -> rx.event.EventSpec:
        """Accept the ticked requests, and say what became of each."""
        chosen = [number_in(name[1:]) for name in form if name.startswith(CHOSEN_PREFIX)]
        if not chosen:
            return Notices.say("Cochez d’abord les demandes à accepter.", "refused")
        outcomes = await self._deciding(requests.accept_many, chosen)
        accepted = sum(outcome.accepted for outcome in outcomes)
        self.problems = [
            f"Demande n° {outcome.number or '?'} : {outcome.message}" for outcome in outcomes if not outcome.accepted
        ]
        return Notices.say(french.count(accepted, "demande acceptée", "demandes acceptées") + ".", "done")

    async def _deciding(self, service, *args):
        """Decide, then show the queue again, also when a colleague was faster."""
        self.problems = []
        try:
            return await act(service, *args)
        finally:
            await self._show()

    async def _show(self) -> None:
        to_check = self.status == TO_CHECK
        status = RequestStatus(self.status) if self.status in set(RequestStatus) else None
        kind = RequestKind(self.kind) if self.kind else None
        found = await act(requests.queue, kind, status, self.text, self.limit, certificates_to_check=to_check)
        self.rows = [request_row(view) for view in found.items]
        self.more = found.more
        self.waiting = french.count(found.pending, "demande en attente", "demandes en attente")
        self.kinds = [(str(kind), f"{french.label(kind)} ({number})") for kind, number in found.pending_by_kind.items()]
