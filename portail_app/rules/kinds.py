"""The closed lists of the catalogue and of the family's record that have no moves between them."""

from enum import StrEnum


class GuardianRole(StrEnum):
    """Where an adult stands in a family: « Responsable » or « Conjoint »."""

    RESPONSABLE = "responsable"
    CONJOINT = "conjoint"


class AllowanceScheme(StrEnum):
    """« régime allocataire »."""

    CAF = "caf"
    MSA = "msa"
    OTHER = "autre"


class ServiceNature(StrEnum):
    """What a line pays for: only childcare opens the tax credit (CGI art. 200 quater B)."""

    CHILDCARE = "garde"
    MEAL = "repas"
    ACTIVITY = "activite"
    OTHER = "autre"


class AttemptStatus(StrEnum):
    """Where an online payment attempt stands; only the payment service moves it."""

    CREATED = "creee"
    PENDING = "en_cours"
    PAID = "payee"
    REFUSED = "refusee"
    CANCELLED = "abandonnee"
    EXPIRED = "expiree"
    ANOMALY = "anomalie"
