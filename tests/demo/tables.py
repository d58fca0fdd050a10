"""Read the demo as it stands in the database."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel, select

from portail_app import db
from portail_app.access import Actor
from portail_app.models.catalogue import Service
from portail_app.models.people import Family
from portail_app.services import auth, catalogue, sessions

HOME = "127.0.0.1"


def signed_in(identifier: str, password: str) -> Actor:
    """Sign somebody in as the sign-in page does."""
    actor = sessions.actor_of(auth.sign_in(identifier, password, HOME).token)
    assert actor is not None
    return actor


def family(name: str) -> int:
    return next(row.id or 0 for row in all_of(Family) if row.name == name)


def opening(first: date, last: date) -> catalogue.Opening:
    with db.reading() as session:
        return catalogue.opening(session, "A", first, last)


def view_of(service: Service) -> catalogue.ServiceView:
    with db.reading() as session:
        statement = sa.select(*catalogue.SERVICE_COLUMNS).where(catalogue.SERVICE.c.id == service.id)
        return catalogue.service_of(session.connection().execute(statement).one())


def all_of(table: type[SQLModel]) -> list[Any]:
    with db.reading() as session:
        return list(session.exec(select(table)).all())


def by_id(table: type[SQLModel]) -> dict[int, Any]:
    return {row.id: row for row in all_of(table)}
