"""The trainer's plain pages: sign in, sessions, end and delete."""

from __future__ import annotations

import hmac
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from tornado.web import Finish

from ..content import words
from ..store import SessionRow
from . import cookies
from .desk import DeskError, UnknownSession
from .forms import Once, Throttle, safe_path
from .page import Kind, Page
from .sessions import TITLE_LENGTH

WRONG_KEYS = 10  # a minute and address
USUAL_VARIANT = "half-day"


class TrainerPage(Page):
    """A page that only a signed-in trainer sees."""

    @property
    def words(self) -> dict[str, str]:
        """The trainer's words in the language of the page."""
        return words("en" if self.language == "en" else "nl")["trainer"]

    def demand_trainer(self) -> None:
        """Send everybody else to the sign-in, and back here afterwards."""
        if not cookies.is_trainer(self):
            back = self.request.path if self.request.method == "GET" else ""
            self.go(f"trainer?next={quote(back)}" if back else "trainer")
            raise Finish

    async def session(self, code: str) -> SessionRow:
        """Return the session for who is signed in; everybody else signs in first."""
        self.demand_trainer()
        try:
            return await self.desk.session(code)
        except UnknownSession:
            raise Kind(404, "trainer_unknown") from None

    async def show_sessions(self, problem: str = "", title: str = "") -> None:
        """Answer with the sessions and the form for a new one."""
        rows = await self.desk.sessions()
        new = self.get_query_argument("new", "")
        self.show(
            "trainer.html",
            is_trainer=True,
            running=[row for row in rows if row.ended_at is None],
            ended=[row for row in rows if row.ended_at is not None],
            new=next((row for row in rows if row.code == new), None),
            is_deleted=self.get_query_argument("deleted", "") == "yes",
            address=self.desk.base_url,
            variants=self.desk.workbook.variants,
            usual=USUAL_VARIANT,
            problem=problem,
            title=title,
            title_length=TITLE_LENGTH,
            token=Once.token(),
        )


class Trainer(TrainerPage):
    """GET and POST /trainer: sign in; who is in sees the sessions."""

    async def get(self) -> None:
        """Show the sessions, or ask for the key."""
        if cookies.is_trainer(self):
            await self.show_sessions()
        else:
            self._ask()

    def post(self) -> None:
        """Check the key."""
        wrong = self.shared("wrong_keys", Throttle(WRONG_KEYS, 60))
        address = self.address
        if wrong.is_full(address):
            raise Kind(429, "trainer_throttled")
        given = self.get_body_argument("key", "")[:200]
        if not hmac.compare_digest(given.encode(), self._key.encode()):
            wrong.count(address)
            self.set_status(HTTPStatus.FORBIDDEN)
            self._ask(problem="wrong_key")
            return
        cookies.sign_in_trainer(self, self.base_url)
        self.redirect(self._next, status=HTTPStatus.SEE_OTHER)

    @property
    def _key(self) -> str:
        return str(self.settings["trainer_key"])

    @property
    def _next(self) -> str:
        home = f"{self.base_url}trainer"
        return safe_path(self.get_argument("next", home), home, home)

    def _ask(self, problem: str = "") -> None:
        self.show("sign_in.html", problem=problem, next=self._next)


class NewSession(TrainerPage):
    """POST /trainer/sessions: make one."""

    async def post(self) -> None:
        """Make a session and show it; the same form sent twice makes one."""
        self.demand_trainer()
        title = self.get_body_argument("title", "").strip()[:TITLE_LENGTH]
        if not title:
            self.set_status(HTTPStatus.UNPROCESSABLE_ENTITY)
            await self.show_sessions(problem="no_title")
            return
        try:
            row: SessionRow = await self.shared("made", Once()).do(
                self.get_body_argument("token", "")[:64],
                lambda: self.desk.new_session(title, *self._kind()),
            )
        except DeskError:
            raise Kind(400, "status_400") from None
        self.go(f"trainer?new={row.code}")

    def _kind(self) -> tuple[str, str]:
        return (
            self.get_body_argument("language", self.language),
            self.get_body_argument("variant", USUAL_VARIANT),
        )

    def get(self) -> None:
        """Go to the sessions: a reload after a mistake lands here."""
        self.go("trainer")


class Close(TrainerPage):
    """GET and POST /trainer/<CODE>/end and /delete: ask first, then do."""

    async def get(self, code: str, act: str) -> None:
        """Ask whether this is meant."""
        row = await self.session(code)
        self.show("close.html", is_trainer=True, session=row, act=act)

    async def post(self, code: str, act: str) -> None:
        """End or delete the session; a second click finds it done."""
        self.demand_trainer()
        try:
            await self._do(act, code)
        except UnknownSession:
            if act == "end":
                raise Kind(404, "trainer_unknown") from None
        self.go("trainer?deleted=yes" if act == "delete" else "trainer")

    async def _do(self, act: str, code: str) -> Any:
        if act == "delete":
            return await self.desk.delete(code)
        row = await self.desk.session(code)
        return None if row.ended_at else await self.desk.end(code)


class SignOut(TrainerPage):
    """POST /trainer/sign-out: this browser is the trainer's no more."""

    def post(self) -> None:
        """Forget the trainer here."""
        self.clear_cookie(cookies.TRAINER, path=self.base_url)
        self.go("trainer")
