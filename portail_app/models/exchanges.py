"""What the town hall and the families tell each other: messages, pages, papers, menus, e-mails."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portail_app.models.columns import Instant, reference


class Municipality(SQLModel, table=True):
    """« commune »: its name, how to reach it, its message and its colours; one row, number 1."""

    id: int | None = Field(default=1, primary_key=True)
    name: str = Field(max_length=120)
    address: str = Field(default="", max_length=400)
    phone: str = Field(default="", max_length=30)
    email: str = Field(default="", max_length=254)
    website: str = Field(default="", max_length=200)
    accent_colour: str = Field(default="#1d6b57", max_length=7)
    issuer_name: str = Field(default="", max_length=160)
    issuer_quality: str = Field(default="", max_length=160)
    welcome_title: str = Field(default="Bienvenue sur le Portail Famille", max_length=120)
    welcome_message: str = Field(default="", max_length=4000)
    infos_message: str = Field(default="", max_length=4000)
    infos_link: str = Field(default="", max_length=400)
    means_of_payment: str = Field(default="", max_length=1000)
    budget_line: str = Field(default="", max_length=80)

    __table_args__ = (sa.CheckConstraint("id = 1", name="municipality_single"),)


class Thread(SQLModel, table=True):
    """« fil » of messages between one family and the town hall."""

    id: int | None = Field(default=None, primary_key=True)
    family_id: int = Field(sa_column=reference("family"))
    subject: str = Field(max_length=160)
    created_at: datetime = Field(sa_type=Instant)


class Message(SQLModel, table=True):
    """« message » of a thread."""

    id: int | None = Field(default=None, primary_key=True)
    thread_id: int = Field(sa_column=reference("thread"))
    author_id: int = Field(sa_column=reference("account"))
    from_staff: bool
    text: str = Field(max_length=8000)
    sent_at: datetime = Field(sa_type=Instant)
    read_at: datetime | None = Field(default=None, sa_type=Instant)
    deleted_at: datetime | None = Field(default=None, sa_type=Instant)


class PublishedDocument(SQLModel, table=True):
    """« formulaire » to download."""

    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(max_length=160)
    stored_name: str = Field(max_length=80, unique=True)
    file_name: str = Field(max_length=160)
    media_type: str = Field(max_length=60)
    size_bytes: int
    position: int = Field(default=0)
    published_at: datetime = Field(sa_type=Instant)


class CanteenMenu(SQLModel, table=True):
    """« menu de la cantine » of one day."""

    id: int | None = Field(default=None, primary_key=True)
    on: date = Field(unique=True)
    dishes: str = Field(max_length=1000)


class OutgoingEmail(SQLModel, table=True):
    """« courriel à envoyer »: written in the act's own transaction, sent after it, retried until it leaves."""

    id: int | None = Field(default=None, primary_key=True)
    recipient: str = Field(max_length=254)
    subject: str = Field(max_length=200)
    text: str
    html: str
    created_at: datetime = Field(sa_type=Instant)
    next_attempt_at: datetime | None = Field(default=None, sa_type=Instant, index=True)
    attempts: int = Field(default=0)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    last_error: str = Field(default="", max_length=300)
