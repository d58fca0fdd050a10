"""Who lives in the demo commune: about forty households, as plain data.

The names try what breaks software: accents, apostrophes, hyphens, particles, two-letter names, letters outside
Latin-1, Greek and Cyrillic. All of them are invented; telephone numbers and addresses come from ranges that reach
nobody.
"""

from dataclasses import dataclass
from enum import StrEnum

LEVELS = ("PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2")


class Habit(StrEnum):
    """How a household pays its invoices."""

    CARD = "card"
    DEBIT = "debit"
    TRANSFER = "transfer"
    CHEQUE = "cheque"
    CASH = "cash"
    LATE = "late"
    GROUPED = "two invoices with one cheque"
    PARTS = "first with CESU, the rest when reminded"
    BEHIND = "nothing for three invoices"
    TOUR = "everything but the last two invoices"
    LAST = "by card, everything but the last invoice"


@dataclass(frozen=True, slots=True)
class Adult:
    """An adult; ``identifier`` is given when it cannot be made from the name."""

    civility: str
    first_name: str
    last_name: str
    profession: str = ""
    identifier: str = ""

    @property
    def name(self) -> str:
        """Return the name that stands for this adult in the whole demo."""
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class Pupil:
    """A child; ``weeks`` fixes what is booked (« cantine: lun jeu »), else it is drawn.

    ``custody`` says when it lives in its first household, "" for always.
    """

    first_name: str
    sex: str
    level: str
    last_name: str = ""
    weeks: tuple[str, ...] = ()
    custody: str = ""


@dataclass(frozen=True, slots=True)
class Household:
    """A family: ``also`` and ``shares`` name an adult and children of another household that stand here too.

    ``custody`` says when the shared children live here.
    """

    name: str
    quotient: int | None
    pays: Habit
    adults: tuple[Adult, ...]
    children: tuple[Pupil, ...]
    also: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    custody: str = ""
    # Two separated adults of one record: the payer alone sees the invoices.
    invoices_to_payer_only: bool = False


def _h(
    name: str, quotient: int | None, pays: Habit, adults: tuple[Adult, ...], *children: Pupil, payer_only: bool = False
) -> Household:
    return Household(name, quotient, pays, adults, children, invoices_to_payer_only=payer_only)


A, P, H = Adult, Pupil, Habit

# The tour of the README: two children enrolled everywhere, one of whom lives every other week with her father.
PERRIN = Household(
    "Perrin",
    812,
    H.TOUR,
    (
        A("Mme", "Claire", "Perrin", "bibliothécaire", "perrin"),
        A("M.", "Marc", "Delorme", "menuisier", "delorme"),
    ),
    (
        P("Zoé", "F", "CE1", "Perrin-Moreau",
          ("cantine: lun jeu", "matin: mar", "soir: lun jeu", "mercredi: mer impaires"), "semaines paires"),
        P("Léo", "M", "MS", "Delorme-Perrin",
          ("cantine: lun mar jeu", "matin: lun", "soir: lun mar", "mercredi: mer")),
    ),
)  # fmt: skip

