"""The plain pages of a participant: come in, choose, see the contents."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import Any

from tornado.web import Finish

from .. import session as rules
from ..store import SessionRow
from . import (
    contents,
    cookies,
    document_pages,
    import_pages,
    me_pages,
    plan_pages,
    privacy_pages,
    report_pages,
    resume_pages,
    session_pages,
    trainer_pages,
    waiting,
)
from .assets import asset
from .desk import UnknownSession
from .drawn import MARKS
from .events import Events
from .forks import Forks
from .forms import Once, Throttle
from .markup import header, kept_until, module_links
from .page import Kind, NotFound, Page
from .resume_pages import known_secret
from .take_home import come_in

__all__ = ["NotFound", "Page", "handlers", "header", "module_links"]

# Wrong codes per address: a whole room may share one, and guessing takes millions.
A_MINUTE, A_DAY = 120, 1200
NEWCOMERS = 600  # an hour, from one address into one session: a big room, twice over


class Enter(Page):
    """GET and POST /: the first page asks for a code."""

    async def get(self) -> None:
        """Ask for the code on the trainer's screen, or the personal one."""
        await self.visitor()
        is_lost = cookies.secret_of(self) is not None and self._known == (None,)
        self.show("enter.html", problem="lost" if is_lost else "", code="")

    async def post(self) -> None:
        """Go on to the choice page of this code."""
        code = rules.normalise_code(self.get_body_argument("code", "")[:40])
        if code.isalnum():
            self.go(f"join/{code}")
            return
        await self.visitor()
        self.set_status(HTTPStatus.UNPROCESSABLE_ENTITY)
        self.show("enter.html", problem="no_code", code="")


class Join(Page):
    """GET and POST /join/<CODE>: what happens with my data, and my choice."""

    async def get(self, code: str) -> None:
        """Show the choice; who is in already goes on."""
        row = await self._session(code)
        if not await self._is_elsewhere(row):
            self._ask(row)

    async def post(self, code: str) -> None:
        """Let the visitor in with their choice."""
        row = await self._session(code)
        language = self.get_body_argument("language", self.language)
        counting = self.get_body_argument("counting", "")
        if language not in ("nl", "en") or counting not in ("yes", "no"):
            raise Kind(400, "status_400")
        if await self._is_elsewhere(row):
            return
        earlier = await self._earlier(row)
        newcomers = self.shared("newcomers", Throttle(NEWCOMERS, 3600))
        room = f"{row.id} {self.address}"
        if newcomers.is_full(room):
            raise Kind(429, "newcomers")
        secret = await self.shared("joined", Once()).do(
            self.get_body_argument("token", "")[:64],
            lambda: come_in(self.desk, row.code, language, counting == "yes", earlier),
        )
        newcomers.count(room)
        cookies.keep_secret(self, self.base_url, secret)
        self.keep_language(language)
        self.go(f"{language}/")

    def _ask(self, row: SessionRow, problem: str = "") -> None:
        until = kept_until(row, self.language)
        brought = self._known[0] if self._known and self._brings else None
        about = (row.title, until, row.group_data_hours, problem)
        self.show_same(
            "join.html",
            (*about, brought and brought.session.title),
            lambda: {
                "session": row,
                "until": until,
                "token": MARKS["token"],
                "brings": self._brings,
                "problem": problem,
            },
        )

    async def _earlier(self, row: SessionRow) -> str | None:
        """Return the secret of the workbook that comes along, None without one."""
        if self._brings:
            return cookies.secret_of(self)
        typed = self.get_body_argument("personal", "")[:200]
        if not typed.strip():
            return None
        secret, problem = await known_secret(self.desk, typed)
        if problem:
            self.set_status(HTTPStatus.UNPROCESSABLE_ENTITY)
            self._ask(row, problem)
            raise Finish
        return secret

    @property
    def _brings(self) -> bool:
        """Whether who is in another training wants to come here with its answers."""
        return self.get_argument("bring", "") == "yes"

    async def _session(self, code: str) -> SessionRow:
        brakes = self.shared(
            "wrong_codes", (Throttle(A_MINUTE, 60), Throttle(A_DAY, 24 * 3600))
        )
        if any(brake.is_full(self.address) for brake in brakes):
            raise Kind(429, "status_429")
        try:
            row = await self.desk.session(code)
        except UnknownSession:
            for brake in brakes:
                brake.count(self.address)
            raise Kind(404, "unknown_code") from None
        if row.ended_at is not None and not await self._is_in(row):
            raise Kind(410, "ended")
        return row

    async def _is_in(self, row: SessionRow) -> bool:
        visitor = await self.visitor()
        return visitor is not None and visitor.session.id == row.id

    async def _is_elsewhere(self, row: SessionRow) -> bool:
        """Answer who is in a session already; tell whether that was the case."""
        visitor = await self.visitor()
        if visitor is None:
            return False
        if visitor.session.id == row.id:
            self.go(f"{self.language}/")
        elif self._brings:
            return False
        else:
            self.set_status(HTTPStatus.CONFLICT)
            self.show("elsewhere.html", session=row)
        return True


