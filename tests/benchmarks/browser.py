"""The first visit in a cold Chromium over a phone's line: 5 Mbit/s, 40 ms."""

from __future__ import annotations

import time
from typing import Any

from benchmarks.contestants import Contestant
from e2e import walk
from e2e.browsers import chromium
from playwright.sync_api import Page, sync_playwright

LINE = {
    "offline": False,
    "latency": 40,
    "downloadThroughput": 5_000_000 / 8,
    "uploadThroughput": 1_000_000 / 8,
}
READABLE = "main p, .jp-RenderedMarkdown p, p"
PATIENCE = 120_000


def first_visit(where: Contestant) -> dict[str, Any]:
    """What a first visit weighs, and when it can be read and an answer is saved.

    At the workbook the weight is of the whole way in, the clock that of the module.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium())
        page = browser.new_page(viewport={"width": 390, "height": 844}, locale="nl-NL")
        weight, requests = [0.0], [0]
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", LINE)

        def ended(event: dict[str, Any]) -> None:
            weight[0] += event["encodedDataLength"]
            requests[0] += 1

        line.on("Network.loadingFinished", ended)
        if where.code:
            _join(page, where)
        found = _module(page, where)
        browser.close()
    return {
        "name": where.name,
        "kB": weight[0] / 1000,
        "requests": requests[0],
        **found,
    }


def _join(page: Page, where: Contestant) -> None:
    page.goto(f"{where.url}/join/{where.code}")
    page.locator("button[value=yes]").click()
    page.wait_for_url("**/nl/")


def _module(page: Page, where: Contestant) -> dict[str, float]:
    began = time.perf_counter()
    page.goto(where.url + where.path, wait_until="commit", timeout=PATIENCE)
    page.locator(READABLE).first.wait_for(timeout=PATIENCE)
    readable = time.perf_counter() - began
    frame = page.locator(".wb-frame", has=page.locator("input[type=radio]")).first
    frame.wait_for(state="attached", timeout=PATIENCE)
    if where.code:
        walk.at(frame)  # on a phone the workbook shows one step at a time
    frame.locator("input[type=radio]").first.check(force=True, timeout=PATIENCE)
    frame.locator('.wb-saved[data-state="saved"]').wait_for(timeout=PATIENCE)
    return {"readable": readable, "saved": time.perf_counter() - began}
