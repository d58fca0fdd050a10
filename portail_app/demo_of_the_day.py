"""Keep the demo apart from any real portal, and dated of today."""

import os
from collections.abc import Callable

from portail_app import clock
from portail_app.settings import Settings

FOLDER = "var/demo"


def point_settings_at_it() -> None:
    """Point every setting at `var/demo`, so that a demonstration never touches a real installation.

    What was explicitly set in the environment is kept; a `.env` file is not: it is the one of the real portal.
    """
    os.environ["PORTAIL_ENVIRONMENT"] = "demo"
    data_dir = os.environ.setdefault("PORTAIL_DATA_DIR", FOLDER)
    defaults = {
        "DATABASE_URL": f"sqlite:///{data_dir}/portail.db",
        "PUBLIC_URL": "",
        "REDIS_URL": "",
        "SMTP_HOST": "",
        "WORKERS": "1",
    }
    for name, value in defaults.items():
        os.environ.setdefault(f"PORTAIL_{name}", value)


def prepare(settings: Settings, *, renew: bool, say: Callable[[str], object]) -> None:
    """Make the demo if it is missing, of another day, or asked anew: the next day it would tell of the past."""
    from portail_app import demo

    day, today = settings.data_dir / "jour-de-la-demonstration", clock.today().isoformat()
    of_another_day = day.exists() and day.read_text() != today
    demo.prepare(settings, renew=renew or of_another_day, say=say)
    day.parent.mkdir(parents=True, exist_ok=True)
    day.write_text(today)
