"""What a service costs a family on a day: the grid in force that day, then the bracket of its quotient familial.

Both are read at the date of the service, never at the date of the invoice: a quotient that changes in March leaves
February as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portail_app.errors import Refused
from portail_app.rules.money import require_cents
from portail_app.rules.spoken_dates import spoken_day


@dataclass(frozen=True, slots=True)
class TariffBand:
    """One bracket: quotients from ``min_quotient`` (included) to ``max_quotient`` (excluded; None: no upper end)."""

    min_quotient: int
    max_quotient: int | None
    unit_price_cents: int

    def __post_init__(self) -> None:
        """Refuse a bracket that no quotient can fall in, or a price that is not one."""
        require_cents(self.unit_price_cents)
        if self.min_quotient < 0 or (self.max_quotient is not None and self.max_quotient <= self.min_quotient):
            raise Refused("Une tranche va d’un quotient familial à un quotient plus élevé.", "max_quotient")

    def holds(self, quotient: Decimal | int) -> bool:
        """Say whether a quotient falls in this bracket."""
        return self.min_quotient <= quotient and (self.max_quotient is None or quotient < self.max_quotient)


@dataclass(frozen=True, slots=True)
class TariffGrid:
    """The brackets voted for a service, from a day on, until the next grid replaces them."""

    starts_on: date
    bands: tuple[TariffBand, ...]

    def __post_init__(self) -> None:
        """Refuse brackets that overlap: one quotient has one price. Holes are allowed, and refused when met."""
        ordered = sorted(self.bands, key=lambda band: band.min_quotient)
        for lower, upper in zip(ordered, ordered[1:], strict=False):
            if lower.max_quotient is None or upper.min_quotient < lower.max_quotient:
                raise Refused("Deux tranches de quotient familial se chevauchent.", "bands")


@dataclass(frozen=True, slots=True)
class DatedQuotient:
    """The quotient familial of a family, from a day on."""

    starts_on: date
    quotient: int


def band_on(grids: Sequence[TariffGrid], quotient: Decimal | int | None, day: date) -> TariffBand:
    """Return the bracket that applies to a service given on ``day``.

    A family that has not given its quotient pays the bracket without upper end, as the rules of communes say.
    """
    for band in grid_on(grids, day).bands:
        if band.max_quotient is None if quotient is None else band.holds(quotient):
            return band
    if quotient is None:
        raise Refused("Aucun tarif n’est prévu pour une famille dont le quotient familial n’est pas connu.")
    raise Refused(f"Aucun tarif n’est prévu pour un quotient familial de {quotient}.")


def grid_on(grids: Sequence[TariffGrid], day: date) -> TariffGrid:
    """Return the grid in force on a day: the last that has started."""
    started = [grid for grid in grids if grid.starts_on <= day]
    if not started:
        raise Refused(f"Aucun tarif n’est voté pour le {spoken_day(day)} {day.year}.")
    return max(started, key=lambda grid: grid.starts_on)


def quotient_on(history: Sequence[DatedQuotient], day: date) -> int | None:
    """Return the quotient known for a day: the last that has started, None before the first."""
    started = [dated for dated in history if dated.starts_on <= day]
    return max(started, key=lambda dated: dated.starts_on).quotient if started else None
