"""The browsers that end-to-end tests drive: find them, or bring them here.

`python tests/e2e/browsers.py` makes sure that both can be started. In a test:
`playwright.chromium.launch(**chromium())` and `playwright.firefox.launch(**firefox())`.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIREFOX = ("firefox-esr", "firefox")
ELSEWHERE = {
    "chromium": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "C:/Program Files/Google/Chrome/Application/chrome.exe",
    ),
    "firefox": (
        "/Applications/Firefox.app/Contents/MacOS/firefox",
        "C:/Program Files/Mozilla Firefox/firefox.exe",
    ),
}
# A browser looks up its maker's hosts at every start; a test has no business there.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)
# Playwright waits for a load event that a page from Firefox's back/forward cache
# never sends.
PREFERENCES: dict[str, str | float | bool] = {
    "fission.bfcacheInParent": False,
    "browser.sessionhistory.max_total_viewers": 0,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


def found(kind: str, names: tuple[str, ...]) -> str | None:
    """The browser that this machine has itself."""
    on_path = (shutil.which(name) for name in names)
    apart = (place for place in ELSEWHERE[kind] if Path(place).exists())
    return next((place for place in (*on_path, *apart) if place), None)


def chromium() -> dict[str, Any]:
    """How to launch Chromium: this machine's, else Playwright's own."""
    return {"executable_path": found("chromium", CHROMIUM), "args": list(QUIET)}


def firefox() -> dict[str, Any]:
    """How to launch Firefox: this machine's (over BiDi), else Playwright's own."""
    place = found("firefox", FIREFOX)
    own = {"channel": "moz-firefox", "executable_path": place} if place else {}
    return {**own, "firefox_user_prefs": PREFERENCES}


def problem(kind: str, how: Callable[[], dict[str, Any]]) -> str | None:
    """What goes wrong when this browser shows a page; None when all is well."""
    try:
        with sync_playwright() as playwright:
            browser = getattr(playwright, kind).launch(**how(), timeout=60_000)
            page = browser.new_page()
            page.goto("data:text/html,<title>here</title>")
            title = page.title()
            browser.close()
    except Error as error:
        return str(error)
    return None if title == "here" else f"{kind} shows no page"


def install_from_playwright(kind: str) -> None:
    """Ask Playwright for a browser of its own."""
    command = [sys.executable, "-m", "playwright", "install", kind]
    if sys.platform == "linux" and os.geteuid() == 0:
        command.append("--with-deps")
    try_to(command, 600)


def install_from_debian(kind: str) -> None:
    """Ask Debian, or what descends from it, where we may."""
    if shutil.which("apt-get") is None:
        return
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    package = {"chromium": "chromium", "firefox": "firefox-esr"}[kind]
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    try_to([*apt, "update"], 300)
    try_to([*apt, "install", "-y", "--no-install-recommends", package], 900)


def try_to(command: list[str], seconds: int) -> None:
    """Run a command that may fail: whether the browser starts then tells."""
    try:
        subprocess.run(command, timeout=seconds, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error, file=sys.stderr)


def bring(kind: str, how: Callable[[], dict[str, Any]]) -> bool:
    """Make sure that one browser starts; say so, or what a person can do."""
    for install in (None, install_from_playwright, install_from_debian):
        if install:
            print(f"{kind}: trying {install.__name__.replace('_', ' ')}", flush=True)
            install(kind)
        wrong = problem(kind, how)
        if wrong is None:
            print(f"{kind}: {how().get('executable_path') or 'from Playwright'}")
            return True
    print(f"{kind} does not start; please install it.\n{wrong}", file=sys.stderr)
    return False


def main() -> int:
    """Bring both; 0 when both start."""
    return 0 if all([bring("chromium", chromium), bring("firefox", firefox)]) else 1


if __name__ == "__main__":
    sys.exit(main())
