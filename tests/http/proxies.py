"""A reverse proxy as a town hall has one: another name, another port, https in front of the portal."""

import asyncio
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import free_port, wait_for_port

PUBLIC_NAME = "famille.leaz.test"


@contextmanager
def relaying(backend_port: int, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """Relay a free port to the portal, byte for byte, so with the Host of the browser; yield that port."""
    port, loop, stop = free_port(), asyncio.new_event_loop(), asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=[_relay(port, backend_port, tls, stop)])
    thread.start()
    wait_for_port(port)
    try:
        yield port
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


def certificate(folder: Path) -> ssl.SSLContext:
    """Make a certificate that signs itself, for the public name."""
    key, certificate_file = folder / "key.pem", folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={PUBLIC_NAME}"]
    subprocess.run([*command, "-keyout", key, "-out", certificate_file], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate_file, key)
    return context


async def _relay(port: int, backend_port: int, tls: ssl.SSLContext | None, stop: asyncio.Event) -> None:
    connections: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.add(asyncio.create_task(_connect(backend_port, reader, writer)))

    server = await asyncio.start_server(accept, "127.0.0.1", port, ssl=tls)
    await stop.wait()
    server.close()
    for connection in connections:
        connection.cancel()
    await asyncio.gather(*connections, return_exceptions=True)


async def _connect(backend_port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    to_reader, to_writer = await asyncio.open_connection("127.0.0.1", backend_port)
    await asyncio.gather(_copy(reader, to_writer), _copy(to_reader, writer))


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass  # one side left: closing the other below is all there is to do
    finally:
        writer.close()
