"""A real browser against the real `gongkai serve` and worker, on a data folder of their own."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, sync_playwright
from tools.testing import machine

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
DESKTOP: ViewportSize = {"width": 1280, "height": 720}
PHONE: ViewportSize = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Site:
    """A running site and its data folder."""

    base: str
    home: Path
    environment: dict[str, str]


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """Migrated, seeded, served and worked; ended by process id afterwards."""
    with tempfile.TemporaryDirectory(prefix="gongkai-journey-") as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = os.environ | {
            "GONGKAI_HOME": folder,
            "GONGKAI_DATABASE_URL": "",
            "GONGKAI_DEMO": "true",
            "GONGKAI_HASHED_STATIC": "true",
            "GONGKAI_PUBLIC_BASE_URL": f"http://127.0.0.1:{port}",
        }
        _run(environment, "gongkai.config", "manage", "migrate", "--verbosity", "0")
        _run(environment, "tests.journeys.seed")
        running = [
            _start(environment, Path(folder), "serve", "--port", str(port)),
            _start(environment, Path(folder), "worker"),
        ]
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz")
            yield Site(f"http://127.0.0.1:{port}", Path(folder), environment)
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(timeout=20)


def _run(environment: dict[str, str], module: str, *words: str) -> None:
    subprocess.run([sys.executable, "-m", module, *words], env=environment, check=True)


def _start(environment: dict[str, str], home: Path, *words: str) -> subprocess.Popen[bytes]:
    log = (home / f"{words[0]}.log").open("wb")
    return subprocess.Popen(
        [sys.executable, "-m", "gongkai.config", *words], env=environment, stdout=log, stderr=subprocess.STDOUT
    )


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright_driver: Playwright) -> Iterator[Browser]:
    """The machine's Chromium, without the background calls it would make by itself."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    launched = playwright_driver.chromium.launch(executable_path=machine.chromium(), args=arguments)
    yield launched
    launched.close()


@pytest.fixture
def new_page(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens a page in a fresh context; ``scripts=False`` turns JavaScript off, ``viewport`` chooses the screen."""
    contexts: list[BrowserContext] = []

    def open_page(*, viewport: ViewportSize | None = None, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=site.base, viewport=viewport or DESKTOP, java_script_enabled=scripts, locale="zh-CN"
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def problems_found_by_axe(page: Page) -> list[str]:
    """What axe-core says about the page: rule and first place of each violation."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))  # not as a script tag: the content policy of our pages forbids those
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth + 1"))


@pytest.fixture(autouse=True)
def _is_a_journey(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("journey"), "tests in tests/journeys carry the mark `journey`"
