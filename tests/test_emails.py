"""What the e-mails say, word for word."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from portail_app import emails
from portail_app.emails import Email, RequestFacts, Sender

LEAZ = Sender("Mairie de Léaz", "9 rue Saint Amand, 01200 Léaz", "04 50 48 23 01", "mairie@leaz.fr")
SIGNED = "-- \nMairie de Léaz\n9 rue Saint Amand, 01200 Léaz\n04 50 48 23 01 · mairie@leaz.fr\n"
MORNING = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)  # ten past ten in Léaz, in winter
REQUEST = RequestFacts(
    number="2026-000042",
    subject="Réservation",
    author="Léa Martin",
    sent_at=MORNING,
    details=("Enfant : Zoé.", "Jour : jeudi 26 novembre 2026."),
    link="https://famille.leaz.fr/liste-des-demandes",
    about="Cantine, jeudi 26 novembre",
)


def all_emails() -> list[Email]:
    return [
        emails.reset_link("lea@example.fr", "https://famille.leaz.fr/nouveau-mot-de-passe#abc", MORNING, LEAZ),
        emails.password_changed("lea@example.fr", MORNING, LEAZ),
        emails.request_received("lea@example.fr", REQUEST, LEAZ),
        emails.request_accepted("lea@example.fr", REQUEST, MORNING, LEAZ),
        emails.request_refused("lea@example.fr", REQUEST, MORNING, "Plus de place ce jour.", LEAZ),
        emails.request_withdrawn("lea@example.fr", REQUEST, LEAZ),
    ]


def test_the_reset_link_stands_alone_on_its_line_with_its_end_in_paris_time() -> None:
    email = all_emails()[0]
    assert email.subject == "Choisir un nouveau mot de passe"
    assert email.text == (
        "Bonjour,\n\n"
        "Vous avez demandé à choisir un nouveau mot de passe pour le Portail Famille. Ouvrez cette page :\n\n"
        "https://famille.leaz.fr/nouveau-mot-de-passe#abc\n\n"
        "Le lien fonctionne une seule fois, jusqu’au lundi 23 novembre 2026 à 10 h 05.\n\n"
        "Vous n’avez rien demandé ? Ne faites rien : votre mot de passe actuel reste valable.\n\n" + SIGNED
    )


def test_the_receipt_says_number_date_who_what_and_the_service_in_charge() -> None:
    email = all_emails()[2]
    assert email.subject == "Demande n° 2026-000042 bien reçue : Réservation, Cantine, jeudi 26 novembre"
    assert email.text == (
        "Bonjour,\n\n"
        "Votre demande n° 2026-000042 a été enregistrée le lundi 23 novembre 2026 à 10 h 05.\n\n"
        "Objet : Réservation.\n\nEnfant : Zoé.\n\nJour : jeudi 26 novembre 2026.\n\n"
        "Demandée par : Léa Martin.\n\n"
        "Service chargé de votre demande : Mairie de Léaz. Vous recevrez sa réponse par courriel.\n\n"
        "https://famille.leaz.fr/liste-des-demandes\n\n" + SIGNED
    )


@pytest.mark.parametrize("entered", [True, False])
def test_the_receipt_says_what_the_town_hall_entered(entered: bool) -> None:
    request = RequestFacts("1", "Absence", "Agnès Blanc", MORNING, (), "https://x.fr/", entered_by_staff=entered)
    assert ("Saisi par la mairie." in emails.request_received("a@b.fr", request, LEAZ).text) is entered


def test_a_refusal_gives_its_reason_and_the_ways_of_recourse() -> None:
    text = all_emails()[4].text
    assert "Motif : Plus de place ce jour.\n" in text
    assert "contester cette décision dans les deux mois, auprès du maire ou devant le tribunal administratif." in text


def test_a_reason_that_is_kept_for_the_portal_is_said_to_be_there() -> None:
    text = emails.request_refused("a@b.fr", REQUEST, MORNING, "", LEAZ).text
    assert "\n\nLe motif se lit sur le portail, dans « Liste des demandes ».\n\n" in text
    assert "Motif :" not in text


def test_a_withdrawal_says_that_the_family_took_the_request_back() -> None:
    text = all_emails()[5].text
    assert "\n\nVous avez retiré votre demande n° 2026-000042 : la mairie n’a plus à y répondre.\n\n" in text


@pytest.mark.parametrize("email", all_emails(), ids=lambda email: email.subject)
def test_the_html_says_the_same_words_as_the_text(email: Email) -> None:
    body = email.html.partition("<body>")[2]
    words = unescape(re.sub(r"<[^>]+>", " ", body)).split()
    assert words == email.text.replace("-- \n", "").split()


def test_what_people_typed_is_never_markup() -> None:
    email = emails.request_refused("a@b.fr", REQUEST, MORNING, '<img src="x" onerror=alert(1)>', LEAZ)
    assert "<img" not in email.html
    assert "&lt;img" in email.html


def test_only_an_address_alone_becomes_a_link() -> None:
    typed = emails.request_refused("a@b.fr", REQUEST, MORNING, "https://voleur.example cliquez", LEAZ)
    assert 'href="https://voleur' not in typed.html
    assert 'href="https://famille.leaz.fr/liste-des-demandes"' in typed.html


def test_a_commune_without_details_signs_with_its_name_alone() -> None:
    assert emails.password_changed("a@b.fr", MORNING, Sender("La mairie")).text.endswith("-- \nLa mairie\n")


def test_a_subject_is_one_line() -> None:
    request = RequestFacts("1", "Deux\nlignes", "Léa", MORNING, (), "https://x.fr/")
    assert emails.request_withdrawn("a@b.fr", request, LEAZ).subject == "Demande n° 1 retirée : Deux lignes"
