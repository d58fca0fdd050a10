"""On which address attempts are counted, behind zero, one or two proxies."""

from collections.abc import Callable

import pytest
from starlette.requests import Request

from portail_app.http.client_address import client_address

CONNECTED = "10.0.0.1"


def asked(*forwarded: str) -> Request:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    return Request({"type": "http", "headers": headers, "client": (CONNECTED, 4000)})


@pytest.mark.parametrize(
    ("hops", "forwarded", "expected"),
    [
        (0, ("203.0.113.9",), CONNECTED),
        (1, (), CONNECTED),
        (1, ("203.0.113.9",), "203.0.113.9"),
        (1, ("1.1.1.1, 203.0.113.9",), "203.0.113.9"),
        (1, ("1.1.1.1", "203.0.113.9"), "203.0.113.9"),
        (2, ("1.1.1.1, 203.0.113.9, 10.0.0.2",), "203.0.113.9"),
        (2, ("203.0.113.9",), CONNECTED),
        (1, ("203.0.113.9:5000",), "203.0.113.9"),
        (1, ("2001:db8::9",), "2001:db8::9"),
        (1, ("[2001:db8::9]:5000",), "2001:db8::9"),
        (1, ("unknown",), CONNECTED),
        (1, ("",), CONNECTED),
    ],
)
def test_only_what_a_trusted_proxy_adds_is_believed(
    hops: int, forwarded: tuple[str, ...], expected: str, use_settings: Callable
) -> None:
    use_settings(trusted_proxy_hops=hops)
    assert client_address(asked(*forwarded)) == expected


def test_without_a_known_client_the_address_is_empty() -> None:
    assert client_address(Request({"type": "http", "headers": [], "client": None})) == ""
