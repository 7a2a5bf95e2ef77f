"""The page of whoever waits for a kernel: how many come first, and on by itself."""

from __future__ import annotations

from markupsafe import Markup
from tornado.web import RequestHandler

from ..content import Language, words
from .identity import participant_owner
from .kernels import Kernels
from .markup import draw, header
from .page import Page


def waiting_page(handler: RequestHandler, language: Language, ahead: int) -> str:
    """Return the page that stands where the exercises will be."""
    handler.set_header("Retry-After", "5")
    handler.set_header("Cache-Control", "no-store")
    base: str = handler.base_url  # type: ignore[attr-defined]
    return draw(
        "waiting.html",
        language,
        base,
        header=Markup(header(language, None, handler.request.path, base)),
        visitor=None,
        place=place(language, ahead),
    )


def place(language: Language, ahead: int) -> str:
    """Say how many come first."""
    said = words(language)["waiting"]
    return str(said["ahead"]).replace("{n}", str(ahead)) if ahead else said["next"]


class Waiting(Page):
    """GET /waiting: where I stand in the line; asking keeps my place."""

    async def get(self) -> None:
        """Send {"ready", "text"}; ready: the page can be asked for again."""
        secret, _ = await self.participant()
        kernels: Kernels = self.settings["kernel_manager"]
        ahead = kernels.ahead(participant_owner(secret))
        language: Language = "en" if self.language == "en" else "nl"
        self.finish({"ready": ahead is None, "text": place(language, ahead or 0)})
