"""One demo per day and per run, and a copy of it for each test."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from portail_app import clock, db
from portail_app.settings import get_settings
from tests.demo.copies import Demos

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DAYS = {
    "a Monday of November": NOW,
    "a Sunday": datetime(2026, 11, 29, 15, tzinfo=UTC),
    "Christmas Eve": datetime(2026, 12, 24, 17, tzinfo=UTC),
    "the middle of the summer": datetime(2027, 7, 15, 8, tzinfo=UTC),
    "the first day of school": datetime(2027, 9, 1, 6, tzinfo=UTC),
    "the night of a first of January": datetime(2027, 12, 31, 23, 10, tzinfo=UTC),
}


@pytest.fixture(scope="session")
def demos(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Demos:
    return Demos(sqlite_template, tmp_path_factory.mktemp("demos"))


@pytest.fixture(params=DAYS.values(), ids=DAYS.keys())
def today(
    request: pytest.FixtureRequest,
    demos: Demos,
    tmp_path: Path,
    use_settings: Callable[..., None],
    at: Callable[..., AbstractContextManager[None]],
) -> Iterator[date]:
    """Live on one of the days, in a demo created that day."""
    use_settings(database_url=demos.copy(request.param, tmp_path / "demo.db", get_settings().data_dir))
    db.dispose()
    with at(request.param):
        yield clock.today()
    db.dispose()


@pytest.fixture
def on_a_monday_of_november(at: Callable[..., AbstractContextManager[None]]) -> Iterator[None]:
    """Stop the clock."""
    with at(NOW):
        yield


@pytest.fixture
def made(
    on_a_monday_of_november: None, demos: Demos, tmp_path: Path, use_settings: Callable[..., None]
) -> Iterator[None]:
    """Work on a copy of the demo of that Monday, its files included."""
    use_settings(database_url=demos.copy(NOW, tmp_path / "demo.db", get_settings().data_dir))
    db.dispose()
    yield
    db.dispose()
