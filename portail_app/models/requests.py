"""Everything a family asks of the town hall, in one table, with its history and its papers."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portail_app.models.columns import Instant, reference, status
from portail_app.rules.statuses import RequestKind, RequestStatus


class FamilyRequest(SQLModel, table=True):
    """« demande »: a numbered request, whatever it changes; ``payload`` holds what accepting it will write.

    ``pending_key`` names the thing that is asked while the request is pending and is null afterwards: its unique
    constraint makes a double click one request.
    """

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=20, unique=True)
    kind: RequestKind = Field(sa_type=status(RequestKind), index=True)
    status: RequestStatus = Field(sa_type=status(RequestStatus), index=True)
    family_id: int = Field(sa_column=reference("family"))
    child_id: int | None = Field(default=None, sa_column=reference("child", nullable=True))
    service_id: int | None = Field(default=None, sa_column=reference("service", nullable=True))
    on: date | None = Field(default=None)
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    pending_key: str | None = Field(default=None, max_length=80, unique=True)
    author_id: int = Field(sa_column=reference("account"))
    # « saisi par la mairie »: an agent acted for the family.
    entered_by_staff: bool = Field(default=False)
    reason: str = Field(default="", max_length=1000)
    created_at: datetime = Field(sa_type=Instant, index=True)
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    decided_by_id: int | None = Field(default=None, sa_column=reference("account", nullable=True))

    __table_args__ = (sa.Index("familyrequest_by_day", "child_id", "on"),)


class RequestEvent(SQLModel, table=True):
    """« suivi de la demande »: one line of its history, never changed."""

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(sa_column=reference("familyrequest"))
    at: datetime = Field(sa_type=Instant)
    account_id: int | None = Field(default=None, sa_column=reference("account", nullable=True))
    status: RequestStatus = Field(sa_type=status(RequestStatus))
    note: str = Field(default="", max_length=1000)


class SupportingDocument(SQLModel, table=True):
    """« pièce justificative »: a file stored outside the web root under a random name."""

    id: int | None = Field(default=None, primary_key=True)
    family_id: int = Field(sa_column=reference("family"))
    # Null between the upload and the sending of the form; such files are purged after a day.
    request_id: int | None = Field(default=None, sa_column=reference("familyrequest", nullable=True))
    uploaded_by_id: int = Field(sa_column=reference("account"))
    stored_name: str = Field(max_length=80, unique=True)
    file_name: str = Field(max_length=160)
    media_type: str = Field(max_length=60)
    size_bytes: int
    sha256: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=Instant)

    __table_args__ = (sa.CheckConstraint("size_bytes > 0", name="supporting_document_not_empty"),)


class NumberSeries(SQLModel, table=True):
    """« série de numéros »: the last number given in a series (requests of 2026, invoices of 2026…)."""

    name: str = Field(max_length=40, primary_key=True)
    last: int = Field(default=0)
