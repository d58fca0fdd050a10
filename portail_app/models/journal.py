"""The journal: who did what, and when; never what was in it."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from portail_app.models.columns import Instant, reference


class JournalEntry(SQLModel, table=True):
    """« journal »: one act; holds numbers of objects, never names, addresses or health data."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Instant, index=True)
    account_id: int | None = Field(default=None, sa_column=reference("account", nullable=True))
    action: str = Field(max_length=60)
    object_id: int | None = Field(default=None)
    family_id: int | None = Field(default=None, sa_column=reference("family", nullable=True))
