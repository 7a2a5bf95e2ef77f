"""What end-to-end tests share: a served workbook and a browser."""

from collections.abc import Iterator

import pytest
from e2e.browsers import chromium, firefox
from e2e.house import House, house
from e2e.watch import Watch
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

expect.set_options(timeout=15_000)


@pytest.fixture
def served() -> Iterator[House]:
    with house() as one:
        yield one


@pytest.fixture
def player() -> Iterator[Playwright]:
    with sync_playwright() as one:
        yield one


@pytest.fixture
def chrome(player: Playwright) -> Iterator[Browser]:
    browser = player.chromium.launch(**chromium())
    yield browser
    browser.close()


@pytest.fixture
def fox(player: Playwright) -> Iterator[Browser]:
    browser = player.firefox.launch(**firefox())
    yield browser
    browser.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    one = Watch()
    yield one
    assert one.wrong == []
