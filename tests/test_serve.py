"""`portail serve`, as it is typed: one command, one port, no Node.js, and a clean stop."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.commune import database_of_leaz
from tests.servers import free_port

PORTAIL = Path(sys.executable).with_name("portail")


@pytest.fixture
def served(tmp_path: Path, sqlite_template: Path) -> Iterator[tuple[subprocess.Popen[str], str, Path]]:
    """Start the portal; give the process, its address and its folder."""
    port = free_port()
    chosen = {
        "PORTAIL_ENVIRONMENT": "demo",
        "PORTAIL_DATA_DIR": str(tmp_path),
        "PORTAIL_DATABASE_URL": database_of_leaz(sqlite_template, tmp_path),
        "PORTAIL_ACCESS_LOG": "true",
    }
    # Typed from another folder, with a PATH where no Node.js is.
    command = [PORTAIL, "serve", "--port", str(port)]
    environment = {**os.environ, **chosen, "PATH": "/bin"}
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log, text=True)
        try:
            _wait_for(f"http://127.0.0.1:{port}/ping", process)
            yield process, f"http://127.0.0.1:{port}", tmp_path
        finally:
            process.kill()
            process.wait()


def _wait_for(url: str, process: "subprocess.Popen[str]") -> None:
    # Long enough for a build, when no other test has made it.
    for _ in range(3600):
        try:
            httpx.get(url)
        except httpx.TransportError:
            assert process.poll() is None
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(url)


def test_one_command_serves_logs_without_tokens_and_stops(
    served: tuple["subprocess.Popen[str]", str, Path],
) -> None:
    process, url, folder = served
    page = httpx.get(f"{url}/connexion", headers={"accept-encoding": "br"})
    assert page.status_code == 200
    assert page.headers["content-encoding"] == "br"
    assert page.headers["cache-control"] == "no-cache"
    assert "script-src 'self' 'sha256-" in page.headers["content-security-policy"]

    httpx.get(f"{url}/ping?token=secret-de-l-onglet")
    # Worker processes of the same program, and nothing else.
    assert _programs_under(process.pid) == {"portail"}

    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    log = (folder / "log").read_text()
    assert '"GET /ping" 200' in log
    assert "secret-de-l-onglet" not in log


def _programs_under(pid: int) -> set[str]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {Path(f"/proc/{child}/comm").read_text().strip() for child in children}
