"""Who is at the other end: the address on which attempts are counted."""

import ipaddress

from starlette.requests import Request

from portail_app.settings import get_settings


def client_address(request: Request) -> str:
    """Return the client's address, as told by the last proxy that we trust.

    Each proxy adds on the right the address it sees: with one trusted proxy only the last entry is true, whatever the
    client wrote before it. Without a trusted proxy the header is ignored.
    """
    hops = get_settings().trusted_proxy_hops
    connected = request.client.host if request.client else ""
    if hops == 0:
        return connected
    told = [part.strip() for part in ",".join(request.headers.getlist("x-forwarded-for")).split(",")]
    return (_address(told[-hops]) if len(told) >= hops else None) or connected


def _address(text: str) -> str | None:
    """Read « 192.0.2.1 », « 192.0.2.1:5000 », « 2001:db8::1 » or « [2001:db8::1]:5000 »."""
    host = text
    if text.startswith("["):
        host = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        host = text.partition(":")[0]
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None
