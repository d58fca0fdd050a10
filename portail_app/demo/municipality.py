"""The commune of the demo: Léaz, as its notice of the portal presents it."""

from sqlmodel import Session

from portail_app.models.exchanges import Municipality

NAME = "Léaz"
POSTCODE = "01200"
PHONE = "04 50 48 23 01"
EMAIL = "mairie@leaz.fr"
ADDRESS_LINES = ("9 rue Saint Amand", f"{POSTCODE} {NAME}")

_WELCOME = """\
Ici, vous réservez la cantine, les garderies et le mercredi loisirs, vous prévenez d’une absence et vous retrouvez \
vos factures, de jour comme de nuit.

Touchez « Mes enfants », choisissez un prénom, puis un jour : le calendrier vous dit jusqu’à quand vous pouvez encore \
le changer. La mairie vous répond dans « Liste des demandes ».

Un doute, un imprévu ? Appelez-nous au 04 50 48 23 01, du lundi au vendredi de 8 h 30 à 12 h : nous le faisons \
avec vous."""

_INFOS = """\
Cantine : les repas sont préparés à Collonges et servis à 12 h, avec un produit biologique au moins chaque jour.

Garderie : le matin de 7 h 20 à 8 h 30, le soir de 16 h 30 à 18 h 30. Après 18 h 30, prévenez l’équipe par téléphone.

Mercredi loisirs : de 8 h à 18 h, repas et goûter compris, aussi pendant les vacances (fermé à Noël et du 1er au \
20 août).

Pensez à signaler chaque changement d’adresse, de téléphone ou de personne autorisée à venir chercher votre enfant."""

_MEANS = (
    "Chèque à l’ordre de « Régie périscolaire de Léaz », espèces ou CESU (garderie seulement), à la mairie.",
    "Carte bancaire, à la mairie.",
    "Virement ou prélèvement automatique : la mairie vous remet le RIB ou le mandat.",
)


def add(session: Session) -> None:
    """Write the commune, its messages and what its invoices must say."""
    session.add(
        Municipality(
            name=NAME,
            address="\n".join(ADDRESS_LINES),
            phone=PHONE,
            email=EMAIL,
            website="https://www.leaz.fr",
            issuer_name="Mme Martine Vuillet",
            issuer_quality="régisseuse des services périscolaires",
            welcome_title="Bienvenue sur le Portail Famille",
            welcome_message=_WELCOME,
            infos_message=_INFOS,
            infos_link="https://www.leaz.fr",
            means_of_payment="\n".join(_MEANS),
            budget_line="7067 – Redevances des services périscolaires",
        )
    )
    session.flush()
