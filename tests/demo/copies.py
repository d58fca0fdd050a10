"""Make the demo commune once per day and per run: tests then work on copies of its file."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from portail_app import clock, db, demo, settings


class Demos:
    """SQLite files of the demo, one per instant at which it was created."""

    def __init__(self, migrated: Path, folder: Path) -> None:
        self._migrated = migrated
        self._folder = folder

    def copy(self, instant: datetime, target: Path, data_dir: Path) -> str:
        """Copy the demo of an instant, and its files; return the URL of the copy."""
        made = self._folder / f"{instant:%Y%m%d%H%M}"
        if not made.exists():
            self._make(instant, made)
        shutil.copy(made / "portail.db", target)
        shutil.copytree(made / "var", data_dir, dirs_exist_ok=True)
        return f"sqlite:///{target}"

    def _make(self, instant: datetime, folder: Path) -> None:
        folder.mkdir()
        shutil.copy(self._migrated, folder / "portail.db")
        with pytest.MonkeyPatch.context() as patch, clock.frozen_at(instant):
            patch.setenv("PORTAIL_DATABASE_URL", f"sqlite:///{folder}/portail.db")
            patch.setenv("PORTAIL_DATA_DIR", str(folder / "var"))
            settings.reset()
            db.dispose()
            demo.create()
            db.dispose()
        settings.reset()
