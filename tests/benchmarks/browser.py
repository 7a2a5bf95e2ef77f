"""Visits of phones, in Chromium over a phone's line: 5 Mbit/s, 40 ms away."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from statistics import median
from threading import Barrier, Lock
from typing import Any
from urllib.parse import urlsplit

from benchmarks.contestants import Contestant
from e2e import walk
from e2e.browsers import chromium
from e2e.house import Wire
from playwright.sync_api import Page, sync_playwright

LINE = {
    "offline": False,
    "latency": 40,
    "downloadThroughput": 5_000_000 / 8,
    "uploadThroughput": 1_000_000 / 8,
}
READABLE = "main p:visible, .jp-RenderedMarkdown p:visible"
FILES = ("Script", "Stylesheet", "Image", "Font")
PATIENCE = 240_000
PHONES = 5
TIMES = 5


class Scale:
    """What a page asks for, and what that weighs on its way through a wire."""

    def __init__(self, page: Page, wire: Wire) -> None:
        self._wire = wire
        self._before = self._requests = 0
        self.files: list[str] = []
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", LINE)
        line.on("Network.loadingFinished", self._finished)
        line.on("Network.responseReceived", self._answered)
        line.on("Network.webSocketCreated", self._connected)

    def _finished(self, event: dict[str, Any]) -> None:
        self._requests += event["encodedDataLength"] > 0  # not what it still had

    def _connected(self, _event: dict[str, Any]) -> None:
        self._requests += 1

    def _answered(self, event: dict[str, Any]) -> None:
        address = urlsplit(event["response"]["url"])
        is_ours = f"{address.scheme}://{address.netloc}" == self._wire.url
        if is_ours and event["type"] in FILES and event["response"]["status"] == 200:
            query = f"?{address.query}" if address.query else ""
            self.files.append(address.path + query)

    def read(self) -> dict[str, Any]:
        """Return what came since the last time: everything that the line carried."""
        weight, requests = self._wire.received - self._before, self._requests
        self._before, self._requests = self._wire.received, 0
        return {"kB": weight / 1000, "requests": requests}


class SharedLine(Wire):
    """A line that carries so many bytes a second to everybody together."""

    def __init__(self, target: str, rate: float) -> None:
        self._rate, self._free, self._turn = rate, 0.0, Lock()
        super().__init__(target)

    def carry(self, size: int) -> None:
        """Wait until the line has taken so many bytes more."""
        with self._turn:
            self._free = max(self._free, time.monotonic()) + size / self._rate
            done = self._free
        time.sleep(max(0.0, done - time.monotonic()))


def visits(where: Contestant) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Return a cold phone's visits step by step, and the files that it asked for.

    The last is the middle one of cold browsers, with no line between.
    """
    wire = Wire(where.url)
    there = where.at(wire.url)
    found = []
    with _phone() as page:
        scale = Scale(page, wire)
        if where.code:
            join(page, there)
            found.append({"visit": "join and contents", **scale.read()})
        for choice, visit in enumerate(("first visit", "again")):
            took = module(page, there, choice)
            found.append({"visit": visit, **took, **scale.read()})
            page.goto("about:blank")
    wire.cut()
    took = [_cold(where, number % 2) for number in range(TIMES)]
    middle = {key: median(one[key] for one in took) for key in took[0]}
    found.append({"visit": "first visit, no line", **middle})
    files = tuple(dict.fromkeys(scale.files))
    return [{"name": where.name, **one} for one in found], files


def _cold(where: Contestant, choice: int) -> dict[str, float]:
    with _phone() as page:
        if where.code:
            join(page, where)
        return module(page, where, choice)


@contextmanager
def _phone() -> Iterator[Page]:
    """The page of a browser that has nothing in its cache."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium())
        yield browser.new_page(viewport=walk.PHONE, locale="nl-NL")
        browser.close()


def together(where: Contestant) -> list[dict[str, Any]]:
    """Return what real browsers need that share one line, cold and then once more."""
    line = SharedLine(where.url, LINE["downloadThroughput"])
    ready = Barrier(PHONES, timeout=5 * PATIENCE / 1000)

    def phone(_: int) -> list[dict[str, float]]:
        with _phone() as page:
            if where.code:
                join(page, where.at(line.url))
            took = []
            for choice in (0, 1):
                page.goto("about:blank")
                ready.wait()
                took.append(module(page, where.at(line.url), choice))
            return took

    with ThreadPoolExecutor(PHONES) as phones:
        found = list(phones.map(phone, range(PHONES)))
    line.cut()
    return [
        {
            "name": where.name,
            "visit": visit,
            "browsers": PHONES,
            "readable": max(one["readable"] for one in took),
            "saved": max(one["saved"] for one in took),
        }
        for visit, took in zip(
            ("first visit", "again"), zip(*found, strict=True), strict=True
        )
    ]


def join(page: Page, where: Contestant) -> None:
    """Come in by the door of a session."""
    page.goto(f"{where.url}/join/{where.code}")
    page.locator("button[value=yes]").click()
    page.wait_for_url("**/nl/")
    page.wait_for_load_state("load")


def module(page: Page, where: Contestant, choice: int) -> dict[str, float]:
    """Open the page and answer its first question; returns seconds from the start."""
    began = time.perf_counter()
    address = where.url + where.path + where.step
    page.goto(address, wait_until="commit", timeout=PATIENCE)
    page.locator(READABLE).first.wait_for(timeout=PATIENCE)
    readable = time.perf_counter() - began
    frame = page.locator(".wb-frame", has=page.locator("input[type=radio]")).first
    frame.wait_for(state="attached", timeout=PATIENCE)
    frame.locator("input[type=radio]").nth(choice).check(force=True, timeout=PATIENCE)
    frame.locator('.wb-saved[data-state="saved"]').wait_for(timeout=PATIENCE)
    return {"readable": readable, "saved": time.perf_counter() - began}
