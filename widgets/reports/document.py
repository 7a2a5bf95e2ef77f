"""The workbook on paper: all that was asked and answered, in order and in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ..content import Language, Workbook, words
from ..exercises.base import SKIPPED, Answer, Exercise, Line, clean

TOKENS = Path(__file__).parents[1] / "tokens.css"
# The name under which a group has its colours.
GROUPS = {
    "L": "leadership",
    "P": "personal",
    "B": "both",
    "thought": "thought",
    "feeling": "feeling",
    "behaviour": "behaviour",
}


@dataclass(frozen=True, kw_only=True)
class PrintedExercise:
    """One exercise: what it asks, and the lines to read or to fill in by hand."""

    title: str
    prompt: str
    skipped: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class PrintedModule:
    """One chapter with its exercises in order."""

    title: str
    summary: str
    exercises: tuple[PrintedExercise, ...]


@dataclass(frozen=True, kw_only=True)
class Pass:
    """How its owner opens the workbook again: the code, the addresses, the last day."""

    code: str
    address: str
    back: str
    until: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """Everything that a format needs to print; nothing in it is markup."""

    language: Language
    session: str
    day: str
    modules: tuple[PrintedModule, ...]
    personal: Pass


def document(
    workbook: Workbook,
    answers: Mapping[str, Answer],
    language: Language,
    *,
    session: str,
    day: str,
    personal: Pass,
) -> Document:
    """The workbook of one participant in one language."""
    modules = tuple(
        PrintedModule(
            title=module.title.in_(language),
            summary=module.summary.in_(language),
            exercises=tuple(
                _printed(workbook.exercise(id), answers.get(id, {}), language)
                for id in module.exercises
            ),
        )
        for module in workbook.modules.values()
    )
    return Document(
        language=language,
        session=plain(session),
        day=day,
        modules=modules,
        personal=personal,
    )


def _printed(exercise: Exercise, answer: Answer, language: Language) -> PrintedExercise:
    lines = exercise.on_paper(answer, language)
    skipped = bool(answer.get(SKIPPED))
    if skipped:  # what was written before it was skipped is not lost
        lines = [line for line in lines if line.text and line.rows]
    return PrintedExercise(
        title=exercise.title.in_(language),
        prompt=exercise.prompt.in_(language),
        skipped=skipped,
        lines=tuple(replace(line, text=plain(line.text)) for line in lines),
    )


def plain(text: str) -> str:
    """Text that every format can carry: without control and non-characters."""
    kept = (one for one in clean(text) if ord(one) & 0xFFFE != 0xFFFE)
    return "".join(kept).strip()


@cache
def colours() -> dict[str, str]:
    """The colours of the pages by their names: documents are of the same house."""
    css = TOKENS.read_text(encoding="utf-8")
    return dict(re.findall(r"--wb-([\w-]+): (#[0-9a-f]{6});", css))


def sayings(language: Language) -> dict[str, str]:
    """The words that stand in every document."""
    said = words(language)
    own = {key: said["me"][key] for key in ("title", "code_title", "code_warning")}
    shared = {key: said["pages"][key] for key in ("name", "contents", "care")}
    return said["documents"] | own | shared | {"qr": said["me"]["qr_name"]}
