"""What the town hall and the families tell each other: messages, canteen menus, documents to download."""

from datetime import date, timedelta
from itertools import chain, islice

from sqlmodel import Session

from portail_app.adapters.files import DiskFiles
from portail_app.adapters.papers import PDF
from portail_app.demo import papers
from portail_app.demo.codes import CANTEEN
from portail_app.demo.conversations import CONVERSATIONS, DISHES, FORMS
from portail_app.demo.homes import People
from portail_app.demo.services import Offer
from portail_app.demo.timeline import Timeline
from portail_app.models.exchanges import CanteenMenu, Message, PublishedDocument, Thread
from portail_app.settings import get_settings

_PAST_MENUS, _COMING_MENUS = 8, 16
_FAR = timedelta(days=90)


def add(session: Session, offer: Offer, people: People) -> None:
    """Write the messages, the menus and the documents."""
    _add_messages(session, offer.timeline, people)
    _add_menus(session, offer)
    _add_documents(session, offer.timeline)
    session.flush()


def _add_messages(session: Session, timeline: Timeline, people: People) -> None:
    homes = {home.household.name: home for home in people.homes}
    for family, subject, messages in CONVERSATIONS:
        home = homes[family]
        sent = [timeline.ago(days, hour, minute) for _, days, hour, minute, _ in messages]
        thread = Thread(family_id=home.family_id, subject=subject, created_at=sent[0])
        session.add(thread)
        session.flush()
        for place, (author, _, _, _, text) in enumerate(messages):
            is_last = place == len(messages) - 1
            session.add(
                Message(
                    thread_id=thread.id or 0,
                    author_id=people.staff[author] if author else home.account_ids[0],
                    from_staff=bool(author),
                    text=text,
                    sent_at=sent[place],
                    # The last one of each thread still waits to be read.
                    read_at=None if is_last else sent[place + 1],
                )
            )


def _add_menus(session: Session, offer: Offer) -> None:
    """Write the menus of some meals past and to come; during the summer, those of September."""
    timeline = offer.timeline
    before = reversed(offer.open_days(CANTEEN, timeline.today - _FAR, timeline.today - timedelta(days=1)))
    after = offer.open_days(CANTEEN, timeline.today, timeline.today + _FAR)
    days: list[date] = sorted(chain(islice(before, _PAST_MENUS), islice(after, _COMING_MENUS)))
    session.add_all(CanteenMenu(on=day, dishes=DISHES[number % len(DISHES)]) for number, day in enumerate(days))


def _add_documents(session: Session, timeline: Timeline) -> None:
    # Beside the families' papers, never among them: what no request names is purged there.
    store = DiskFiles(get_settings().data_dir / "documents")
    for position, (file_name, title, sections) in enumerate(FORMS):
        content = papers.form(title, sections, timeline.year_starts_on)
        session.add(
            PublishedDocument(
                title=title,
                stored_name=store.add(content),
                file_name=file_name,
                media_type=PDF,
                size_bytes=len(content),
                position=position,
                published_at=timeline.ago(40 + position, 10),
            )
        )
