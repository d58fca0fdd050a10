"""What an SQLite database holds of each act, read from outside the portal: whole, or cut in two."""

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

# Per request: the lines that its sending and its answer must each have written, once.
_REQUESTS = """
SELECT number, status,
  (SELECT count(*) FROM requestevent e WHERE e.request_id = r.id AND e.status = 'pending'),
  (SELECT count(*) FROM requestevent e WHERE e.request_id = r.id AND e.status = 'accepted'),
  (SELECT count(*) FROM journalentry j WHERE j.object_id = r.id AND j.action = 'request.sent'),
  (SELECT count(*) FROM journalentry j WHERE j.object_id = r.id AND j.action = 'request.accepted'),
  (SELECT count(*) FROM outgoingemail m WHERE m.subject LIKE 'Demande n° ' || r.number || ' bien reçue%'),
  (SELECT count(*) FROM outgoingemail m WHERE m.subject LIKE 'Demande n° ' || r.number || ' acceptée%'),
  (SELECT count(*) FROM booking b WHERE b.request_id = r.id AND b.status = 'booked'
     AND b.child_id = r.child_id AND b.service_id = r.service_id AND b."on" = r."on"),
  pending_key IS NOT NULL
FROM familyrequest r ORDER BY number
"""
# Lines that belong to nothing, and what SQLite itself finds wrong; one statement a paragraph.
_STRAYS = """
SELECT * FROM journalentry WHERE action LIKE 'request.%' AND object_id NOT IN (SELECT id FROM familyrequest)

SELECT * FROM journalentry WHERE action = 'document.stored' AND object_id NOT IN (SELECT id FROM supportingdocument)

SELECT * FROM supportingdocument d WHERE 1 <>
  (SELECT count(*) FROM journalentry j WHERE j.object_id = d.id AND j.action = 'document.stored')

SELECT * FROM booking WHERE request_id IS NULL

SELECT * FROM pragma_foreign_key_check

SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'
"""
SENT = ("pending", 1, 0, 1, 0, 1, 0, 0, 1)
ACCEPTED = ("accepted", 1, 1, 1, 1, 1, 1, 1, 0)


@dataclass(frozen=True)
class Ledger:
    """A database file, and the folder of its papers."""

    file: Path
    papers: Path

    def numbers(self, status: str = "%") -> list[str]:
        """List the numbers of the requests, in order."""
        return [n for (n,) in self._all("SELECT number FROM familyrequest WHERE status LIKE ? ORDER BY number", status)]

    def ids(self, status: str) -> list[int]:
        """List the requests in a state."""
        return [i for (i,) in self._all("SELECT id FROM familyrequest WHERE status = ? ORDER BY id", status)]

    def faults(self) -> list[object]:
        """List all that should not be."""
        return [*self.cut_in_two(), *self.numbering_faults(), *self.asked_twice()]

    def cut_in_two(self) -> list[object]:
        """List the requests that are neither only sent nor wholly accepted, and lines that belong to no request."""
        halves: list[object] = [row for row in self._all(_REQUESTS) if row[1:] not in {SENT, ACCEPTED}]
        return halves + [row for stray in _STRAYS.split("\n\n") for row in self._all(stray)]

    def numbering_faults(self) -> list[object]:
        """List the numbers that are missing or given twice, and a series that does not know its last one."""
        numbers = self.numbers()
        ((name, last),) = self._all("SELECT name, last FROM numberseries")
        continuous = [f"{name}-{n:06d}" for n in range(1, last + 1)]
        return [] if numbers == continuous else [set(continuous) ^ set(numbers), last, len(numbers)]

    def asked_twice(self) -> list[object]:
        """List the days that several requests ask for."""
        return self._all(
            'SELECT child_id, service_id, "on", count(*) FROM familyrequest'
            ' GROUP BY child_id, service_id, "on" HAVING count(*) > 1'
        )

    def damaged_papers(self) -> list[object]:
        """List the papers whose file is missing or is not the one that was sent."""
        rows = self._all("SELECT id, stored_name, sha256 FROM supportingdocument")
        return [row for row in rows if _sha256(self.papers / row[1]) != row[2]]

    def paper_names(self) -> set[str]:
        """Name the files of the papers that the database knows."""
        return {name for (name,) in self._all("SELECT stored_name FROM supportingdocument")}

    def has_paper(self, paper_id: int) -> bool:
        """Tell whether a paper is known."""
        return bool(self._all("SELECT 1 FROM supportingdocument WHERE id = ?", paper_id))

    def _all(self, statement: str, *values: object) -> list:
        with closing(sqlite3.connect(self.file)) as connection:
            return connection.execute(statement, values).fetchall()


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""
