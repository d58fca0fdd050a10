"""Where a signed-in person belongs, and which pages are for whom."""

from enum import Enum
from urllib.parse import quote, urlsplit

from portail_app.access import STAFF_ROLES, Actor, Role

SIGN_IN = "/connexion"
OWN_PASSWORD = "/mot-de-passe"  # noqa: S105 - an address
FAMILY_HOME = "/accueil"
STAFF_HOME = "/agents/demandes"
LONGEST_SUITE = 300
LONGEST_PATH = 200


class Audience(Enum):
    """Whom a page is for."""

    PUBLIC = "everybody"
    SIGNED_IN = "whoever is signed in"
    FAMILY = "parents"
    STAFF = "agents"
    NOBODY = "no page has this address"


# A page that is in no table is refused to all: whoever adds a page says here whom it is for.
PUBLIC_PAGES = frozenset(
    {
        "/",
        SIGN_IN,
        "/mot-de-passe-oublie",
        "/nouveau-mot-de-passe",
        "/accessibilite",
        "/mentions-legales",
    }
)
SIGNED_IN_PAGES = frozenset({OWN_PASSWORD})
FAMILY_SECTIONS = frozenset(
    {
        FAMILY_HOME,
        "/mon-compte",
        "/mes-enfants",
        "/releve-de-compte",
        "/boite-de-reception",
        "/liste-des-demandes",
        "/infos-documents",
    }
)
STAFF_SECTION = "/agents"


def audience_of(path: str) -> Audience:
    """Tell whom a page is for; the parts of a section are for the same people as the section."""
    page = path.rstrip("/") or "/"
    if is_devious(page):
        return Audience.NOBODY
    if page in PUBLIC_PAGES:
        return Audience.PUBLIC
    if page in SIGNED_IN_PAGES:
        return Audience.SIGNED_IN
    section = "/" + page.split("/")[1]
    if section == STAFF_SECTION:
        return Audience.STAFF
    return Audience.FAMILY if section in FAMILY_SECTIONS else Audience.NOBODY


def home_of(role: Role, *, must_change_password: bool = False) -> str:
    """Return the first page of a person."""
    if must_change_password:
        return OWN_PASSWORD
    return STAFF_HOME if role in STAFF_ROLES else FAMILY_HOME


def actors_home(actor: Actor) -> str:
    """Return the first page of whoever is signed in."""
    return home_of(actor.role, must_change_password=actor.must_change_password)


def sign_in_then(suite: str) -> str:
    """Return the address of the sign-in page that leads on to ``suite``."""
    return f"{SIGN_IN}?suite={quote(suite, safe='/')}" if suite and suite != "/" else SIGN_IN


def safe_suite(suite: str, role: Role) -> str:
    """Return the page to open after signing in if it is one of this person's on this site, or ""."""
    wanted = Audience.STAFF if role in STAFF_ROLES else Audience.FAMILY
    return suite if is_local(suite) and audience_of(urlsplit(suite).path) is wanted else ""


def is_local(suite: str) -> bool:
    """Tell whether a browser reads this as a path of our own site, whatever tricks it holds."""
    return (
        suite.startswith("/")
        and not suite.startswith("//")
        and len(suite) <= LONGEST_SUITE
        and suite.isprintable()
        and "\\" not in suite
        and " " not in suite
    )


def is_devious(path: str) -> bool:
    """Tell whether a path goes where its first letters do not say (« /assets/../agents »), or is longer than any."""
    parts = path.split("/")[1:]
    return (
        not path.startswith("/")
        or len(path) > LONGEST_PATH
        or "\\" in path
        or not path.isprintable()
        or any(part in {".", ".."} for part in parts)
        or "" in parts[:-1]
    )
