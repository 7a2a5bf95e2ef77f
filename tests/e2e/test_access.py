"""Everybody can use every page: measured by axe, by keyboard, by size."""

from collections.abc import Iterator
from typing import Any

import pytest
from e2e import walk
from e2e.browsers import chromium
from e2e.serving import Server, serving
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = pytest.mark.e2e

SIZES = {"phone": walk.PHONE, "laptop": walk.LAPTOP}
BOTH = pytest.mark.parametrize("language", ["nl", "en"])
EACH = pytest.mark.parametrize("size", list(SIZES))
PLAIN = {
    "contents": "/{language}/",
    "me": "/me",
    "delete": "/me/delete",
    "leave": "/leave",
    "resume": "/resume",
    "enter": "/",
    "join": "/join/{code}",
    "privacy": "/privacy",
    "data sheet": "/privacy/data-sheet",
    "unknown code": "/join/XXXXXX",
    "unknown page": "/nothing/here",
}
RULES = {
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
WIDE = """() => {
  const wide = document.documentElement.scrollWidth - innerWidth;
  const inside = (element) => {
    for (let up = element.parentElement; up; up = up.parentElement)
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX))
        return true;
    return false;
  };
  const out = [...document.body.querySelectorAll("*")].filter((element) => {
    const { right, left, width } = element.getBoundingClientRect();
    return width > 1 && (right > innerWidth + 1 || left < -1) && !inside(element);
  });
  return [wide > 0 ? `page by ${wide}` : "", ...out.map((element) =>
    `${element.tagName}.${element.className} ${element.textContent.slice(0, 40)}`)]
    .filter(Boolean);
}"""
# A control that is the text of a label is as large as that label; a link within a
# sentence is as high as its line.
SMALL = """() => {
  const targets = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const isIn = (link) => link.tagName === "A" && [...link.parentElement.childNodes]
    .some((node) => node.nodeType === 3 && node.textContent.trim().length > 3);
  return [...document.body.querySelectorAll(targets)]
    .map((element) => [element, element.closest("label") ?? element])
    .filter(([element, place]) => place.checkVisibility({ visibilityProperty: true })
      && !element.matches(".site-skip, [type=hidden]") && !isIn(element))
    .map(([element, place]) => [place, place.getBoundingClientRect()])
    .filter(([, { width, height }]) => width < 43.9 || height < 43.9)
    .map(([place, { width, height }]) =>
      `${place.tagName}.${place.className} ${width}x${height} ${place.textContent}`);
}"""
FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const place = element.closest("label") ?? element;
  const looks = [element, place].map((one) => getComputedStyle(one));
  const box = place.getBoundingClientRect();
  const above = document.elementFromPoint(
    box.x + box.width / 2, box.y + Math.min(box.height, innerHeight) / 2);
  window.focusIds ??= new WeakMap();
  if (!window.focusIds.has(element))
    window.focusIds.set(element, (window.focusCount = (window.focusCount ?? 0) + 1));
  return {
    id: window.focusIds.get(element),
    group: element.type === "radio" ? element.name : "",
    says: `${element.tagName}.${element.className} ${place.textContent.slice(0, 40)}`,
    ringed: looks.some(({ outlineStyle, outlineWidth }) =>
      outlineStyle !== "none" && parseFloat(outlineWidth) >= 2),
    inSight: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    covered: Boolean(above) && !place.contains(above) && !above.contains(place),
    isHidden: Boolean(element.closest("[aria-hidden=true]")),
  };
}"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as one:
        yield one


@pytest.fixture(scope="module")
def code(server: Server) -> str:
    return server.session()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(**chromium())
        yield one
        one.close()


def violations(page: Page) -> list[str]:
    """What axe finds wrong on the page as it is now."""
    page.evaluate(walk.AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        "rules => axe.run(document, rules).then((all) => all.violations)", RULES
    )
    return [
        f"{one['id']}: {node['target']} {node['html'][:150]}"
        for one in found
        for node in one["nodes"]
    ]


def wide(page: Page) -> list[str]:
    """What is wider than the screen."""
    return list(page.evaluate(WIDE))


def small(page: Page) -> list[str]:
    """What is too small for a thumb."""
    return list(page.evaluate(SMALL))


def wrong(page: Page, size: str) -> list[str]:
    """All that can be measured on the page as it is now."""
    thumbs = small(page) if size == "phone" else []
    return [*violations(page), *wide(page), *thumbs]


@BOTH
@EACH
def test_plain_pages(
    server: Server, code: str, browser: Browser, language: str, size: str
) -> None:
    page = walk.come_in(browser, server, code, language, viewport=SIZES[size])
    found = {}
    for name, path in PLAIN.items():
        page.goto(server.url + path.format(language=language, code=code))
        if name == "me":
            page.click("summary")
        assert page.locator("html").get_attribute("lang") == language, name
        found[name] = wrong(page, size)
    page.goto(f"{server.url}/resume")
    page.fill("#personal", "XXXX")
    page.click("main button")
    found["wrong personal code"] = wrong(page, size)
    page.goto(f"{server.url}/leave")
    page.click("main button")
    found["goodbye"] = wrong(page, size)
    page.goto(server.url)
    found["first visit"] = wrong(page, size)
    page.goto(f"{server.url}/join/{code}")
    found["first join"] = wrong(page, size)
    page.context.close()
    assert {name: what for name, what in found.items() if what} == {}


@BOTH
@EACH
@pytest.mark.parametrize("module", list(walk.EXERCISES))
def test_module_pages(
    server: Server, code: str, browser: Browser, language: str, size: str, module: str
) -> None:
    page = walk.come_in(browser, server, code, language, viewport=SIZES[size])
    walk.open_module(page, server, language, module)
    page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = 1)")
    found = {"before": wrong(page, size)}
    walk.ANSWER[module](page)
    found["after"] = wrong(page, size)
    if module == "difference":
        page.locator(".wb-wall button:visible").first.click()
        found["wall"] = wrong(page, size)
    page.set_viewport_size({"width": 360, "height": 640})
    found["360 px"] = wide(page)
    # 200 % zoom of a laptop leaves half of its width, and larger text on top of that.
    page.set_viewport_size({"width": 640, "height": 400})
    found["200 %"] = wide(page)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found["large text"] = wide(page)
    page.context.close()
    assert {name: what for name, what in found.items() if what} == {}


@BOTH
@EACH
def test_trainer_pages(
    server: Server, browser: Browser, language: str, size: str
) -> None:
    code = server.session("full-day")
    page = walk.context(browser, language, viewport=SIZES[size]).new_page()
    page.goto(f"{server.url}/trainer")
    found = {"sign in": wrong(page, size)}
    page.context.close()
    page = walk.sign_in(browser, server, language, viewport=SIZES[size])
    found["sessions"] = wrong(page, size)
    for room in ("control", "screen"):
        page.goto(f"{server.url}/trainer/{code}/{room}")
        page.locator(f".wb-{room} h1, .wb-{room} h2").first.wait_for(timeout=60_000)
        found[room] = wrong(page, size)
    for act in ("end", "delete"):
        page.goto(f"{server.url}/trainer/{code}/{act}")
        found[act] = wrong(page, size)
    page.context.close()
    assert {name: what for name, what in found.items() if what} == {}
