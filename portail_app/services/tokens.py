"""Random secrets, what is stored of them, and what is sealed with the installation's key."""

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any

from portail_app.settings import get_settings

TOKEN_BYTES = 32


def new_token() -> str:
    """Return a random token of 256 bits, to hand out once."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """Return what the database keeps of a token: whoever reads the database cannot sign in with it."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed(purpose: str, value: str) -> str:
    """Return a name for ``value`` that says nothing of it to whoever lacks the key of the installation."""
    key = get_settings().secret_key.get_secret_value().encode()
    return hmac.new(key, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def sealed(purpose: str, content: dict[str, Any]) -> str:
    """Return ``content`` in letters fit for a cookie, which nobody can change without it being seen."""
    body = base64.urlsafe_b64encode(json.dumps(content, separators=(",", ":")).encode()).decode()
    return f"{body}.{keyed(purpose, body)}"


def unsealed(purpose: str, text: str) -> dict[str, Any] | None:
    """Return what was sealed for this very purpose, or None."""
    body, _, mark = text.partition(".")
    if not mark.isascii() or not hmac.compare_digest(mark, keyed(purpose, body)):
        return None
    content = json.loads(base64.urlsafe_b64decode(body))
    return content if isinstance(content, dict) else None
