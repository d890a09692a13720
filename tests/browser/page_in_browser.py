"""A real browser before the real page, served from this process."""

import asyncio
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from observer.catalog import Catalog
from observer.errors import Problem, StoreError, literal
from observer.web import PageView, add_page
from observer.windows.merge import merge
from observer.windows.readings import Readings

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))

from fabricated_company import budgets, busy_hour, busy_minute, catalog, found, newest, readings

COMMAND = "apt-get install chromium chromium-driver"
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
)


class Traffic:
    """What the observed company sends: an hour of it, and more when a test says so."""

    def __init__(self) -> None:
        self.rollups = busy_hour(time.time())
        self.broken = False

    def more(self) -> None:
        """Another minute of traffic arrives."""
        rollups = dict(self.rollups)
        merge(rollups, busy_minute(int(time.time() // 60), 1))
        self.rollups = rollups

    def read(self, since: float, until: float, step: int) -> Readings:
        if self.broken:
            raise StoreError(Problem("state", literal("a store"), literal("none")))
        now = time.time()
        findings = [found(9, now=now), found(5, now=now)]
        return readings(self.rollups, findings, newest(now), round(until - since), step, now)


@contextmanager
def serving(traffic: Traffic, token: str = "", company: Catalog | None = None) -> Iterator[str]:
    """Serves the page on a free port in a thread of its own. Yields its address. company: another than made up."""
    app = web.Application()

    def in_force() -> Catalog:
        return company or catalog()

    view = PageView(catalog=in_force, readings=traffic.read, now=time.time, token=token, budgets=budgets)
    add_page(app, view)
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(app, shutdown_timeout=1)

    async def start() -> int:
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port: int = runner.addresses[0][1]
        return port

    port = loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


class Browser:
    """Chromium, and what the tests ask of it."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(self, address: str, width: int = 1280, scheme: str = "light") -> None:
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        self.command("Emulation.setDeviceMetricsOverride", size)
        self.command(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        )
        self.driver.get("about:blank")
        self._log("browser")
        self._log("performance")
        self.driver.get(address)

    def command(self, name: str, arguments: dict[str, Any]) -> Any:
        return self.driver.execute_cdp_cmd(name, arguments)

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def one(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def text(self, selector: str) -> str:
        return self.one(selector).text.replace("\u00a0", " ").replace("\u202f", " ")

    def wait(self, what: str, script: str, *arguments: object, seconds: float = 10) -> None:
        WebDriverWait(self.driver, seconds, 0.1).until(lambda _: self.run(script, *arguments), what)

    def reads(self, selector: str, words: str, seconds: float = 10) -> None:
        """Waits until an element says `words`, also while the browser is on its way to another page."""
        patient = WebDriverWait(self.driver, seconds, 0.1, ignored_exceptions=[WebDriverException])
        patient.until(lambda _: words in self.text(selector), f"{words!r} in {selector}")

    def complaints(self) -> list[str]:
        """Returns what the console says since the page was opened."""
        return [entry["message"] for entry in self._log("browser")]

    def requested(self) -> set[str]:
        """Returns every address that was asked for since the page was opened."""
        messages = [json.loads(entry["message"])["message"] for entry in self._log("performance")]
        return {
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        }

    def _log(self, kind: str) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.driver.get_log(kind)  # type: ignore[no-untyped-call]
        return entries


@contextmanager
def browsing() -> Iterator[Browser]:
    """Opens a browser with a fresh profile. Skips, naming the command, where it is not installed; fails in CI."""
    chromium, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or chromedriver is None:
        missing = f"chromium or chromedriver is not installed: {COMMAND}"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = chromium
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        driver = webdriver.Chrome(options=options, service=Service(chromedriver))
        try:
            yield Browser(driver)
        finally:
            driver.quit()
