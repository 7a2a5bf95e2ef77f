"""The trainer's guide: what begins when, what to say and ask, what to look out for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from ..content import Language, Module, Variant, Workbook, words
from ..exercises.base import Exercise, Text

LONGEST_PROMPT = 240
_SENTENCE = re.compile(r"(?<=[.?!:])\s+")


@dataclass(frozen=True, kw_only=True)
class GuidedExercise:
    """One exercise: when, what it asks, what the projector shows, what is known."""

    start: str
    minutes: int
    title: str
    ref: str
    asks: str
    projector: str
    evidence: str


@dataclass(frozen=True, kw_only=True)
class GuidedModule:
    """One module with its trainer's notes; `debrief_at` is "" without time of its own.

    A break comes after it when `break_at` is not "".
    """

    start: str
    minutes: int
    title: str
    opening: str
    goals: tuple[str, ...]
    exercises: tuple[GuidedExercise, ...]
    debrief_at: str
    debrief_minutes: int
    debrief: tuple[str, ...]
    pitfalls: tuple[str, ...]
    safety: tuple[str, ...]
    break_at: str
    break_minutes: int


@dataclass(frozen=True, kw_only=True)
class GuidedDay:
    """What is done on one day; its title is "" when there is only one."""

    title: str
    end: str
    modules: tuple[GuidedModule, ...]


@dataclass(frozen=True, kw_only=True)
class Guide:
    """All that is printed for one trainer."""

    language: Language
    session: str
    variant: str
    spare: int
    days: tuple[GuidedDay, ...]
    home: tuple[tuple[str, str], ...]


class _Clock:
    """Tells the time, and moves on."""

    def __init__(self, start: time) -> None:
        self.now = start.hour * 60 + start.minute

    def __str__(self) -> str:
        return f"{self.now // 60 % 24:02}:{self.now % 60:02}"

    def spend(self, minutes: int) -> str:
        """Return when this begins, and move on to its end."""
        began = str(self)
        self.now += minutes
        return began


def guide(
    workbook: Workbook,
    variant: Variant,
    programme: Mapping[str, int],
    language: Language,
    *,
    start: time,
    session: str = "",
) -> Guide:
    """The guide for what is done together: the minutes of `programme`, in order."""
    modules = [
        module
        for module in workbook.modules.values()
        if any(id in programme for id in module.exercises)
    ]
    name = variant.title.in_(language)
    maker = _Maker(workbook, variant, programme, language)
    days = tuple(maker.day(*part, start) for part in _days(modules, variant, language))
    return Guide(
        language=language,
        session=session or name,
        variant=name,
        spare=variant.minutes - maker.spent,
        days=days,
        home=tuple(maker.home()),
    )


def _days(
    modules: list[Module], variant: Variant, language: Language
) -> list[tuple[str, list[Module]]]:
    said, slugs = words(language)["guide"], [module.slug for module in modules]
    if variant.second_day not in slugs:
        return [("", modules)]
    at = slugs.index(variant.second_day)
    return [(said["day_first"], modules[:at]), (said["day_second"], modules[at:])]


class _Maker:
    """Makes the parts of one guide, and adds up what they take."""

    def __init__(
        self,
        workbook: Workbook,
        variant: Variant,
        programme: Mapping[str, int],
        language: Language,
    ) -> None:
        self._workbook = workbook
        self._variant = variant
        self._programme = programme
        self._language: Language = language
        self._said = words(language)["guide"]
        self.spent = 0

    def day(self, title: str, modules: list[Module], start: time) -> GuidedDay:
        clock = _Clock(start)
        began = clock.now
        found = tuple(self._module(module, clock) for module in modules)
        self.spent += clock.now - began
        return GuidedDay(title=title, end=str(clock), modules=found)

    def _module(self, module: Module, clock: _Clock) -> GuidedModule:
        began, start = clock.now, str(clock)
        times = self._variant.modules.get(module.slug)
        debrief = times.debrief if times else 0
        rest = self._variant.breaks.get(module.slug, 0)
        trainer = module.trainer
        return GuidedModule(
            start=start,
            exercises=tuple(
                self._exercise(self._workbook.exercise(id), clock)
                for id in module.exercises
                if id in self._programme
            ),
            debrief_at=clock.spend(debrief) if debrief else "",
            debrief_minutes=debrief,
            minutes=clock.now - began,
            break_at=clock.spend(rest) if rest else "",
            break_minutes=rest,
            title=module.title.in_(self._language),
            opening=trainer.opening.in_(self._language),
            goals=self._each(module.goals),
            debrief=self._each(trainer.debrief),
            pitfalls=self._each(trainer.pitfalls),
            safety=self._each(trainer.safety),
        )

    def _exercise(self, exercise: Exercise, clock: _Clock) -> GuidedExercise:
        minutes = self._programme[exercise.id]
        return GuidedExercise(
            start=clock.spend(minutes),
            minutes=minutes,
            title=exercise.title.in_(self._language),
            ref=exercise.ref,
            asks=shortened(exercise.prompt.in_(self._language)),
            projector=self._said[f"projector_{_shown(exercise)}"],
            evidence=exercise.evidence.in_(self._language),
        )

    def _each(self, texts: tuple[Text, ...]) -> tuple[str, ...]:
        return tuple(text.in_(self._language) for text in texts)

    def home(self) -> list[tuple[str, str]]:
        """What is left for home: per module its title and those of the exercises."""
        found = []
        for module in self._workbook.modules.values():
            left = [id for id in module.exercises if id not in self._programme]
            titles = [self._workbook.exercise(id).title for id in left]
            if titles:
                said = " · ".join(title.in_(self._language) for title in titles)
                found.append((module.title.in_(self._language), said))
        return found


def _shown(exercise: Exercise) -> str:
    if exercise.countable:
        return "picture"
    return (
        "wall" if any(field.wall for field in exercise.fields.values()) else "private"
    )


def shortened(text: str) -> str:
    """The first sentences of a text, as many as say enough; never half a sentence."""
    first, *more = _SENTENCE.split(text)
    for sentence in more:
        if len(first) + len(sentence) > LONGEST_PROMPT:
            break
        first = f"{first} {sentence}"
    return first
