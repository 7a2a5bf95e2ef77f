"""The page of whoever waits for a kernel: how many come first, and on by itself."""

from __future__ import annotations

from ..content import Language, words
from .identity import participant_owner
from .kernels import Kernels
from .page import Page


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
