"""Start the real servers that the tests need, on free loopback ports, and stop them.

A missing server is an error, not a skip: ``make test`` installs them (see ``tests/prepare_system.sh``).
"""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """Run a private PostgreSQL in ``folder``; yield its URL, without the database name."""
    data, port = folder / "pg", free_port()
    user = _unprivileged_user(folder)
    _run(user, [_postgresql_program("initdb"), "-D", str(data), "-U", "portail", "-A", "trust", "-E", "UTF8"])
    options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c max_connections=200"
    server = [_postgresql_program("pg_ctl"), "-D", str(data), "-w", "-o", options, "-l", str(folder / "pg.log")]
    _run(user, [*server, "start"])
    try:
        yield f"postgresql+psycopg://portail@127.0.0.1:{port}"
    finally:
        _run(user, [_postgresql_program("pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop"])


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Run a private Redis that keeps nothing on disk; yield its URL."""
    program = shutil.which("redis-server")
    if program is None:
        raise RuntimeError("Redis manque : apt-get install redis-server")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for_port(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()


def wait_for_port(port: int, seconds: float = 30) -> None:
    """Wait until something listens on a loopback port."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nothing listens on port {port} after {seconds} s")


def _postgresql_program(name: str) -> str:
    found = shutil.which(name) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None
    )
    if found is None:
        raise RuntimeError("PostgreSQL manque : apt-get install postgresql")
    return found


def _unprivileged_user(folder: Path) -> str | None:
    """Name the user to run PostgreSQL as: it refuses root, so a machine where tests run as root lends another."""
    if os.geteuid() != 0:
        return None
    user = "postgres" if _exists("postgres") else "nobody"
    account = pwd.getpwnam(user)
    os.chown(folder, account.pw_uid, account.pw_gid)
    return user


def _exists(user: str) -> bool:
    return any(entry.pw_name == user for entry in pwd.getpwall())


def _run(user: str | None, command: list[str]) -> None:
    prefix = ["setpriv", "--reuid", user, "--regid", str(pwd.getpwnam(user).pw_gid), "--clear-groups"] if user else []
    result = subprocess.run([*prefix, *command], capture_output=True, text=True, check=False, cwd="/")
    if result.returncode:
        raise RuntimeError(f"{command[0]}: {result.stdout}{result.stderr}")
