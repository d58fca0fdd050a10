"""What somebody would ask of each service to reach the Perrin family; every public function of a service is here."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from portail_app import services
from portail_app.access import Actor, Role
from portail_app.rules.statuses import AbsenceReason, RequestKind
from tests import papers
from tests.guards.scene import Scene

Call = Callable[[Callable[..., Any], Actor, Scene], Any]


@dataclass(frozen=True)
class Act:
    """How to call a service; whether it is refused outright to strangers, or answers them with what is theirs."""

    call: Call
    refused: bool = True


def _month(scene: Scene) -> tuple[int, int]:
    return scene.days[0].year, scene.days[0].month


ACTS: dict[str, Act] = {
    "accounts.create": Act(lambda f, a, s: f(a, "intrus", Role.ADMINISTRATOR, "Intrus")),
    "accounts.reinstate": Act(lambda f, a, s: f(a, s.identifier)),
    "accounts.reset": Act(lambda f, a, s: f(a, s.identifier)),
    "accounts.suspend": Act(lambda f, a, s: f(a, s.identifier)),
    "bookings.calendar_month": Act(lambda f, a, s: f(a, s.perrin.child_id, *_month(s))),
    "bookings.marks": Act(lambda f, a, s: f(a, s.perrin.child_id, s.canteen, *_month(s))),
    "catalogue.services": Act(lambda f, a, s: f(a), refused=False),
    "documents.read": Act(lambda f, a, s: f(a, s.joined_paper_id)),
    "documents.store_certificate": Act(lambda f, a, s: f(a, s.perrin.child_id, "faux.pdf", papers.pdf())),
    "families.children_of": Act(lambda f, a, s: f(a), refused=False),
    "families.family": Act(lambda f, a, s: f(a, s.perrin.id)),
    "families.family_views": Act(lambda f, a, s: f(a), refused=False),
    "family_search.search": Act(lambda f, a, s: f(a, "emma")),
    "invoices.one": Act(lambda f, a, s: f(a, s.invoice_id)),
    "invoices.pdf": Act(lambda f, a, s: f(a, s.invoice_id)),
    "invoices.unpaid": Act(lambda f, a, s: f(a, s.perrin.id), refused=False),
    "live.topics_of": Act(lambda f, a, s: f(a), refused=False),
    "municipality.welcome": Act(lambda f, a, s: f(a), refused=False),
    "outbox.recent": Act(lambda f, a, s: f(a)),
    "request_decisions.accept": Act(lambda f, a, s: f(a, s.pending_id)),
    "request_decisions.accept_many": Act(lambda f, a, s: f(a, [s.pending_id])),
    "request_decisions.excuse": Act(lambda f, a, s: f(a, s.absence_id)),
    "request_decisions.refuse": Act(lambda f, a, s: f(a, s.pending_id, "Complet.")),
    "request_lists.of_family": Act(lambda f, a, s: f(a, s.perrin.id)),
    "request_lists.queue": Act(lambda f, a, s: f(a, text="emma")),
    "request_lists.recent": Act(lambda f, a, s: f(a), refused=False),
    "requests.ask_booking": Act(lambda f, a, s: f(a, s.perrin.child_id, s.care, s.days[1])),
    "requests.ask_contact_change": Act(lambda f, a, s: f(a, s.perrin.id, RequestKind.PHONE, {"mobile_phone": "0600"})),
    "requests.attach_certificate": Act(lambda f, a, s: f(a, s.absence_id, s.loose_paper_id)),
    "requests.declare_absence": Act(
        lambda f, a, s: f(a, s.perrin.child_id, s.canteen, s.days[0] + timedelta(7), AbsenceReason.FAMILY)
    ),
    "requests.one": Act(lambda f, a, s: f(a, s.pending_id)),
    "requests.withdraw": Act(lambda f, a, s: f(a, s.pending_id)),
}  # fmt: skip

# They name nobody: the actor's own account is all that they can touch.
OF_ONESELF = frozenset({"auth.sign_out_everywhere", "own_password.change"})
# Public functions that ask for no actor: they serve before anybody has signed in, or work for no person at all.
WITHOUT_ACTOR = frozenset(
    {
        *("auth.sign_in", "auth.sign_out", "auth.commune_website", "auth.forget_what_is_over", "accounts.normalised"),
        *("sessions.actor_of", "sessions.session_view", "sessions.extend", "own_password.require_link_allowed"),
        *("own_password.send_link", "own_password.reset", "municipality.identity", "documents.purge_orphans"),
        *("outbox.send_due", "outbox.start_sender", "live.start", "live.family_topic", "live.account_topic"),
        "calendars.seed_new_installation",
        # What one service makes for another, from rows that an act has already chosen.
        *("catalogue.service_of", "documents.safe_name", "request_mail.details", "request_reading.statement"),
        *("request_sending.draft_of", "request_sending.once", "request_views.view_of", "invoice_printing.printed"),
    }
)
# Calculations and texts: they read no family.
PURE = frozenset({"tokens", "passwords", "throttle", "request_labels", "days", "numbers"})


def public_functions() -> dict[str, Callable[..., Any]]:
    """Return the public functions of every service that are no part of another act (those take its transaction)."""
    found = {}
    for module in pkgutil.iter_modules(services.__path__):
        loaded = importlib.import_module(f"{services.__name__}.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            own = function.__module__ == loaded.__name__ and not name.startswith("_")
            if own and module.name not in PURE and "session" not in inspect.signature(function).parameters:
                found[f"{module.name}.{name}"] = function
    return found
