"""Configure Reflex: what it builds, and where it keeps the state of open pages."""

import reflex as rx
from reflex_base.plugins.sitemap import SitemapPlugin

from portail_app.frontend_plugin import PortalFrontend
from portail_app.settings import get_settings

_settings = get_settings()

config = rx.Config(
    app_name="portail_app",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    plugins=[PortalFrontend()],
    # Every page but the sign-in is private: nothing to announce to search engines.
    disable_plugins=[SitemapPlugin],
    frontend_compression_formats=["brotli", "gzip"],
    frontend_lazy_bundled_libraries=True,
    # Never DISK, the default: it writes families' data in files.
    state_manager_mode=rx.constants.StateManagerMode.REDIS
    if _settings.redis_url
    else rx.constants.StateManagerMode.MEMORY,
    redis_url=_settings.redis_url,
    # The websocket is opened by our own pages only; http/same_origin.py presents them under this one name.
    cors_allowed_origins=[_settings.public_origin],
    trusted_proxy_hops=_settings.trusted_proxy_hops,
)
