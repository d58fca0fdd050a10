"""The column types that every table shares: instants in UTC, French statuses, money."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

# Every constraint has a name that is the same on each database, so that a later migration can alter it.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware datetime, always UTC; SQLite, which has no such type, keeps it without its offset."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive datetime: nobody could say later which hour it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the offset back to what SQLite stored."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def status(kind: type[StrEnum]) -> Any:
    """Return a text column type that holds only the values of ``kind``.

    The values are stored, not the member names, and a check constraint named after the enumeration guards them.
    """
    return sa.Enum(
        kind,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        length=32,
    )


def reference(target: str, *, nullable: bool = False, unique: bool = False, index: bool = True) -> Any:
    """Return a foreign key column to ``table.id`` that refuses to orphan a row."""
    return sa.Column(
        sa.Integer,
        sa.ForeignKey(f"{target}.id", ondelete="RESTRICT"),
        nullable=nullable,
        unique=unique,
        index=index and not unique,
    )
