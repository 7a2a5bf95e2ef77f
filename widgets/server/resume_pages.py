"""Going on with the personal code, on any device, also weeks later."""

from __future__ import annotations

from http import HTTPStatus

from .. import vault
from . import cookies
from .desk import Desk
from .page import Page

FOLLOW_UP = "follow_up"  # the module that opens by an address of its own


class Resume(Page):
    """GET and POST /resume: go on with the personal code."""

    async def get(self) -> None:
        """Ask for the code; a scanned one stands behind the # and is never sent."""
        await self.visitor()
        self._ask()

    async def post(self) -> None:
        """Open the workbook of this code on this device."""
        typed = self.get_body_argument("personal", "")[:200]
        secret, problem = await known_secret(self.desk, typed)
        if problem:
            self.set_status(HTTPStatus.UNPROCESSABLE_ENTITY)
            self._ask(problem)
            return
        cookies.keep_secret(self, self.base_url, secret)
        self.go(f"{self.language}/{self._to}")

    def _ask(self, problem: str = "") -> None:
        self.show("resume.html", problem=problem, to=self._to)

    @property
    def _to(self) -> str:
        """The module to open afterwards, "" for the contents."""
        wanted = self.get_argument("to", "")
        return wanted if wanted in self.desk.workbook.modules else ""


class FollowUp(Page):
    """GET /follow-up: the way back, weeks later; it stands in the plan and calendar."""

    async def get(self) -> None:
        """Open the module; who is new on this device gives the personal code first.

        A code behind the # comes along: browsers keep it when they are sent on.
        """
        if await self.visitor() is None:
            self.go(f"resume?to={FOLLOW_UP}")
        else:
            self.go(f"{self.language}/{FOLLOW_UP}")


async def known_secret(desk: Desk, typed: str) -> tuple[str, str]:
    """Return the secret in what was typed, or why there is none, the other being ""."""
    try:
        secret = vault.normalise_secret(typed)
    except vault.BadSecret:
        return "", "bad_personal"
    if await desk.visitor(secret) is None:
        return "", "unknown_personal"
    return secret, ""
