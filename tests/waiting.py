"""Exercises that are ready before the module in which they will stand."""

import tomllib
from pathlib import Path

from widgets.content import load
from widgets.exercises import types
from widgets.exercises.base import Exercise

DATA = Path(__file__).parent / "data"


def waiting() -> list[Exercise]:
    """Every exercise of `tests/data`, with the id that its place will give it."""
    return [_read(path) for path in sorted(DATA.rglob("*.toml"))]


def exercise(id: str) -> Exercise:
    """The exercise with this id, from the workbook or from those that wait."""
    known = load().exercises | {one.id: one for one in waiting()}
    return known[id]


def _read(path: Path) -> Exercise:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    id = f"{path.parent.name}/{path.stem}"
    return types()[table["type"]].model_validate(table | {"id": id})
