"""A phone that does what a page does when its replica goes: it comes back."""

from __future__ import annotations

import asyncio
from typing import Any

from widgets.phone import Phone
from widgets.phone_page import PhoneError

PAGE = "/nl/opening"


class Guest(Phone):
    """One participant with one page, at one exercise of it."""

    def __init__(self, url: str, exercise: str) -> None:
        super().__init__(url)
        self.exercise = exercise
        self.acknowledged: dict[str, str] = {}
        self.times_told = self.times_lost = 0

    @property
    def state(self) -> dict[str, Any]:
        """What the page knows of the exercise."""
        found = self.page.state(self.exercise) if self.page else None
        assert found
        return found

    async def come_in(self, code: str) -> None:
        """Join, and open the page."""
        await self.join(code)
        await self.open(PAGE)

    async def come_back(self) -> None:
        """Ask for the page until there is one, as a page does by itself."""
        while True:
            try:
                await self.ask("/healthz")
                await self.open(PAGE)
                return
            except PhoneError:
                await asyncio.sleep(0.2)

    async def insist(self, value: dict[str, str]) -> None:
        """Answer until it is acknowledged, wherever that may be."""
        while True:
            if self.state["day"].get("moving"):
                self.times_told += 1
                await self.come_back()
            try:
                assert self.page
                await self.page.answer(self.exercise, value)
            except PhoneError:
                self.times_lost += 1
                await self.come_back()
                # What was sent may be stored without a word; nothing older comes back.
                assert self.state["value"] in (self.acknowledged, value)
            else:
                self.acknowledged = value
                return

    async def until(self, name: str, key: str = "", seconds: float = 15) -> Any:
        """Wait until the server pushes something to this trait, or to a key of it."""

        def told() -> Any:
            found = self.state.get(name)
            return found.get(key) if key else found

        assert self.page
        async with asyncio.timeout(seconds):
            await self.page._until(lambda: bool(told()))
        return told()
