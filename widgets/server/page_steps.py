"""A module in steps: on a phone one exercise stands in sight at a time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from nbformat import NotebookNode

from ..content import Language
from ..exercises.base import Exercise

CALL = re.compile(r"""^exercise\(["']([^"']+)""", re.MULTILINE)
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
LONG = 1200  # characters of theory that are a step of their own, if more theory follows


def asked(
    cell: NotebookNode | None, exercises: Mapping[str, Exercise]
) -> Exercise | None:
    """Return the exercise that a cell asks for; None for every other cell."""
    called = CALL.search(cell.source) if cell and cell.cell_type == "code" else None
    return exercises.get(called[1]) if called else None


def divide(
    notebook: NotebookNode, exercises: Mapping[str, Exercise], language: Language
) -> list[dict[str, str]]:
    """Mark the cells at which a step begins; return every step's id and title.

    A step is an exercise with what stands between it and the one before; what
    follows the last exercise belongs to the last step.
    """
    steps: list[dict[str, str]] = []
    begin: NotebookNode | None = None
    for cell, following in pairwise([*notebook.cells, None]):
        begin = begin or cell
        step = _ended(cell, following, exercises, language)
        if step:
            begin.metadata["step"] = step["id"]
            steps.append(step)
            begin = None
    return steps


def _ended(
    cell: NotebookNode,
    following: NotebookNode | None,
    exercises: Mapping[str, Exercise],
    language: Language,
) -> dict[str, str] | None:
    exercise = asked(cell, exercises)
    if exercise:
        title = exercise.title.in_(language)
        return {"id": exercise.id.rpartition("/")[2], "title": title}
    heading = HEADING.search(cell.source)
    is_text = cell.cell_type == "markdown" and len(cell.source) > LONG
    if heading and is_text and following and following.cell_type == "markdown":
        return {"id": cell.id, "title": heading[1]}
    return None
