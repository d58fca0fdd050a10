"""How many children a service can still take on a day."""

from portail_app.errors import Refused


def places_left(capacity: int | None, taken: int) -> int | None:
    """Return the places left, never below zero; None when the service has no limit.

    An agent may have gone past the limit on purpose (the right to the canteen), so ``taken`` can exceed it.
    """
    if capacity is None:
        return None
    return max(0, capacity - taken)


def is_full(capacity: int | None, taken: int) -> bool:
    """Say whether the next child must wait."""
    return places_left(capacity, taken) == 0


def require_place(capacity: int | None, taken: int) -> None:
    """Refuse one more child when no place is left."""
    if is_full(capacity, taken):
        raise Refused("Il n’y a plus de place ce jour-là.")
