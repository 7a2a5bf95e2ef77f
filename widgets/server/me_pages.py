"""My workbook: the personal code, the choice, leaving, deleting."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup

from ..vault import grouped
from . import cookies
from .forms import safe_path
from .markup import kept_until
from .page import Kind, Page

TAKEN = ("taken", "stayed", "strange")  # what became of a file that was read in


class Me(Page):
    """GET /me: everything that is mine."""

    async def get(self) -> None:
        """Show the personal code and what I can do."""
        await self.show_mine()

    async def show_mine(self, problem: str = "") -> None:
        """Show the page; `problem` says why a file could not be read in."""
        secret, visitor = await self.participant()
        code = grouped(secret)
        self.show(
            "me.html",
            code=code,
            qr=qr(f"{self.desk.base_url}/resume#{code}"),
            until=kept_until(visitor.session, self.language),
            problem=problem,
            taken=self._taken(),
        )

    def _taken(self) -> dict[str, int]:
        """Return what became of a file, {} when none was read in just now."""
        if not self.get_query_argument("taken", ""):
            return {}
        return {name: self._number(name) for name in TAKEN}

    def _number(self, name: str) -> int:
        given = self.get_query_argument(name, "")
        return int(given) if given.isdecimal() and len(given) < 4 else 0


class Choice(Page):
    """POST /choice: count me in, or not."""

    async def post(self) -> None:
        """Take the choice and go back to where it was made."""
        secret, _ = await self.participant()
        counting = self.get_body_argument("counting", "")
        if counting not in ("yes", "no"):
            raise Kind(400, "status_400")
        await self.desk.set_counting(secret, counting == "yes")
        mine = f"{self.base_url}me"
        back = safe_path(self.get_body_argument("back", mine), self.base_url, mine)
        self.redirect(back, status=303)


class Leave(Page):
    """GET and POST /leave: sign off on this device; the answers stay."""

    async def get(self) -> None:
        """Ask, with the code once more: without it there is no way back."""
        secret, _ = await self.participant()
        self.show("leave.html", code=grouped(secret))

    async def post(self) -> None:
        """Forget this device."""
        self.clear_cookie(cookies.PARTICIPANT, path=self.base_url)
        self.go("goodbye")


class Delete(Page):
    """GET and POST /me/delete: wipe everything of mine."""

    async def get(self) -> None:
        """Ask once more."""
        await self.participant()
        self.show("delete.html")

    async def post(self) -> None:
        """Delete at once, then forget this device."""
        secret, _ = await self.participant()
        await self.desk.forget(secret)
        self.clear_cookie(cookies.PARTICIPANT, path=self.base_url)
        self.go("goodbye?deleted=yes")


class Goodbye(Page):
    """GET /goodbye: the last page on this device."""

    def get(self) -> None:
        """Say what happened; drafts that this browser still holds go too."""
        self.set_header("Clear-Site-Data", '"storage"')
        deleted = self.get_query_argument("deleted", "") == "yes"
        self.show("goodbye.html", deleted=deleted)


def qr(text: str) -> Markup:
    """Return a QR code as an inline SVG drawing without words."""
    buffer = io.BytesIO()
    segno.make(text, error="m").save(
        buffer,
        kind="svg",
        xmldecl=False,
        svgns=False,
        border=2,
        omitsize=True,
        svgclass="qr",
        lineclass=None,
    )
    return Markup(buffer.getvalue().decode())
