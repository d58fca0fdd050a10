"""The scene of the tests of pages: a Monday at ten in Léaz, the Perrin family, an agent."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from portail_app.access import Actor
from tests import factories as make
from tests.factories import NOW, Household


@pytest.fixture
def monday_at_ten(at: Callable[..., AbstractContextManager[None]]) -> Iterator[None]:
    with at(NOW):
        yield


@pytest.fixture
def canteen(sqlite_database: str, monday_at_ten: None) -> int:
    make.leaz()
    return make.canteen()


@pytest.fixture
def home(canteen: int) -> Household:
    perrin = make.perrin()
    make.enrol(perrin.child_id, canteen)
    return perrin


@pytest.fixture
def agent(canteen: int) -> Actor:
    return make.agent()
