"""The people of the demo once they are written: what the other parts need to know of them."""

from dataclasses import dataclass, field

from portail_app.demo.households import PERRIN, Household, Pupil
from portail_app.demo.municipality import NAME, POSTCODE


@dataclass(slots=True)
class Home:
    """A family; ``guardian_ids`` and ``account_ids`` go together, the payer first."""

    household: Household
    family_id: int
    address: str
    debtor_name: str = ""
    email: str = ""
    guardian_ids: list[int] = field(default_factory=list)
    account_ids: list[int] = field(default_factory=list)

    @property
    def debtor_address(self) -> str:
        """Return the address in the window of the envelope."""
        return f"{self.address}\n{POSTCODE} {NAME}"

    @property
    def payer_id(self) -> int | None:
        """Return the only adult who may read the invoices, None when all may."""
        return self.guardian_ids[0] if self.household.invoices_to_payer_only else None


@dataclass(slots=True)
class Kid:
    """A child, with the one or two families in which it lives, the first on even weeks."""

    child_id: int
    name: str
    level: int
    pupil: Pupil
    homes: list[Home]


@dataclass(frozen=True, slots=True)
class People:
    """Everybody, in a fixed order; ``staff`` gives the account of each identifier."""

    homes: list[Home]
    kids: list[Kid]
    staff: dict[str, int]

    @property
    def tour(self) -> Home:
        """Return the family of the README's tour."""
        return next(home for home in self.homes if home.household is PERRIN)

    @property
    def tour_kids(self) -> list[Kid]:
        """Return its children."""
        return [kid for kid in self.kids if kid.homes[0] is self.tour]

    @property
    def others(self) -> list[Kid]:
        """Return the children whose family has nothing to do with the tour."""
        return [kid for kid in self.kids if kid.homes[0] is not self.tour]
