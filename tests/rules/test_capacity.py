"""Places of a service on a day."""

import pytest

from portail_app.errors import Refused
from portail_app.rules.capacity import is_full, places_left, require_place


@pytest.mark.parametrize(
    ("capacity", "taken", "left"),
    [(20, 0, 20), (20, 19, 1), (20, 20, 0), (20, 21, 0), (0, 0, 0), (None, 500, None)],
)
def test_places_left_are_never_below_zero(capacity: int | None, taken: int, left: int | None) -> None:
    assert places_left(capacity, taken) == left
    assert is_full(capacity, taken) is (left == 0)


def test_the_last_place_is_given_and_the_next_child_refused() -> None:
    require_place(20, 19)
    with pytest.raises(Refused) as refusal:
        require_place(20, 20)
    assert refusal.value.message == "Il n’y a plus de place ce jour-là."


def test_a_service_without_a_limit_is_never_full() -> None:
    require_place(None, 10_000)
    assert not is_full(None, 10_000)
