"""The figures, what was wanted, and how they are written."""

import os
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import ge, le


@dataclass(frozen=True)
class Figure:
    """A line of the table; ``target`` None is a figure that is only told, ``reference`` the best open portal's."""

    name: str
    unit: str
    values: tuple[float, ...]
    target: float | None = None
    reached: Callable[[float, float], bool] = le
    reference: str = ""

    @property
    def median(self) -> float:
        """Return the figure itself."""
        return statistics.median(self.values)


def at_least(name: str, unit: str, values: list[float], target: float | None = None, reference: str = "") -> Figure:
    """Make a figure that should be high."""
    return Figure(name, unit, tuple(values), target, ge, reference)


def at_most(name: str, unit: str, values: list[float], target: float | None = None, reference: str = "") -> Figure:
    """Make a figure that should be low."""
    return Figure(name, unit, tuple(values), target, le, reference)


def markdown(figures: list[Figure]) -> str:
    """Write the table."""
    load = " ".join(f"{average:.1f}" for average in os.getloadavg())
    machine = f"{os.cpu_count()} cœurs, charge {load}"
    lines = [
        "# Mesures",
        "",
        f"`make bench`, le {datetime.now(UTC):%d/%m/%Y} : {machine}. Entre parenthèses, les extrêmes.",
        "",
        "| Mesure | Médiane | Cible | Atteinte | Meilleur portail libre |",
        "|---|---:|---:|:---:|---:|",
        *map(_line, figures),
    ]
    return "\n".join(lines) + "\n"


def _line(figure: Figure) -> str:
    sign, reached = ("≥" if figure.reached is ge else "≤"), "—"
    if figure.target is not None:
        reached = "oui" if figure.reached(figure.median, figure.target) else "**non**"
    target = "—" if figure.target is None else f"{sign} {_number(figure.target)} {figure.unit}".strip()
    spread = f"({_number(min(figure.values))} à {_number(max(figure.values))})"
    measured = (
        f"**{f'{_number(figure.median)} {figure.unit}'.strip()}** {spread if len(figure.values) > 1 else ''}".strip()
    )
    return f"| {figure.name} | {measured} | {target} | {reached} | {figure.reference or '—'} |"


def _number(value: float) -> str:
    """Write a number with as many decimals as it deserves, the French way."""
    decimals = 0 if value >= 20 or value == int(value) else 2
    return f"{value:,.{decimals}f}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
