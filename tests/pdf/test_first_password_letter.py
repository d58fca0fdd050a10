"""The letter that hands out an identifier and its first password."""

from dataclasses import replace
from datetime import date

from portail_app.pdf.first_password_letter import FirstPasswordLetter, render
from tests.pdf.reading import faults_of, fonts_of, information_of, structure_of, text_of, words_of
from tests.pdf.samples import LEAZ

LETTER = FirstPasswordLetter(
    municipality=LEAZ,
    recipient_name="Mme Hương Nguyễn",
    recipient_address_lines=("14 chemin de l’Écluse", "01200 Léaz"),
    issued_on=date(2026, 9, 1),
    portal_url="https://famille.leaz.fr/connexion",
    identifier="huong.nguyen",
    first_password="Kv7-RhQm-42ta",
    valid_until=date(2026, 10, 31),
    children=("Léa", "Noé"),
)

WHOLE_TEXT = """
Commune de Léaz 9 rue Saint Amand 01200 Léaz 04 50 48 23 01 · mairie@leaz.fr www.leaz.fr
Mme Hương Nguyễn 14 chemin de l’Écluse 01200 Léaz
Le 1er septembre 2026
Votre accès au Portail Famille
Madame, Monsieur,
La mairie ouvre pour vous un compte sur le Portail Famille. Vous pourrez y réserver les services de Léa et Noé,
déclarer une absence, suivre vos demandes et lire vos factures.
Adresse du portail https://famille.leaz.fr/connexion
Identifiant huong.nguyen
Mot de passe provisoire Kv7-RhQm-42ta
1. Ouvrez l’adresse du portail sur un téléphone ou un ordinateur.
2. Saisissez l’identifiant et le mot de passe provisoire, puis choisissez « Connexion ».
3. Choisissez votre propre mot de passe : au moins 8 caractères, dont une majuscule, une minuscule et un chiffre.
Le mot de passe provisoire ne sert qu’une fois, et jusqu’au 31 octobre 2026.
Ne le communiquez à personne : la mairie ne vous le demandera jamais.
Une difficulté ? Nous vous aidons : 04 50 48 23 01 ou mairie@leaz.fr.
Anne Dupré maire de Léaz
Commune de Léaz · Portail Famille Page 1/1
"""


def test_the_letter_hands_out_the_identifier_and_the_password_word_for_word() -> None:
    assert text_of(render(LETTER)) == " ".join(WHOLE_TEXT.split())


def test_the_letter_is_a_sound_file_with_its_fonts_inside() -> None:
    pdf = render(LETTER)
    assert faults_of(pdf) == ""
    assert set(fonts_of(pdf).values()) == {("yes", "yes", "yes")}
    assert information_of(pdf)["Title"] == "Votre accès au Portail Famille – Commune de Léaz"
    assert "H1 (block)" in structure_of(pdf)


def test_the_password_is_neither_in_the_properties_of_the_file_nor_in_a_log() -> None:
    assert not any("Kv7-RhQm-42ta" in value for value in information_of(render(LETTER)).values())
    assert "Kv7-RhQm-42ta" not in repr(LETTER)


def test_a_letter_without_a_limit_or_children_says_neither() -> None:
    text = text_of(render(replace(LETTER, valid_until=None, children=())))
    assert "ne sert qu’une fois. Ne le" in text
    assert "réserver les services de vos enfants, déclarer" in text


def test_a_municipality_without_phone_or_mail_still_offers_help() -> None:
    bare = replace(LEAZ, phone="", email="")
    assert "Une difficulté ? La mairie vous aide." in text_of(render(replace(LETTER, municipality=bare)))


def test_a_long_address_and_a_long_identifier_stay_on_the_paper() -> None:
    view = replace(LETTER, portal_url="https://" + "portail-famille" * 12, identifier="identifiant" * 15)
    assert max(word.right for word in words_of(render(view))) <= 190.6


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert render(LETTER) == render(LETTER)
