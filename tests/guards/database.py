"""What a database holds, to tell whether anything was written."""

import sqlite3
from pathlib import Path

# Being seen moves the end of a session: that is what sessions are for.
UNSTEADY = ("authsession",)


def content(file: Path) -> list[str]:
    """Return every row of an SQLite file as a line, in order."""
    with sqlite3.connect(file) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return [
            f"{table}: {row}"
            for (table,) in tables
            if table not in UNSTEADY
            for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid')
        ]
