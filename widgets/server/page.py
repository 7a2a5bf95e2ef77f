"""What every plain page is: a language, a visitor, safe headers, kind errors."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from http import HTTPStatus
from typing import Any, TypeVar

from markupsafe import Markup
from tornado.web import Finish, HTTPError

from ..content import words
from . import cookies
from .address import THIS_MACHINE, visitor
from .desk import Desk, Visitor
from .drawn import Drawn
from .forms import Once, is_same_origin
from .markup import draw, header
from .quiet import Quiet

T = TypeVar("T")

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class Kind(HTTPError):
    """An error with words of its own: `<code>_title` and `<code>_text`."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(status, code)
        self.code = code


class Page(Quiet):
    """A page of plain HTML."""

    _known: tuple[Visitor | None] | None = None

    @property
    def desk(self) -> Desk:
        """The desk that all pages ask."""
        found: Desk = self.settings["desk"]
        return found

    @property
    def base_url(self) -> str:
        """The path under which everything stands, with a slash at both ends."""
        return "/" + f"{self.settings.get('base_url', '/').strip('/')}/".lstrip("/")

    @property
    def language(self) -> str:
        """The visitor's language: by the address, an earlier choice, the browser."""
        rest = self.request.path.removeprefix(self.base_url)
        for wanted in (
            rest.split("/")[0],
            self.get_query_argument("language", ""),
            self.get_cookie(cookies.LANGUAGE, ""),
            *_accepted(self.request.headers.get("Accept-Language", "")),
        ):
            if wanted in ("nl", "en"):
                return str(wanted)
        return "nl"

    @property
    def address(self) -> str:
        """Where the visitor comes from, to slow down who guesses."""
        proxies = self.settings.get("proxies", ())
        return visitor(self.request, (*THIS_MACHINE, *proxies))

    def shared(self, name: str, default: T) -> T:
        """Return what all requests of this server share under a name."""
        found: T = self.settings.setdefault(name, default)
        return found

    def set_default_headers(self) -> None:
        """Close the page to everything from outside."""
        self.set_header("Content-Security-Policy", CONTENT_POLICY)
        self.set_header("X-Content-Type-Options", "nosniff")
        # Not `no-referrer`: browsers then hide the origin of our own forms too.
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("Cache-Control", "no-store")
        self.clear_header("Server")

    def check_xsrf_cookie(self) -> None:
        """Leave it to `prepare`: the origin of a write needs no cookie."""

    def prepare(self) -> None:
        """Refuse a write that another site sends in the visitor's name."""
        if self.request.method not in SAFE_METHODS and not is_same_origin(self.request):
            raise Kind(403, "foreign")
        wanted = self.get_query_argument("language", "")
        if wanted in ("nl", "en"):
            self.keep_language(wanted)

    def decode_argument(self, value: bytes, name: str | None = None) -> str:
        """Read what was typed or stands in an address; odd bytes are odd characters."""
        return value.decode("utf-8", "replace")

    def keep_language(self, language: str) -> None:
        """Remember the language that the visitor chose."""
        self.set_cookie(
            cookies.LANGUAGE,
            language,
            expires_days=cookies.PARTICIPANT_DAYS,
            path=self.base_url,
            httponly=True,
            samesite="Lax",
            secure=cookies.is_secure(self),
        )

    async def visitor(self) -> Visitor | None:
        """Return the participant who asks, or None."""
        if self._known is None:
            secret = cookies.secret_of(self)
            self._known = (await self.desk.visitor(secret) if secret else None,)
        return self._known[0]

    async def participant(self) -> tuple[str, Visitor]:
        """Return secret and participant; a stranger goes to the first page."""
        visitor = await self.visitor()
        secret = cookies.secret_of(self)
        if visitor is None or secret is None:
            self.go("")
            raise Finish
        return secret, visitor

    def go(self, path: str) -> None:
        """Send the visitor on to a page of ours, by GET."""
        self.redirect(self.base_url + path, status=HTTPStatus.SEE_OTHER)

    def compute_etag(self) -> str | None:
        """Return none: what is never stored is never compared."""
        return None

    def show_same(
        self, template: str, key: Hashable, make: Callable[[], dict[str, Any]]
    ) -> None:
        """Answer with a page that looks the same whenever the key is the same.

        Only what every visitor with this key may see belongs in it; `{token}` alone
        differs: a page with a form carries `MARKS["token"]`.
        """
        visitor = self._known[0] if self._known else None
        badge = visitor and visitor.counting
        drawn: Drawn = self.shared("drawn", Drawn())
        page = drawn.get(
            (template, self.language, self.request.path, badge, key),
            lambda: self._drawn(template, make()),
        )
        self.finish(page.fill(token=Once.token()))

    def show(self, template: str, **values: Any) -> None:
        """Answer with a page."""
        self.finish(self._drawn(template, values))

    def _drawn(self, template: str, values: dict[str, Any]) -> str:
        visitor = self._known[0] if self._known else None
        top = header(
            self.language,
            visitor,
            self.request.path,
            self.base_url,
            is_trainer=values.pop("is_trainer", False),
        )
        values = {"visitor": visitor, "header": Markup(top), **values}
        return draw(template, self.language, self.base_url, **values)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say kindly what went wrong, in the visitor's language."""
        error = kwargs.get("exc_info", (None, None))[1]
        code = error.code if isinstance(error, Kind) else f"status_{status_code}"
        said = words(self.language)["errors"]
        if f"{code}_title" not in said:
            code = "status_500" if status_code >= 500 else "status_400"
        self.show(
            "error.html",
            title=said[f"{code}_title"],
            text=said[f"{code}_text"],
            ask_code=code in ("unknown_code", "ended"),
            back="trainer" if "trainer" in code else "",
        )


class NotFound(Page):
    """What answers an address that does not exist."""

    def prepare(self) -> None:
        """Refuse every method alike."""
        raise Kind(404, "status_404")


def _accepted(accept: str) -> list[str]:
    """Return the languages of an Accept-Language header, the dearest first."""
    weighed = []
    for part in accept.split(","):
        name, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((float(weight or 1), name.split("-")[0].lower()))
        except ValueError:
            logging.getLogger(__name__).debug("odd Accept-Language: %r", part)
    return [name for _, name in sorted(weighed, key=lambda pair: -pair[0])]
