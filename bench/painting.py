"""Time what a parent sees: pages over a slow network on a slow telephone, and a booking on their own computer."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from tests.protocol import cookie

# « Slow 4G » of Lighthouse, and a telephone four times slower than this machine.
DOWNLOAD_BYTES = 1_600_000 // 8
UPLOAD_BYTES = 750_000 // 8
LATENCY_MS = 150
CPU_SLOWDOWN = 4
QUIET_MS = 1500
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

WATCH_PAINTING = """
  globalThis.painted = { lcp: 0, element: "", cells: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      painted.lcp = entry.startTime;
      painted.element = entry.element ? entry.element.outerHTML.slice(0, 80) : "";
    }
  }).observe({ type: "largest-contentful-paint", buffered: true });
  const cells = new MutationObserver(() => {
    if (painted.cells || !document.querySelector("[data-cell]")) return;
    cells.disconnect();
    requestAnimationFrame(() => setTimeout(() => (painted.cells = performance.now())));
  });
  cells.observe(document, { subtree: true, childList: true });
"""


# From the browser's own instant of the click to the frame after the one in which the mark changed.
WATCH_CELL = """(name) => {
  const mark = [...document.querySelectorAll(`[data-cell="${name}"] .mark`)].find((node) => node.checkVisibility());
  let clicked = 0;
  addEventListener("click", (event) => (clicked = event.timeStamp), { capture: true, once: true });
  globalThis.newState = new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - clicked)));
    }).observe(mark, { attributes: true, attributeFilter: ["class"] });
  });
}"""


@dataclass(frozen=True)
class Painting:
    """One load of one page: milliseconds to the largest paint and to the first cell (0: none), KB on the wire."""

    lcp_ms: float
    element: str
    cells_ms: float
    kilobytes: float


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run a browser."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise RuntimeError("Chromium manque : apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


def cold_and_warm(browser: Browser, url: str, path: str, session_token: str = "") -> tuple[Painting, Painting]:
    """Open a page slowly in a browser that knows nothing, then once more with what it kept."""
    context = signed_in(browser, url, session_token)
    try:
        cold, warm = (_painting(context, url + path) for _ in range(2))
    finally:
        context.close()
    return cold, warm


def clicks(browser: Browser, url: str, path: str, session_token: str, cells: tuple[str, ...]) -> list[float]:
    """Ask for days with the menu, one after the other; return the milliseconds from each click to the painted state."""
    context = signed_in(browser, url, session_token)
    try:
        page = context.new_page()
        page.goto(url + path)
        page.locator("[data-cell]:visible").first.wait_for()
        return [_click(page, cell) for cell in cells]
    finally:
        context.close()


def signed_in(browser: Browser, url: str, session_token: str) -> BrowserContext:
    """Open a browser's own storage, with the session of somebody."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    if session_token:
        name, _, value = cookie(session_token).partition("=")
        context.add_cookies([{"name": name, "value": value, "url": url}])
    return context


def _painting(context: BrowserContext, address: str) -> Painting:
    page = context.new_page()
    page.add_init_script(WATCH_PAINTING)
    devtools, sizes = context.new_cdp_session(page), list[float]()
    _slow_down(devtools)
    devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    devtools.on("Network.webSocketFrameReceived", lambda event: sizes.append(len(event["response"]["payloadData"])))
    page.goto(address, wait_until="load", timeout=60_000)
    painted = _once_quiet(page, sizes)
    page.close()
    return Painting(painted["lcp"], painted["element"], painted["cells"], sum(sizes) / 1024)


def _slow_down(devtools: CDPSession) -> None:
    devtools.send("Network.enable")
    conditions = {"offline": False, "latency": LATENCY_MS}
    speeds = {"downloadThroughput": DOWNLOAD_BYTES, "uploadThroughput": UPLOAD_BYTES}
    devtools.send("Network.emulateNetworkConditions", {**conditions, **speeds})
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})


def _once_quiet(page: Page, sizes: list[float]) -> dict[str, Any]:
    """Wait until nothing more arrives: what comes late counts in the weight, and may be the largest paint."""
    received = -1
    while received != len(sizes):
        received = len(sizes)
        page.wait_for_timeout(QUIET_MS)
    painted: dict[str, Any] = page.evaluate("painted")
    return painted


def _click(page: Page, cell: str) -> float:
    """Open the menu of a cell with the right button, choose « Demande de Réservation », wait for the new mark."""
    page.locator(f'[data-cell="{cell}"]:visible').click(button="right")
    choice = page.locator("#day-menu [data-choice=book]")
    choice.wait_for()
    page.evaluate(WATCH_CELL, cell)
    choice.click()
    milliseconds: float = page.evaluate("newState")
    return milliseconds
