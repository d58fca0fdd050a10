"""Start the real portal, as `portail serve` does, on a free port with data of its own."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import free_port

PORTAIL = Path(sys.executable).parent / "portail"
# The front end may have to be built first.
LONGEST_START_SECONDS = 180


@contextmanager
def serving(data_dir: Path, **settings: object) -> Iterator[str]:
    """Run ``portail serve`` with ``settings`` (``workers=2``); yield the address where it answers."""
    port = free_port()
    chosen = {
        "environment": "test",
        "host": "127.0.0.1",
        "port": port,
        "data_dir": data_dir,
        "database_url": f"sqlite:///{data_dir}/portail.db",
        **settings,
    }
    environment = {**os.environ, **{f"PORTAIL_{name.upper()}": str(value) for name, value in chosen.items()}}
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / "serve.log").open("w+") as log:
        process = subprocess.Popen([PORTAIL, "serve"], env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait(process, f"http://127.0.0.1:{port}/ping", Path(log.name))
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)


def _wait(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    end = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.URLError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"the portal did not start:\n{log.read_text()}")