class Contents(Page):
    """GET /<language>/: the modules, how far I am, what is open now."""

    async def get(self, language: str) -> None:
        """Show where I stand and where the room is."""
        _, visitor = await self.participant()
        self.keep_language(language)
        found = contents.lines(self.desk, visitor)
        seen = contents.seen(found, visitor)
        until = kept_until(visitor.session, language)
        self.show_same(
            "contents.html",
            (seen, visitor.session.title, visitor.session.variant, until),
            lambda: {
                "session": visitor.session,
                "lines": found,
                "focus": contents.focus(found, visitor),
                "unfinished": contents.unfinished(found),
                "version": contents.mark(seen),
                "until": until,
            },
        )


class ToContents(Page):
    """GET /<language> and /contents: the contents with their full address."""

    def get(self) -> None:
        """Go to the contents in the visitor's language."""
        self.go(f"{self.language}/")


class Health(Page):
    """GET /healthz: can a participant be served?"""

    async def get(self) -> None:
        """Answer once the database does; say how many pages wait to be forked."""
        with suppress(UnknownSession):
            await self.desk.session("")
        forks: Forks = self.settings["forks"]
        if self.desk.leaving:
            self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
        is_ready = not self.desk.leaving
        self.finish({"ok": is_ready, "prepared": len(forks.pages)})


class Alive(Page):
    """GET /livez: does the server run, whatever it may lack?"""

    def get(self) -> None:
        """Answer, without a look at the database."""
        self.finish({"ok": True})


class Asset(Page):
    """GET /static/<name>: style sheets, scripts and drawings, kept for a year."""

    _etag: str | None = None

    def compute_etag(self) -> str | None:
        """Name the content by the hash that is known of it."""
        return self._etag

    def get(self, name: str) -> None:
        """Send one file; only an address with its hash may be kept for long."""
        try:
            found = asset(name)
        except KeyError:
            raise Kind(404, "status_404") from None
        is_exact = found.is_hashed or self.get_query_argument("v", "") == found.hash
        life = "public, max-age=31536000, immutable" if is_exact else "no-cache"
        self.set_header("Cache-Control", life)
        self.set_header("Content-Type", found.type)
        self.set_header("Vary", "Accept-Encoding")
        accept = self.request.headers.get("Accept-Encoding", "")
        encoding, content = found.accepted(accept)
        if encoding:
            self.set_header("Content-Encoding", encoding)
        self._etag = f'"{found.hash}{encoding}"'
        self.finish(content)


def handlers(base_url: str) -> list[tuple[str, Any]]:
    """Return every plain page with its address."""
    base = "/" + f"{base_url.strip('/')}/".lstrip("/")
    table: dict[str, type[Page]] = {
        "": Enter,
        "healthz": Health,
        "livez": Alive,
        r"join/([^/]+)/?": Join,
        "resume": resume_pages.Resume,
        "follow-up": resume_pages.FollowUp,
        "contents|nl|en": ToContents,
        "(nl|en)/": Contents,
        "events": Events,
        "me": me_pages.Me,
        "waiting": waiting.Waiting,
        "me/delete": me_pages.Delete,
        r"me/workbook\.(pdf|docx)": document_pages.Printed,
        r"me/workbook\.json": document_pages.OwnFile,
        r"me/moments\.ics": document_pages.Moments,
        "me/import": import_pages.Import,
        "choice": me_pages.Choice,
        "privacy": privacy_pages.PrivacyPage,
        "privacy/data-sheet": privacy_pages.DataSheet,
        "leave": me_pages.Leave,
        "goodbye": me_pages.Goodbye,
        "trainer/?": trainer_pages.Trainer,
        "trainer/sessions": trainer_pages.NewSession,
        "trainer/sign-out": trainer_pages.SignOut,
        r"trainer/([^/]+)/(end|delete)": trainer_pages.Close,
        r"trainer/([^/]+)/prepare": session_pages.Prepare,
        r"trainer/([^/]+)/copy": session_pages.Copy,
        r"trainer/([^/]+)/rehearsal": session_pages.Rehearsal,
        r"static/([\w.-]+)": Asset,
        **plan_pages.PAGES,
        **report_pages.PAGES,
    }
    return [(f"{base}(?:{path})", page) for path, page in table.items()]
