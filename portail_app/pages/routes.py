"""Every address of the portal, its title and what fills it; the tests walk this list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from portail_app.pages import legal, not_found, passwords, sign_in
from portail_app.pages.family import children, home, requests
from portail_app.pages.staff import mails
from portail_app.pages.staff import requests as staff_requests
from portail_app.ui.session import SessionState


@dataclass(frozen=True, slots=True)
class PageRoute:
    """One page: ``on_load`` runs each time it opens."""

    path: str
    title: str
    page: Callable[[], rx.Component]
    on_load: tuple[Any, ...] = ()


ROUTES = (
    PageRoute("/connexion", "Connexion", sign_in.page, (sign_in.SignInState.load,)),
    PageRoute("/mot-de-passe-oublie", "Mot de passe oublié", passwords.forgotten_page, (passwords.PasswordState.load,)),
    PageRoute("/nouveau-mot-de-passe", "Nouveau mot de passe", passwords.reset_page, (passwords.PasswordState.load,)),
    PageRoute(
        "/mot-de-passe",
        "Changer mon mot de passe",
        passwords.change_page,
        (passwords.OwnPasswordState.load, passwords.PasswordState.load),
    ),
    PageRoute("/accueil", "Accueil", home.page, (SessionState.load, home.HomeState.load)),
    PageRoute("/mes-enfants", "Mes enfants", children.page, (SessionState.load, children.ChildrenState.load)),
    PageRoute(
        "/liste-des-demandes", "Liste des demandes", requests.page, (SessionState.load, requests.RequestsState.load)
    ),
    PageRoute(
        "/agents/demandes",
        "Demandes à traiter",
        staff_requests.page,
        (SessionState.load, staff_requests.QueueState.load),
    ),
    PageRoute("/agents/courriels", "Courriels", mails.page, (SessionState.load, mails.MailsState.load)),
    PageRoute("/accessibilite", "Accessibilité", legal.accessibility_page),
    PageRoute("/mentions-legales", "Mentions légales", legal.legal_page),
    PageRoute("/404", "Page introuvable", not_found.page),
)
