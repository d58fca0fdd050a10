"""Run the built portal under granian: one port, no Node.js, no compilation."""

import os
import socket
from pathlib import Path

from portail_app.settings import Settings

# Internal names of Reflex 0.10.1, the version that is pinned: take the pages as they are built, and serve them.
REFLEX_ENVIRONMENT = {
    "__REFLEX_SKIP_COMPILE": "true",
    "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
    "REFLEX_ENV_MODE": "prod",
    "REFLEX_TELEMETRY_ENABLED": "false",
    "REFLEX_CHECK_LATEST_VERSION": "false",
    # A click weighs less than 2 KB; the default lets anybody send a megabyte per message.
    "REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE": str(256 * 1024),
}
# Never the query string: the one of the websocket carries the token of the tab.
ACCESS_LOG = '[%(time)s] %(addr)s "%(method)s %(path)s" %(status)d %(dt_ms).0f ms'


def port_is_free(host: str, port: int) -> bool:
    """Tell whether nothing listens on this port yet: granian itself would share it silently."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def run(settings: Settings) -> None:
    """Serve until interrupted."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    os.environ.update(REFLEX_ENVIRONMENT)
    Server(
        target="portail_app.portail_app:app",
        factory=True,
        interface=Interfaces.ASGI,
        address=settings.host,
        port=settings.port,
        workers=settings.workers,
        respawn_failed_workers=True,
        # A page left open keeps its websocket: do not wait for it to stop, and let thousands of them in.
        workers_kill_timeout=5,
        backlog=2048,
        backpressure=8192,
        log_level=LogLevels.warning,
        log_access=settings.access_log,
        log_access_format=ACCESS_LOG,
        working_dir=Path.cwd(),
    ).serve()
