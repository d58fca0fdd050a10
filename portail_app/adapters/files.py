"""Where the families' papers are kept: a folder outside everything that is served."""

import contextlib
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from portail_app.settings import get_settings


class FileStore(Protocol):
    """Keep bytes under names that it chooses."""

    def add(self, content: bytes) -> str:
        """Keep the content, durably, and return its random name."""

    def read(self, name: str) -> bytes:
        """Return the content; raise ``FileNotFoundError`` when there is none."""

    def remove(self, name: str) -> None:
        """Forget the content; forgetting twice is forgetting once."""

    def written_before(self, instant: datetime) -> Iterator[str]:
        """List what was last written before an instant, unfinished writings included."""


class DiskFiles:
    """Files of one folder, readable by the portal's user alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, content: bytes) -> str:
        """Write aside, push to the disk, then give the name: a name never stands for half a file."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # mkstemp creates the file with mode 0600.
        handle, aside = tempfile.mkstemp(prefix=_ASIDE, dir=self._folder)
        name = secrets.token_hex(16)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(aside).rename(self._folder / name)
        except OSError:
            Path(aside).unlink(missing_ok=True)
            raise
        _sync_folder(self._folder)
        return name

    def read(self, name: str) -> bytes:
        """Return the content."""
        return self._path(name).read_bytes()

    def remove(self, name: str) -> None:
        """Delete the file if it is there."""
        self._path(name).unlink(missing_ok=True)

    def written_before(self, instant: datetime) -> Iterator[str]:
        """List the names, oldest or not, that nobody has written since."""
        if not self._folder.is_dir():
            return
        for path in self._folder.iterdir():
            # Removed by another worker between the two calls: it is gone, which is what is wanted.
            with contextlib.suppress(FileNotFoundError):
                if _KNOWN.fullmatch(path.name) and datetime.fromtimestamp(path.stat().st_mtime, UTC) < instant:
                    yield path.name

    def _path(self, name: str) -> Path:
        if _KNOWN.fullmatch(name) is None:
            raise FileNotFoundError(name)
        return self._folder / name


def files() -> FileStore:
    """Return the store of this installation."""
    return DiskFiles(get_settings().uploads_dir)


_ASIDE = "aside-"
_KNOWN = re.compile(rf"[0-9a-f]{{32}}|{_ASIDE}[A-Za-z0-9_]+")


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
