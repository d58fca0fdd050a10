"""How to enter the demo: the identifiers, the passwords, and what each of them shows."""

from dataclasses import dataclass

# Whose first sign-in asks for a new password.
FIRST_TIME = "perrin"
FIRST_PASSWORD = "Bienvenue-01200"  # noqa: S105 - printed on purpose, demo only
PARENT_PASSWORD = "Cerisier-Bleu-7"  # noqa: S105
STAFF_PASSWORD = "Horloge-Verte-7"  # noqa: S105


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """One account of the demo worth trying."""

    who: str
    identifier: str
    password: str
    shows: str


@dataclass(frozen=True, slots=True)
class DemoSignIns:
    """The accounts to try, in the order of the tour."""

    rows: tuple[DemoSignIn, ...]

    def as_text(self) -> str:
        """Return an aligned table, for the command line."""
        heads = DemoSignIn("Qui", "Identifiant", "Mot de passe", "Ce que vous verrez")
        lines = [heads, *self.rows]
        widths = [max(map(len, column)) for column in zip(*(_cells(line) for line in lines), strict=True)]
        return "\n".join("  ".join(_padded(_cells(line), widths)).rstrip() for line in lines)


def _cells(row: DemoSignIn) -> tuple[str, str, str, str]:
    return row.who, row.identifier, row.password, row.shows


def _padded(cells: tuple[str, ...], widths: list[int]) -> list[str]:
    return [cell.ljust(width) for cell, width in zip(cells, widths, strict=True)]


SIGN_INS = DemoSignIns(
    (
        DemoSignIn(
            "Claire Perrin, parent",
            FIRST_TIME,
            FIRST_PASSWORD,
            "première connexion (nouveau mot de passe), deux enfants, factures impayées, demandes",
        ),
        DemoSignIn("Sophie Martin, parent", "martin", PARENT_PASSWORD, "deux enfants, tout est payé"),
        DemoSignIn(
            "Antoine Moreau, père de Zoé",
            "moreau",
            PARENT_PASSWORD,
            "parents séparés : Zoé une semaine sur deux, sa propre facture à payer",
        ),
        DemoSignIn(
            "Marc Delorme, beau-père de Zoé", "delorme", PARENT_PASSWORD, "un adulte dans deux familles, trois enfants"
        ),
        DemoSignIn("Agent d’accueil", "agent", STAFF_PASSWORD, "la file des demandes : accepter, refuser"),
        DemoSignIn("Animateur", "animateur", STAFF_PASSWORD, "un profil sans demandes ni factures : sa page le dit"),
        DemoSignIn("Régisseuse", "regisseur", STAFF_PASSWORD, "un profil sans les demandes : sa page le dit"),
        DemoSignIn("Administrateur", "admin", STAFF_PASSWORD, "tout ce que font les agents"),
    )
)
