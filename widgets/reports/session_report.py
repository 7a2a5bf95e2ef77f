"""The report of a session: what the room was shown, and what it cannot say.

Only frozen and shown results are in it, never a private answer, a name or a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ..content import Language, Workbook, words
from ..exercises.base import Model
from .document import plain
from .figures import Figure, Row, figures


class Shown(Model):
    """One exercise whose result was shown."""

    id: str
    module: str
    title: str
    prompt: str
    n: int
    remark: str
    figures: tuple[Figure, ...]

    def file(self, number: int) -> str:
        """The name of the file of one picture, without its ending."""
        return f"{self.id.replace('/', '-')}-{number}"


class Report(Model):
    """All that a format needs; nothing in it is markup."""

    language: Language
    title: str
    code: str
    day: str
    facts: tuple[str, ...]
    results: tuple[Shown, ...]
    cannot: tuple[str, ...]

    @property
    def words(self) -> dict[str, str]:
        """The words that stand in every format."""
        return words(self.language)["report"]

    def shown(self, id: str) -> Shown | None:
        """The result of one exercise."""
        return next((one for one in self.results if one.id == id), None)


def session_report(workbook: Workbook, found: Mapping[str, Any]) -> Report:
    """The report of what the server found of a session."""
    language: Language = found["language"]
    say = words(language)["report"]
    results = tuple(
        _shown(workbook, id, found["results"][id], language)
        for module in workbook.modules.values()
        for id in module.exercises
        if id in found["results"]
    )
    day = date.fromisoformat(found["day"])
    months = words(language)["pages"]["months"].split()
    facts = [
        say["here"].format(n=_people(found["here"], say)),
        say["shown"].format(n=len(results)),
        *([say["invented"]] if found["invented"] else []),
    ]
    cannot = [say[f"cannot_{name}"] for name in CANNOT]
    cannot += [say["cannot_wall"]] if found["wall"] else []
    return Report(
        language=language,
        title=plain(found["title"]),
        code=found["code"],
        day=f"{day.day} {months[day.month - 1]} {day.year}",
        facts=tuple(facts),
        results=results,
        cannot=tuple(cannot),
    )


CANNOT = ("names", "dropouts", "comparison", "hidden", "small", "open")


def _people(here: str, say: Mapping[str, str]) -> str:
    return say["few"] if here.startswith("<") else here


def _shown(
    workbook: Workbook, id: str, result: Mapping[str, Any], language: Language
) -> Shown:
    exercise = workbook.exercise(id)
    title, left_out = exercise.title.in_(language), result["left_out"]
    say = words(language)["report"]
    module = workbook.modules[id.partition("/")[0]]
    return Shown(
        id=id,
        module=module.title.in_(language),
        title=title,
        prompt=exercise.prompt.in_(language),
        n=result["n"],
        remark=say["left_out"].format(n=left_out) if left_out else "",
        figures=figures(title, result, language),
    )


def lines(report: Report) -> Iterator[tuple[str | float, ...]]:
    """The numbers, one option a line; words stand where a number is hidden."""
    for shown in report.results:
        for figure in shown.figures:
            yield from ((shown.module, shown.title, *line) for line in of(figure))


def of(figure: Figure) -> Iterator[tuple[str | float, ...]]:
    """The numbers of one figure: question, row, option, number or words, answers."""
    for row in figure.rows:
        label = "" if row.label == figure.title else row.label
        means = _mean(row, words(figure.language)["result"])
        for option, number in (*_cells(row), *means):
            yield (figure.title, label, option, number, row.n)


def _mean(row: Row, say: Mapping[str, str]) -> Iterator[tuple[str, str | float]]:
    labels = {"mean": "mean_label", "low": "change_low", "high": "change_high"}
    for key, number in (row.mean or {}).items():
        yield say[labels[key]], number


def _cells(row: Row) -> Iterator[tuple[str, str | float]]:
    if row.said:
        yield "", row.said
        return
    for cell in row.cells:
        number = cell.value if cell.count is None else cell.count
        yield cell.label, cell.shown if number is None else number
