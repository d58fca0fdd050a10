"""What an installation is told when it starts, and what it refuses."""

import pytest
from pydantic import ValidationError

from portail_app import settings
from portail_app.settings import DEMO_SECRET, Environment, Settings

OWN_SECRET = "s" * 32


def _settings(**values: object) -> Settings:
    return Settings(_env_file=None, **{"environment": "test", **values})


@pytest.mark.parametrize("secret", [DEMO_SECRET, "s" * 31, ""])
def test_production_refuses_a_secret_that_others_could_know(secret: str) -> None:
    with pytest.raises(ValidationError, match="PORTAIL_SECRET_KEY"):
        _settings(environment="production", secret_key=secret)


def test_production_accepts_a_secret_of_its_own() -> None:
    assert _settings(environment="production", secret_key=OWN_SECRET).environment is Environment.PRODUCTION


@pytest.mark.parametrize("environment", ["demo", "test"])
def test_demo_and_test_work_without_a_secret(environment: str) -> None:
    assert _settings(environment=environment).secret_key.get_secret_value() == DEMO_SECRET


def test_several_processes_need_redis() -> None:
    with pytest.raises(ValidationError, match="PORTAIL_REDIS_URL"):
        _settings(workers=2)
    assert _settings(workers=2, redis_url="redis://localhost").workers == 2
    assert _settings(workers=1).redis_url is None


@pytest.mark.parametrize(
    ("public_url", "secure"), [("https://famille.leaz.fr", True), ("http://localhost:8000", False)]
)
def test_the_cookie_is_secure_as_soon_as_the_public_address_is_https(public_url: str, secure: bool) -> None:
    assert _settings(public_url=public_url).cookie_secure is secure
    assert _settings(public_url=public_url).behind_https is secure


def test_the_cookie_can_be_forced_secure() -> None:
    assert _settings(public_url="http://localhost:8000", cookie_secure=True).cookie_secure is True


@pytest.mark.parametrize("public_url", ["famille.leaz.fr", "ftp://famille.leaz.fr", "https://"])
def test_an_incomplete_public_address_is_refused(public_url: str) -> None:
    with pytest.raises(ValidationError, match="PORTAIL_PUBLIC_URL"):
        _settings(public_url=public_url)


def test_settings_are_read_from_the_environment_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAIL_ENVIRONMENT", "test")
    monkeypatch.setenv("PORTAIL_PORT", "8123")
    settings.reset()
    first = settings.get_settings()
    monkeypatch.setenv("PORTAIL_PORT", "8124")
    assert first.port == 8123
    assert settings.get_settings() is first
    settings.reset()
    assert settings.get_settings().port == 8124
    settings.reset()


def test_settings_cannot_be_changed_while_the_portal_runs() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        _settings().port = 1
