"""A database that holds the commune, and nobody yet: the pages built for it are those of the demo."""

import shutil
from pathlib import Path

import pytest

from portail_app import db, settings
from tests import factories


def database_of_leaz(template: Path, folder: Path) -> str:
    """Copy a migrated database into ``folder``, with Léaz in it; give its URL."""
    url = f"sqlite:///{shutil.copy(template, folder / 'portail.db')}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PORTAIL_DATABASE_URL", url)
        settings.reset()
        db.dispose()
        factories.leaz()
        db.dispose()
    settings.reset()
    return url
