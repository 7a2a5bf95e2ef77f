"""What a session does together: choosing it, printing it, and where ideas come back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time

from ..content import Language, Module, Variant, words
from ..exercises.base import Exercise, Text
from ..programme import debrief_of, minutes_of, planned, total
from ..reports.guide import Guide, guide
from ..store import SessionRow
from .document_pages import PRESSES
from .page import Kind
from .session_pages import SessionPage
from .trainer_pages import USUAL_VARIANT, TrainerPage

EARLIEST = "09:00"


@dataclass(frozen=True)
class Choice:
    """One exercise in the list to choose from."""

    exercise: Exercise
    minutes: int
    is_chosen: bool
    is_usual: bool


class Programme(SessionPage):
    """GET and POST /trainer/<CODE>/programme: which exercises are done together."""

    async def get(self, code: str) -> None:
        """Show every exercise with its minutes, and what they add up to."""
        row = await self.session(code)
        variant = self.desk.workbook.variants[row.variant]
        programme = self.desk.programme(row)
        spent = total(variant, programme)
        breaks = sum(variant.breaks.values())
        self.show_session(
            "programme.html",
            row,
            modules=list(self._modules(variant, programme)),
            spent=spent,
            breaks=breaks,
            talk=spent - breaks - sum(programme.values()),
            is_saved=self.get_query_argument("saved", "") == "yes",
        )

    def _modules(
        self, variant: Variant, programme: Mapping[str, int]
    ) -> Iterator[tuple[Module, int, list[Choice]]]:
        workbook = self.desk.workbook
        for module in workbook.modules.values():
            choices = [
                Choice(
                    workbook.exercise(id),
                    minutes_of(workbook, variant, id),
                    id in programme,
                    id in variant.exercises,
                )
                for id in module.exercises
            ]
            yield module, debrief_of(variant, module.slug), choices

    async def post(self, code: str) -> None:
        """Keep the choice; what does not exist is no choice."""
        row = await self.session(code)
        workbook = self.desk.workbook
        asked = set(self.get_body_arguments("exercise"))
        chosen = planned(workbook, row.variant, asked & workbook.exercises.keys())
        is_usual = self.get_body_argument("usual", "") == "yes"
        if is_usual or chosen == planned(workbook, row.variant):
            await self.desk.change_session(row, programme=None)
        else:
            await self.desk.change_session(row, programme=list(chosen))
        self.go(f"trainer/{row.code}/programme?saved=yes")


class AskGuide(SessionPage):
    """GET /trainer/<CODE>/guide: when do you start?"""

    async def get(self, code: str) -> None:
        """Ask what the guide must know."""
        self.show_session("guide.html", await self.session(code), start=EARLIEST)


class PrintedGuide(SessionPage):
    """GET /trainer/<CODE>/guide.pdf: the guide of this session, to print."""

    async def get(self, code: str) -> None:
        """Print it in a thread of its own: the room never waits."""
        row = await self.session(code)
        wanted = self.get_query_argument("language", row.language)
        language: Language = "en" if wanted == "en" else "nl"
        whole = guide(
            self.desk.workbook,
            self.desk.workbook.variants[row.variant],
            self.desk.programme(row),
            language,
            start=self._start(),
            session=row.title,
        )
        async with self.shared("presses", asyncio.Semaphore(PRESSES)):
            content = await asyncio.to_thread(_pdf, whole)
        name = words(language)["guide"]["file"]
        self.set_header("Content-Type", "application/pdf")
        self.set_header("Content-Disposition", f'attachment; filename="{name}.pdf"')
        self.finish(content)

    def _start(self) -> time:
        try:
            return time.fromisoformat(self.get_query_argument("start", EARLIEST)[:5])
        except ValueError:
            raise Kind(400, "status_400") from None


def _pdf(whole: Guide) -> bytes:
    # What makes documents is large: only who prints waits for it, once.
    from ..reports.pdf import guide_pdf

    return guide_pdf(whole)


@dataclass(frozen=True)
class Place:
    """Where an idea comes back: an exercise, and its minutes, 0 when it is for home."""

    module: Module
    exercise: Exercise
    minutes: int


class IdeasPage(TrainerPage):
    """Where each idea comes back."""

    def show_ideas(
        self,
        slug: str,
        programme: Mapping[str, int],
        row: SessionRow | None = None,
    ) -> None:
        """Answer with every idea and the exercises that are about it."""
        self.show(
            "ideas.html",
            is_trainer=True,
            ideas=[(idea, self._places(name, programme)) for name, idea in self._all()],
            variants=self.desk.workbook.variants,
            chosen=slug,
            session_title=row.title if row else "",
            session_code=row.code if row else "",
        )

    def _all(self) -> list[tuple[str, Text]]:
        return sorted(self.desk.workbook.concepts.items())

    def _places(self, name: str, programme: Mapping[str, int]) -> list[Place]:
        workbook = self.desk.workbook
        return [
            Place(module, workbook.exercise(id), programme.get(id, 0))
            for module in workbook.modules.values()
            for id in module.exercises
            if name in workbook.exercise(id).concepts
        ]


class Ideas(IdeasPage):
    """GET /trainer/ideas: for a length to choose."""

    def get(self) -> None:
        """Show the ideas as a variant treats them."""
        self.demand_trainer()
        workbook = self.desk.workbook
        slug = self.get_query_argument("variant", USUAL_VARIANT)
        if slug not in workbook.variants:
            raise Kind(404, "status_404")
        self.show_ideas(slug, planned(workbook, slug))


class SessionIdeas(IdeasPage, SessionPage):
    """GET /trainer/<CODE>/ideas: for one session and its own programme."""

    async def get(self, code: str) -> None:
        """Show the ideas as this session treats them."""
        row = await self.session(code)
        self.show_ideas(row.variant, self.desk.programme(row), row)


PAGES: dict[str, type[TrainerPage]] = {
    "trainer/ideas": Ideas,
    r"trainer/([^/]+)/programme": Programme,
    r"trainer/([^/]+)/guide": AskGuide,
    r"trainer/([^/]+)/guide\.pdf": PrintedGuide,
    r"trainer/([^/]+)/ideas": SessionIdeas,
}
