"""Every e-mail of the portal: one function each, from plain values to ready French text.

Nothing here reads the database or sends anything: ``services/outbox`` queues what these functions return. Each text
stands alone, and the HTML version says exactly the same thing.
"""

from dataclasses import dataclass
from datetime import datetime
from html import escape

from portail_app.clock import PARIS
from portail_app.rules.spoken_dates import spoken_day, spoken_hour

RECOURSE = (
    "Vous pouvez contester cette décision dans les deux mois, auprès du maire ou devant le tribunal administratif."
)


@dataclass(frozen=True)
class Email:
    """A ready e-mail; ``html`` says the same as ``text``."""

    to: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Sender:
    """The commune that signs the e-mail: who to call when something is wrong (CRPA L112-11)."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class RequestFacts:
    """What an e-mail says of a request; ``subject`` is the label of its kind, ``details`` its French lines.

    ``about`` completes the subject (« Cantine, jeudi 26 novembre »): subjects are read over shoulders and on locked
    screens, they name no child and no reason.
    """

    number: str
    subject: str
    author: str
    sent_at: datetime
    details: tuple[str, ...]
    link: str
    entered_by_staff: bool = False
    about: str = ""


def reset_link(to: str, link: str, valid_until: datetime, sender: Sender) -> Email:
    """Write the link of « Mot de passe oublié ? »."""
    return _email(
        to,
        "Choisir un nouveau mot de passe",
        [
            "Vous avez demandé à choisir un nouveau mot de passe pour le Portail Famille. Ouvrez cette page :",
            link,
            f"Le lien fonctionne une seule fois, jusqu’au {_spoken(valid_until)}.",
            "Vous n’avez rien demandé ? Ne faites rien : votre mot de passe actuel reste valable.",
        ],
        sender,
    )


def password_changed(to: str, at: datetime, sender: Sender) -> Email:
    """Tell the owner of an account that its password has just changed."""
    return _email(
        to,
        "Votre mot de passe a été changé",
        [
            f"Le mot de passe de votre compte a été changé le {_spoken(at)}.",
            "Vous n’en êtes pas à l’origine ? Prévenez tout de suite la mairie.",
        ],
        sender,
    )


def request_received(to: str, request: RequestFacts, sender: Sender) -> Email:
    """Acknowledge a request: number, date, who, what, service in charge and how to reach it."""
    entered = "Saisi par la mairie." if request.entered_by_staff else ""
    return _email(
        to,
        _subject(request, "bien reçue"),
        [
            f"Votre demande n° {request.number} a été enregistrée le {_spoken(request.sent_at)}.",
            f"Objet : {request.subject}.",
            *request.details,
            f"Demandée par : {request.author}.",
            entered,
            f"Service chargé de votre demande : {sender.name}. Vous recevrez sa réponse par courriel.",
            request.link,
        ],
        sender,
    )


def request_accepted(to: str, request: RequestFacts, decided_at: datetime, sender: Sender) -> Email:
    """Tell that a request was accepted and is applied."""
    return _email(
        to,
        _subject(request, "acceptée"),
        [
            f"La mairie a accepté votre demande n° {request.number} le {_spoken(decided_at)}.",
            f"Objet : {request.subject}.",
            *request.details,
            request.link,
        ],
        sender,
    )


def request_refused(to: str, request: RequestFacts, decided_at: datetime, reason: str, sender: Sender) -> Email:
    """Tell that a request was refused, why, and the ways of recourse.

    Without ``reason``, because it may tell of a health, the e-mail says where to read it.
    """
    return _email(
        to,
        _subject(request, "refusée"),
        [
            f"La mairie a refusé votre demande n° {request.number} le {_spoken(decided_at)}.",
            f"Objet : {request.subject}.",
            *request.details,
            f"Motif : {reason}" if reason else "Le motif se lit sur le portail, dans « Liste des demandes ».",
            RECOURSE,
            request.link,
        ],
        sender,
    )


def request_withdrawn(to: str, request: RequestFacts, sender: Sender) -> Email:
    """Confirm that a family took back its own pending request."""
    return _email(
        to,
        _subject(request, "retirée"),
        [
            f"Vous avez retiré votre demande n° {request.number} : la mairie n’a plus à y répondre.",
            f"Objet : {request.subject}.",
            *request.details,
            request.link,
        ],
        sender,
    )


def _subject(request: RequestFacts, became: str) -> str:
    what = ", ".join(part for part in (request.subject, request.about) if part)
    return f"Demande n° {request.number} {became} : {what}"


def _email(to: str, subject: str, paragraphs: list[str], sender: Sender) -> Email:
    written = ["Bonjour,", *(paragraph for paragraph in paragraphs if paragraph)]
    signature = _signature(sender)
    text = "\n\n".join([*written, "-- \n" + "\n".join(signature)]) + "\n"
    body = "".join(f"<p>{_linked(paragraph)}</p>" for paragraph in written)
    html = (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{escape(subject)}</title></head><body>'
        f"{body}<p>{'<br>'.join(escape(line) for line in signature)}</p></body></html>"
    )
    return Email(to=to, subject=" ".join(subject.split()), text=text, html=html)


def _signature(sender: Sender) -> list[str]:
    contact = " · ".join(part for part in (sender.phone, sender.email) if part)
    return [line for line in (sender.name, sender.address, contact) if line]


def _linked(paragraph: str) -> str:
    """Escape a paragraph; one that is wholly an address of the portal becomes a link."""
    safe = escape(paragraph)
    if paragraph.startswith(("https://", "http://")) and " " not in paragraph:
        return f'<a href="{safe}">{safe}</a>'
    return safe


def _spoken(instant: datetime) -> str:
    local = instant.astimezone(PARIS)
    return f"{spoken_day(local.date())} {local.year} à {spoken_hour(local.time())}"
