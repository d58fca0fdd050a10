"""What every request passes before it reaches the portal, whatever it asks for."""

from starlette.types import ASGIApp

from portail_app.frontend_build import built_dir
from portail_app.http.body_limit import BodyLimit
from portail_app.http.same_origin import SameOrigin
from portail_app.http.security_headers import SecurityHeaders
from portail_app.http.static_files import StaticFiles
from portail_app.settings import get_settings

# What a form adds around the file it carries.
FORM_OVERHEAD_BYTES = 64 * 1024


def static_pages(app: ASGIApp) -> ASGIApp:
    """Put the built pages at their addresses: next to Reflex, inside the gates, which must see the true address."""
    return StaticFiles(app, built_dir())


def front_door(app: ASGIApp) -> ASGIApp:
    """Guard the whole portal: the outermost of all wrappers."""
    settings = get_settings()
    limited = BodyLimit(app, settings.upload_max_bytes + FORM_OVERHEAD_BYTES)
    own = SameOrigin(limited, settings.public_origin)
    return SecurityHeaders(own, built_dir(), settings.behind_https)
