"""What is kept of whom: for participants, and for privacy officers.

Both pages come from the privacy codes that the exercises themselves carry.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, get_args

from ..content import Language, Module, Workbook
from ..copies import KEEP
from ..exercises.fields import Privacy
from ..schema import GROUP_HOURS
from . import cookies
from .page import Page
from .sessions import KEEP_ANSWERS

CODES: tuple[str, ...] = get_args(Privacy)
QUESTIONS = ("what", "where", "sealed", "how_long", "who", "delete")
OTHER = ("other_who", "other_device", "other_session", "other_copies", "other_log")
LIMITS = ("limit_one", "limit_two", "limit_three")
FACTS = {
    "days": KEEP_ANSWERS.days,
    "hours": GROUP_HOURS,
    "cookie": cookies.PARTICIPANT_DAYS,
    "copies": KEEP,
}


class Asked(NamedTuple):
    """One question of the workbook, and what kind of data its answer is."""

    exercise: str
    label: str
    code: str


class PrivacyPage(Page):
    """GET /privacy: what happens to my data."""

    async def get(self) -> None:
        """Explain each kind of answer in plain words."""
        await self.visitor()
        self.show("privacy.html", **_facts())


class DataSheet(Page):
    """GET /privacy/data-sheet: what an organisation has to know."""

    async def get(self) -> None:
        """List the kinds, and every question with its kind."""
        await self.visitor()
        language: Language = "en" if self.language == "en" else "nl"
        asked = [
            (
                module.title.in_(language),
                list(_asked(self.desk.workbook, module, language)),
            )
            for module in self.desk.workbook.modules.values()
        ]
        self.show("data_sheet.html", asked=asked, **_facts())


def _facts() -> dict[str, object]:
    return {
        "codes": CODES,
        "questions": QUESTIONS,
        "other": OTHER,
        "limits": LIMITS,
        "facts": FACTS,
    }


def _asked(workbook: Workbook, module: Module, language: Language) -> Iterator[Asked]:
    for id in module.exercises:
        exercise = workbook.exercise(id)
        for field in exercise.fields.values():
            label = field.label.in_(language) if field.label else ""
            yield Asked(exercise.title.in_(language), label, field.privacy)
