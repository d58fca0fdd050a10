"""« pièces justificatives »: papers that a family joins to a request, read by that family and by deciding agents only.

The file is on the disk before its row is committed: an act cut in two leaves a file that nobody names, which
``purge_orphans`` removes, never a row without its file.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePosixPath

import sqlalchemy as sa
from sqlmodel import Session

from portail_app import clock, db
from portail_app.access import DECIDING_ROLES, Actor, require_family, require_id
from portail_app.adapters.files import files
from portail_app.adapters.papers import EXTENSIONS, recognise
from portail_app.errors import NotAllowed, Refused
from portail_app.models.people import Family
from portail_app.models.requests import SupportingDocument
from portail_app.services import families, journal
from portail_app.settings import MEBIBYTE, get_settings

UNATTACHED_FOR = timedelta(days=1)
MOST_PER_REQUEST = 5
_ORPHAN_AFTER = timedelta(hours=1)
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A paper, without its content."""

    id: int
    file_name: str
    media_type: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A paper with its content."""

    file_name: str
    media_type: str
    content: bytes


def store_certificate(actor: Actor, child_id: int, file_name: str, content: bytes) -> DocumentView:
    """Keep a paper for a child; it is dropped after a day if no request takes it."""
    settings = get_settings()
    with db.reading() as session:
        family_id = families.locate(actor, session, child_id).family_id
    if len(content) > settings.upload_max_bytes:
        raise Refused(f"Ce fichier dépasse {settings.upload_max_bytes // MEBIBYTE} Mo.", "certificate")
    media_type = recognise(content)
    row = {
        "family_id": family_id,
        "uploaded_by_id": actor.account_id,
        "file_name": safe_name(file_name, media_type),
        "media_type": media_type,
        "size_bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "created_at": clock.now(),
    }
    # Asked twice: before writing anything to the disk, then under the lock that makes the answer final.
    with db.reading() as session:
        _require_room(session, family_id, len(content))
    stored = {**row, "stored_name": files().add(content)}
    with db.transaction() as session:
        session.connection().execute(sa.select(_FAMILY.c.id).where(_FAMILY.c.id == family_id).with_for_update())
        _require_room(session, family_id, len(content))
        document_id: int = session.connection().execute(_INSERT, stored).scalar_one()
        journal.record(actor, session, "document.stored", document_id, family_id=family_id)
    return DocumentView(document_id, str(row["file_name"]), media_type, len(content))


def read(actor: Actor, document_id: int) -> DocumentFile:
    """Return a paper to its family and to deciding agents; each reading by an agent is journalled (health data)."""
    with db.reading() as session:
        row = (
            session.connection()
            .execute(sa.select(DOCUMENT).where(DOCUMENT.c.id == require_id(document_id)))
            .one_or_none()
        )
    if row is None:
        raise NotAllowed
    require_family(actor, row.family_id, DECIDING_ROLES)
    if actor.is_staff:
        with db.transaction() as session:
            journal.record(actor, session, "document.read", document_id, family_id=row.family_id)
    try:
        return DocumentFile(row.file_name, row.media_type, files().read(row.stored_name))
    except FileNotFoundError:
        raise NotAllowed from None


def join_certificate(actor: Actor, session: Session, family_id: int, document_id: int, request_id: int) -> None:
    """Tie a paper to a request, in the act's transaction; joining it twice to the same request is joining it once."""
    joined = (
        sa.update(DOCUMENT)
        .where(
            DOCUMENT.c.id == require_id(document_id),
            DOCUMENT.c.family_id == family_id,
            sa.or_(DOCUMENT.c.request_id.is_(None), DOCUMENT.c.request_id == request_id),
        )
        .values(request_id=request_id)
    )
    # Another family's paper, or the other parent's still unsent one, looks absent.
    if not actor.is_staff:
        joined = joined.where(DOCUMENT.c.uploaded_by_id == actor.account_id)
    connection = session.connection()
    if connection.execute(joined).rowcount == 0:
        raise NotAllowed("Ce fichier n’est plus disponible : choisissez-le de nouveau.")
    count = sa.select(sa.func.count()).select_from(DOCUMENT).where(DOCUMENT.c.request_id == request_id)
    if connection.execute(count).scalar_one() > MOST_PER_REQUEST:
        raise Refused(f"Une demande porte {MOST_PER_REQUEST} fichiers au plus.", "certificate")


def purge_orphans() -> int:
    """Forget papers that no request took within a day, and files that no row names; return how many files went.

    Nobody acts here: it runs by itself, once a day or from the command line.
    """
    now = clock.now()
    dropped = sa.delete(DOCUMENT).where(DOCUMENT.c.request_id.is_(None), DOCUMENT.c.created_at < now - UNATTACHED_FOR)
    with db.transaction() as session:
        names = set(session.connection().execute(dropped.returning(DOCUMENT.c.stored_name)).scalars())
    store = files()
    # Listed before the rows are read: a file kept meanwhile is too young to be in the list.
    old = set(store.written_before(now - _ORPHAN_AFTER))
    with db.reading() as session:
        known = set(session.connection().execute(sa.select(DOCUMENT.c.stored_name)).scalars())
    gone = names | (old - known)
    for name in gone:
        store.remove(name)
    return len(gone)


def safe_name(file_name: str, media_type: str) -> str:
    """Keep what a person would recognise of a file's name, with the ending that its content deserves."""
    base = PurePosixPath(unicodedata.normalize("NFC", file_name).replace("\\", "/")).name
    stem = base.rsplit(".", 1)[0] if "." in base[1:] else base
    # Control and direction characters make a name lie about itself.
    stem = "".join(letter for letter in stem if unicodedata.category(letter)[0] != "C")
    stem = " ".join(re.sub(r'["<>|:*?;%/]', " ", stem).split()).strip(". ")
    return (stem[:_LONGEST_NAME] or "document") + EXTENSIONS[media_type]


DOCUMENT = SupportingDocument.metadata.tables["supportingdocument"]
_FAMILY = Family.metadata.tables["family"]
_INSERT = sa.insert(DOCUMENT).returning(DOCUMENT.c.id)


def _require_room(session: Session, family_id: int, size_bytes: int) -> None:
    used = sa.select(sa.func.coalesce(sa.func.sum(DOCUMENT.c.size_bytes), 0)).where(DOCUMENT.c.family_id == family_id)
    if session.connection().execute(used).scalar_one() + size_bytes > get_settings().family_quota_bytes:
        raise Refused("L’espace réservé à vos fichiers est plein : appelez la mairie.", "certificate")
