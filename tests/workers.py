"""Tell, from outside, which worker process of a portal holds a connection: the kernel knows."""

from pathlib import Path

from tests.protocol import Page

ESTABLISHED = "01"


def descendants(pid: int) -> set[int]:
    """Return every process started by a process, directly or not."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            found |= {child, *descendants(child)}
    return found


def worker_of(page: Page, portal_pid: int) -> int:
    """Return the process that holds the other end of the websocket of a page."""
    ours, theirs = page.ports
    inode = _inode(theirs, ours)
    for pid in descendants(portal_pid):
        if any(_points_to(handle, f"socket:[{inode}]") for handle in Path(f"/proc/{pid}/fd").iterdir()):
            return pid
    raise LookupError(f"nobody holds {page.ports}")


def _inode(local_port: int, remote_port: int) -> str:
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        columns = line.split()
        ports = [int(address.partition(":")[2], 16) for address in columns[1:3]]
        if ports == [local_port, remote_port] and columns[3] == ESTABLISHED:
            return columns[9]
    raise LookupError(f"no connection between {local_port} and {remote_port}")


def _points_to(handle: Path, target: str) -> bool:
    try:
        return str(handle.readlink()) == target
    except FileNotFoundError:  # closed since it was listed
        return False
