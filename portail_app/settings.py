"""Read the configuration of one installation from its environment.

Everything that changes from one commune to the next and cannot live in the
database is here, as `PORTAIL_…` variables (or a `.env` file beside the
command). The object is frozen: nobody changes the configuration of a running
portal, so it can be read from any thread.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MEBIBYTE = 1024 * 1024
DEMO_SECRET = "secret-de-demonstration-a-ne-jamais-employer"  # noqa: S105 - refused outside demo and test
SHORTEST_SECRET = 32


class Environment(StrEnum):
    """Say what an installation is for, and so how strict it must be."""

    DEMO = "demo"
    PRODUCTION = "production"
    TEST = "test"


class Settings(BaseSettings):
    """Hold every setting, validated once at start."""

    model_config = SettingsConfigDict(env_prefix="PORTAIL_", env_file=".env", frozen=True, extra="ignore")

    environment: Environment = Environment.PRODUCTION
    secret_key: SecretStr = SecretStr(DEMO_SECRET)
    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    workers: int = Field(default=1, ge=1)
    trusted_proxy_hops: int = Field(default=0, ge=0)
    access_log: bool = False
    cookie_secure: bool = False

    database_url: str = "sqlite:///var/portail.db"
    redis_url: str | None = None
    data_dir: Path = Path("var")
    upload_max_bytes: int = Field(default=5 * MEBIBYTE, gt=0)
    family_quota_bytes: int = Field(default=100 * MEBIBYTE, gt=0)

    session_idle_minutes: int = Field(default=60, gt=0)
    session_warning_minutes: int = Field(default=5, gt=0)
    session_absolute_hours: int = Field(default=12, gt=0)
    bcrypt_cost: int = Field(default=12, ge=4, le=16)

    smtp_host: str | None = None
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_starttls: bool = True
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_from: str = "portail-famille@localhost"

    @property
    def is_demo(self) -> bool:
        """Tell whether the data are invented, so that sign-ins and mails may be shown."""
        return self.environment is Environment.DEMO

    @property
    def behind_https(self) -> bool:
        """Tell whether browsers reach the portal through https."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def public_origin(self) -> str:
        """Give the public address as browsers write it in `Origin`: scheme, host and unusual port."""
        parts = urlsplit(self.public_url)
        usual_port = {"http": 80, "https": 443}[parts.scheme]
        port = "" if parts.port in {None, usual_port} else f":{parts.port}"
        return f"{parts.scheme}://{parts.hostname}{port}"

    @property
    def uploads_dir(self) -> Path:
        """Give the folder of the families' documents: never inside a folder that is served."""
        return self.data_dir / "uploads"

    @model_validator(mode="before")
    @classmethod
    def _deduce(cls, values: dict[str, object]) -> dict[str, object]:
        public_url = str(values.get("public_url") or f"http://localhost:{values.get('port') or 8000}")
        deduced = {"cookie_secure": public_url.startswith("https://"), **values}
        return {**deduced, "public_url": public_url.rstrip("/")}

    @model_validator(mode="after")
    def _refuse_what_would_be_unsafe(self) -> Self:
        if self.environment is Environment.PRODUCTION:
            _require_own_secret(self.secret_key.get_secret_value())
        if self.workers > 1 and not self.redis_url:
            raise ValueError("Plusieurs processus (PORTAIL_WORKERS) demandent un serveur Redis : PORTAIL_REDIS_URL.")
        if urlsplit(self.public_url).scheme not in {"http", "https"} or not urlsplit(self.public_url).hostname:
            raise ValueError("PORTAIL_PUBLIC_URL doit être une adresse complète, par exemple https://famille.leaz.fr.")
        return self


@cache
def get_settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings()


def reset() -> None:
    """Forget the settings read so far, so that a test can set others."""
    get_settings.cache_clear()


def _require_own_secret(secret: str) -> None:
    if secret == DEMO_SECRET or len(secret) < SHORTEST_SECRET:
        raise ValueError(
            f"PORTAIL_SECRET_KEY doit être définie, propre à cette installation, et longue d’au moins "
            f"{SHORTEST_SECRET} caractères (python -c 'import secrets; print(secrets.token_urlsafe(48))')."
        )
