"""The pages that the law asks for: accessibility statement and legal notice."""

import reflex as rx

from portail_app.ui import components as c
from portail_app.ui.layout import public_page
from portail_app.ui.session import commune


def accessibility_page() -> rx.Component:
    """State honestly where the portal stands; without an audit, the law's words are « non conforme »."""
    town_hall = commune()
    return public_page(
        "Accessibilité : non conforme",
        _part(
            "Déclaration d’accessibilité",
            f"{town_hall.name} s’engage à rendre le Portail Famille accessible, conformément à l’article 47 de la loi "
            "n° 2005-102 du 11 février 2005.",
            "Le portail n’a pas encore fait l’objet d’un audit de conformité au RGAA 4.1 : il est donc déclaré "
            "non conforme.",
        ),
        _part(
            "Ce que nous vérifions",
            "Chaque page est contrôlée automatiquement (axe-core), au clavier, et aux largeurs de 1280, 390 et 320 "
            "pixels. Le calendrier s’utilise entièrement au clavier : flèches, Entrée, Maj+F10.",
        ),
        _part(
            "Technologies",
            "HTML, CSS, JavaScript, WAI-ARIA. Les factures sont des fichiers PDF.",
        ),
        _contact("Si vous n’arrivez pas à accéder à un contenu ou à un service, écrivez-nous ou appelez-nous :"),
        _part(
            "Voies de recours",
            "Si vous ne recevez pas de réponse satisfaisante, vous pouvez vous adresser au Défenseur des droits : par "
            "son formulaire en ligne, auprès de son délégué dans votre région, ou par courrier gratuit, sans timbre : "
            "Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.",
        ),
        commune=town_hall,
        boxed=False,
    )


def legal_page() -> rx.Component:
    """Say who publishes the portal and what becomes of the data."""
    town_hall = commune()
    return public_page(
        "Mentions légales",
        _part("Éditeur", f"Mairie de {town_hall.name}, qui répond de ce service public."),
        _contact("Nous joindre :"),
        _part(
            "Données personnelles",
            "Les données du dossier de la famille sont traitées par la mairie pour ses missions d’intérêt public : "
            "inscriptions, réservations, facturation. Elles ne sont vues que par les agents qui en ont besoin.",
            "Vous pouvez demander à les consulter, à les corriger ou à les effacer, auprès de la mairie ; vous pouvez "
            "aussi saisir la CNIL (www.cnil.fr).",
        ),
        _part(
            "Cookies",
            "Le portail ne dépose que les cookies nécessaires à votre connexion : aucun suivi, aucune mesure "
            "d’audience, aucun service extérieur.",
        ),
        commune=town_hall,
        boxed=False,
    )


def _part(title: str, *sentences: str) -> rx.Component:
    return rx.el.section(rx.el.h2(title), *(rx.el.p(sentence) for sentence in sentences), class_name="text")


def _contact(lead: str) -> rx.Component:
    town_hall = commune()
    return rx.el.section(
        rx.el.h2("Contact"),
        rx.el.p(lead),
        c.details_list([("Téléphone", town_hall.phone), ("Courriel", town_hall.email)]),
        class_name="text",
    )
