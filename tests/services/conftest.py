"""The scene of the tests of services: a Monday at ten in Léaz, the canteen, the Perrin family, an agent."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from portail_app.access import Actor
from tests import factories as make
from tests.factories import NOW, Household

Frozen = Callable[..., AbstractContextManager[None]]


@pytest.fixture
def monday_at_ten(at: Frozen) -> object:
    with at(NOW):
        yield


@pytest.fixture
def canteen(database: str) -> int:
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
