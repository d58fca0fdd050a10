"""Run the migrations on the engine of the application: one set of settings, one driver."""

from alembic import context
from sqlmodel import SQLModel

import portail_app.models  # noqa: F401 - registers the tables
from portail_app import db


def run() -> None:
    """Apply the migrations in one transaction each; SQLite alters a table by copying it."""
    with db.engine().connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
