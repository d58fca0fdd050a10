"""What a service costs a family on a day: the grid in force that day, then the bracket of its quotient familial.

Both are read at the date of the service, never at the date of the invoice: a quotient that changes in March leaves
February as it was. The shapes are those of the tables ``TariffGrid`` and ``TariffBand``, without their keys.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from portail_app.errors import Refused
from portail_app.rules.money import require_cents
from portail_app.rules.spoken_dates import spoken_day


@dataclass(frozen=True, slots=True)
class Band:
    """One bracket: quotients from the minimum (included) to the maximum (excluded; None: no upper end)."""

    quotient_minimum: int
    quotient_maximum: int | None
    unit_price_cents: int

    def __post_init__(self) -> None:
        """Refuse a bracket that no quotient can fall in, or a price that is not one."""
        require_cents(self.unit_price_cents)
        top = self.quotient_maximum
        if self.quotient_minimum < 0 or (top is not None and top <= self.quotient_minimum):
            raise Refused("Une tranche va d’un quotient familial à un quotient plus élevé.", "quotient_maximum")

    def holds(self, quotient: Decimal | int) -> bool:
        """Say whether a quotient falls in this bracket."""
        top = self.quotient_maximum
        return self.quotient_minimum <= quotient and (top is None or quotient < top)


@dataclass(frozen=True, slots=True)
class Grid:
    """The brackets voted for a service, from a day on, to the last day included or until a later grid starts."""

    valid_from: date
    bands: tuple[Band, ...]
    valid_until: date | None = None

    def __post_init__(self) -> None:
        """Refuse brackets that overlap: one quotient has one price. Holes are allowed, and refused when met."""
        ordered = sorted(self.bands, key=lambda band: band.quotient_minimum)
        for lower, upper in pairwise(ordered):
            if lower.quotient_maximum is None or upper.quotient_minimum < lower.quotient_maximum:
                raise Refused("Deux tranches de quotient familial se chevauchent.", "bands")

    def is_valid_on(self, day: date) -> bool:
        """Say whether the grid holds on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class DatedQuotient:
    """The quotient familial of a family, from a day on."""

    valid_from: date
    quotient: int


def band_on(grids: Sequence[Grid], quotient: Decimal | int | None, day: date) -> Band:
    """Return the bracket that applies to a service given on ``day``.

    A family that has not given its quotient falls in the bracket without upper end: the rules of communes charge
    it the highest tariff until it does.
    """
    for band in grid_on(grids, day).bands:
        if band.quotient_maximum is None if quotient is None else band.holds(quotient):
            return band
    if quotient is None:
        raise Refused("Aucun tarif n’est prévu pour une famille dont le quotient familial n’est pas connu.")
    raise Refused(f"Aucun tarif n’est prévu pour un quotient familial de {quotient}.")


def grid_on(grids: Sequence[Grid], day: date) -> Grid:
    """Return the grid in force on a day: of those that hold, the last that has started."""
    valid = [grid for grid in grids if grid.is_valid_on(day)]
    if not valid:
        raise Refused(f"Aucun tarif n’est voté pour le {spoken_day(day)} {day.year}.")
    return max(valid, key=lambda grid: grid.valid_from)


def quotient_on(history: Sequence[DatedQuotient], day: date) -> int | None:
    """Return the quotient known for a day: the last that has started, None before the first."""
    started = [dated for dated in history if dated.valid_from <= day]
    return max(started, key=lambda dated: dated.valid_from).quotient if started else None
