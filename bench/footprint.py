"""What the portal takes: seconds to its first page, megabytes with hundreds of open pages."""

import os
import subprocess
import time
from pathlib import Path

import httpx

from tests.portal import COMMAND, LONGEST_START_SECONDS
from tests.servers import free_port
from tests.workers import descendants

POLL_SECONDS = 0.01


def seconds_to_first_page(folder: Path) -> float:
    """Start ``portail serve`` on data that are ready, with pages that are built; stop it once a page has come."""
    port = free_port()
    environment = {**os.environ, "PORTAIL_HOST": "127.0.0.1", "PORTAIL_PORT": str(port)}
    start = time.perf_counter()
    with (folder / "start.log").open("wb") as log:
        process = subprocess.Popen(COMMAND, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_for_page(f"http://127.0.0.1:{port}/connexion", process)
            return time.perf_counter() - start
        finally:
            process.terminate()
            process.wait(30)


def megabytes(pid: int) -> float:
    """Add the resident memory of a process and of all that it started; what they share counts for each."""
    pages = sum(int(Path(f"/proc/{each}/statm").read_text().split()[1]) for each in {pid, *descendants(pid)})
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _wait_for_page(address: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.perf_counter() + LONGEST_START_SECONDS
    while process.poll() is None and time.perf_counter() < end:
        try:
            if httpx.get(address).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(POLL_SECONDS)
    raise RuntimeError("the portal did not answer")
