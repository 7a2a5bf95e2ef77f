"""What every end-to-end test looks out for, whatever its story is."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote_plus, urlsplit

from playwright.sync_api import BrowserContext

PATIENCE = 60_000  # twelve kernels start at once


class Watch:
    """Notes everything in a browser that should not happen."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.private: list[str] = []  # codes and texts, which no address may hold
        self._forgives = False

    @contextmanager
    def forgiving(self) -> Iterator[None]:
        """A browser complains about a lost line or a wrong code, and should."""
        self._forgives = True
        yield
        self._forgives = False

    def over(self, context: BrowserContext) -> BrowserContext:
        """Watch every page of a context."""
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda request: self._request(request.url))
        context.on("response", lambda it: self._status(it.status, it.url))
        context.on("console", lambda it: self._console(it.type, it.text))
        context.on("weberror", lambda it: self.wrong.append(f"error: {it.error}"))
        return context

    def _request(self, url: str) -> None:
        address = urlsplit(url)
        if address.scheme in ("blob", "data", "mailto"):
            return
        if address.hostname != "127.0.0.1":
            self.wrong.append(f"foreign request: {url}")
        if any(text in unquote_plus(url) for text in self.private):
            self.wrong.append(f"private in an address: {url}")

    def _status(self, status: int, url: str) -> None:
        if status >= 400 and not self._forgives:
            self.wrong.append(f"{status}: {url}")

    def _console(self, kind: str, text: str) -> None:
        if kind == "error" and not self._forgives:
            self.wrong.append(f"console: {text}")