HOUSEHOLDS: tuple[Household, ...] = (
    PERRIN,
    Household("Moreau", 1130, H.LAST, (A("M.", "Antoine", "Moreau", "mécanicien", "moreau"),), (),
              shares=("Zoé Perrin-Moreau",), custody="semaines impaires"),
    Household("Delorme", 760, H.CHEQUE, (), (P("Tom", "M", "CM1"),), also=("Marc Delorme",)),
    _h("Martin", 1240, H.CARD,
       (A("Mme", "Sophie", "Martin", "infirmière", "martin"), A("M.", "Karim", "Benaïssa", "technicien réseau")),
       P("Emma", "F", "CE2"), P("Adam", "M", "GS")),
    _h("Nguyễn", 905, H.CARD, (A("Mme", "Thị Hương", "Nguyễn", "pharmacienne", "huong.nguyen"),
                               A("M.", "Văn Đức", "Nguyễn", "cuisinier", "duc.nguyen")),
       P("Minh Anh", "F", "CP"), P("Bảo Long", "M", "PS")),
    _h("Yıldız", 540, H.CASH, (A("M.", "Şükrü", "Yıldız", "maçon"), A("Mme", "Gülşen", "Yıldız", "couturière")),
       P("Elif", "F", "CE1"), P("Çağan", "M", "CM2")),
    _h("Kowalczyk", 1105, H.DEBIT,
       (A("Mme", "Małgorzata", "Wójcik", "architecte"), A("M.", "Łukasz", "Kowalczyk", "horloger")),
       P("Zofia", "F", "PS"), P("Stanisław", "M", "CE2")),
    _h("Gonçalves da Conceição", 690, H.CHEQUE,
       (A("Mme", "Inês", "Gonçalves da Conceição", "aide-soignante"), A("M.", "João", "da Conceição", "peintre")),
       P("Tomás", "M", "GS"), P("Beatriz", "F", "CM1"), P("Mafalda", "F", "CM2")),
    _h("Παπαδόπουλος", 1480, H.CARD, (A("M.", "Νίκος", "Παπαδόπουλος", "physicien", "nikos.papadopoulos"),
                                      A("Mme", "Camille", "Roux", "traductrice")),
       P("Ελένη", "F", "MS", "Παπαδοπούλου")),
    _h("Шевченко", 410, H.TRANSFER, (A("Mme", "Оксана", "Шевченко", "enseignante", "oksana.chevtchenko"),),
       P("Данило", "M", "CE2"), P("Соломія", "F", "GS")),
    _h("El Haddad", 655, H.LATE,
       (A("Mme", "Naïma", "El Haddad", "assistante maternelle"), A("M.", "Abd el-Kader", "El Haddad", "chauffeur")),
       P("Yâsmîn", "F", "CP"), P("Ilyès", "M", "CM1")),
    _h("D’Hooghe", 1720, H.DEBIT, (A("Mme", "Anne-Laure", "D’Hooghe", "ingénieure"),),
       P("Augustin", "M", "PS"), P("Éléonore", "F", "CP")),
    _h("L’Hostis", 1010, H.CARD, (A("M.", "Gwenaël", "L’Hostis", "paysagiste"),
                                  A("Mme", "Maïwenn", "L’Hostis", "professeure")),
       P("Nolwenn", "F", "CE1"), P("Malo", "M", "MS")),
    _h("O’Connor", None, H.TRANSFER, (A("M.", "Seán", "O’Connor", "développeur"),), P("Aoife", "F", "CE2")),
    _h("Đorđević", 780, H.CHEQUE, (A("M.", "Đorđe", "Đorđević", "électricien"), A("Mme", "Željka", "Đorđević")),
       P("Miloš", "M", "CM2"), P("Anđela", "F", "CP")),
    _h("Țurcanu", 590, H.PARTS, (A("Mme", "Ștefania", "Țurcanu", "vendeuse"),), P("Andrei", "M", "GS")),
    _h("Þórsdóttir", 1650, H.CARD, (A("Mme", "Sigríður", "Þórsdóttir", "géologue"),), P("Björk", "F", "CM1")),
    _h("Núñez Ibáñez", 985, H.CARD,
       (A("Mme", "Begoña", "Ibáñez", "kinésithérapeute"), A("M.", "Íñigo", "Núñez", "boulanger")),
       P("Iñaki", "M", "MS"), P("Lucía", "F", "CE1")),
    _h("Etxeberria", 1190, H.DEBIT, (A("M.", "Beñat", "Etxeberria", "garde forestier"),), P("Maialen", "F", "PS")),
    _h("Rakotondrabe", 470, H.BEHIND, (A("Mme", "Voahangy", "Rakotondrabe", "agente d’entretien"),),
       P("Tiana", "F", "CE2"), P("Njaka", "M", "CP")),
    _h("Subramaniam", 1320, H.CARD, (A("Mme", "Kavitha", "Subramaniam", "chimiste"),), P("Arun", "M", "GS")),
    _h("N’Diaye", 520, H.GROUPED, (A("Mme", "Fatou", "N’Diaye", "coiffeuse"), A("M.", "Ousmane", "N’Diaye", "soudeur")),
       P("Aïssatou", "F", "CM1"), P("Mamadou", "M", "CE1"), P("Coumba", "F", "MS")),
    _h("Müller-Weiß", 1890, H.DEBIT, (A("M.", "Jürgen", "Müller-Weiß", "douanier"),), P("Käthe", "F", "CM2")),
    _h("Girod", 1060, H.CARD, (A("Mme", "Élodie", "Girod", "comptable"), A("M.", "Benoît", "Girod", "agriculteur")),
       P("Mathéo", "M", "CP"), P("Lison", "F", "PS")),
    _h("Vuillermoz", 870, H.CHEQUE, (A("Mme", "Aurélie", "Vuillermoz", "secrétaire médicale"),),
       P("Noé", "M", "CE1"), P("Inès", "F", "CM2")),
    _h("Dubois-Lacroix", 1560, H.CARD,
       (A("Mme", "Hélène", "Dubois-Lacroix", "avocate"), A("M.", "François-Xavier", "Lacroix", "vétérinaire")),
       P("Apolline", "F", "MS"), P("Maxence", "M", "CE2")),
    _h("Lefèvre", 730, H.LATE, (A("M.", "Frédéric", "Lefèvre", "routier"),), P("Océane", "F", "GS")),
    _h("Lebœuf", 960, H.TRANSFER, (A("Mme", "Anaëlle", "Lebœuf", "fleuriste"),), P("Côme", "M", "CM1")),
    _h("Garnier", 1015, H.CARD,
       (A("Mme", "Laëtitia", "Garnier", "opticienne"), A("M.", "Stéphane", "Maréchal", "ambulancier")),
       P("Capucine", "F", "CP"), P("Gaspard", "M", "CE2"), payer_only=True),
    _h("Ballet-Baz", 1280, H.DEBIT, (A("M.", "Rémi", "Ballet-Baz", "guide de montagne"),), P("Clémence", "F", "CM2")),
    _h("Grandclément", 840, H.CASH, (A("Mme", "Bérengère", "Grandclément", "fromagère"),), P("Théo", "M", "PS")),
    _h("de La Fontaine", 2150, H.DEBIT, (A("M.", "Louis-Marie", "de La Fontaine", "notaire"),),
       P("Blanche", "F", "MS"), P("Foulques", "M", "CM1")),
    _h("Bouvier", 610, H.GROUPED, (A("Mme", "Jessica", "Bouvier", "caissière"),), P("Kylian", "M", "CE1")),
    _h("Chappuis", 1370, H.CARD, (A("M.", "Cédric", "Chappuis", "pompier"),
                                A("Mme", "Noémie", "Chappuis", "sage-femme")),
       P("Lou", "F", "GS"), P("Sacha", "M", "CE2")),
    _h("Öztürk", 700, H.CARD, (A("Mme", "Ayşe", "Öztürk", "laborantine"),), P("Defne", "F", "CP")),
    _h("Ould Brahim", 450, H.BEHIND, (A("M.", "Sidi-Mohamed", "Ould Brahim", "livreur"),),
       P("Khadîja", "F", "PS"), P("Souleymane", "M", "CM2")),
    _h("Lê", 1140, H.CARD, (A("Mme", "Thu", "Lê", "graphiste"),), P("Mai", "F", "MS")),
    _h("Zwahlen", 1950, H.TRANSFER, (A("M.", "Reto", "Zwahlen", "banquier"),), P("Lorenz", "M", "CE1")),
    _h("Petitjean", 890, H.PARTS, (A("Mme", "Gaëlle", "Petitjean", "libraire"),), P("Aliénor", "F", "CM1")),
    _h("Hernández y Čapek", 1025, H.CARD, (A("Mme", "Jiřina", "Čapková", "violoniste"),
                                           A("M.", "Álvaro", "Hernández", "luthier")),
       P("Tobiáš", "M", "GS", "Hernández")),
)  # fmt: skip
