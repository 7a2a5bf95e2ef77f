"""Group results as figures: which rows share a picture, in which form, in which words.

A figure is made of a frozen picture only, and is all that charts, sheets and pages get:
what the rules of a session hide is gone before anything is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

from pydantic import computed_field

from ..content import Language, words
from ..exercises.base import Model
from . import change_figure

Result = Mapping[str, Any]

STACKED_ROWS = 3  # what is readable at 8 metres; the most disputed come first
SIDE_BY_SIDE = 2  # histograms that may be compared
RIGHT = "\u221a"  # beside the answer that the explanation gives
MEAN = ("mean", "low", "high")
HIDDEN = 2  # a hidden rest of at most so many says itself that it is small


class Cell(Model):
    """One option: its number, or None and the words that stand in its place."""

    label: str
    count: int | None
    share: float | None
    shown: str
    group: str | None = None
    right: bool = False
    value: float | None = None  # of a mean, which is no number of people


class Row(Model):
    """The cells that are about the same thing; `said` stands in place of numbers."""

    label: str
    n: int
    cells: tuple[Cell, ...]
    said: str = ""
    change: dict[str, float] | None = None
    mean: dict[str, float] | None = None
    run: tuple[tuple[float, float], ...] = ()  # of the exchange model, in points


class Figure(Model):
    """What one picture shows; `alt` says the same in words."""

    form: str
    title: str
    n: int
    rows: tuple[Row, ...]
    remarks: tuple[str, ...]
    alt: str
    language: Language

    @property
    def columns(self) -> tuple[str, ...]:
        """What the cells of the first row are called."""
        return tuple(cell.label for cell in self.rows[0].cells)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def is_even(self) -> bool:
        """Whether the cells of all rows are called the same: they share a head."""
        labels = ([cell.label for cell in row.cells] for row in self.rows)
        return all(tuple(own) == self.columns for own in labels)


def pages(result: Result) -> list[dict[str, Any]]:
    """A result in parts that are each one picture, with the form of that picture."""
    rows = result.get("rows", [])
    if result.get("kind") == "stacked":
        parts = [("stacked", part) for part in even(rows, STACKED_ROWS)]
    else:
        parts = [one for key, found in groupby(rows, _alike) for one in _apart(found)]
    return [{**result, "rows": part, "form": form} for form, part in parts]


def _alike(row: Result) -> tuple[Any, ...]:
    keys = tuple(cell["key"] for cell in row["cells"])
    return (_form(row), keys if _form(row) == "histogram" else row["key"])


def _apart(rows: Any) -> list[tuple[str, list[Any]]]:
    found = list(rows)
    return [(_form(found[0]), part) for part in even(found, SIDE_BY_SIDE)]


def _form(row: Result) -> str:
    if "change" in row or "run" in row:
        return "change" if "change" in row else "run"
    return "pairs" if row.get("rows") else str(row.get("form", "bars"))


def even(items: Sequence[Any], size: int) -> list[list[Any]]:
    """Parts as even as possible, so that none is left with one lonely item."""
    count = -(-len(items) // size)
    cuts = [len(items) * i // count for i in range(count + 1)] if count else []
    return [list(items[a:b]) for a, b in pairwise(cuts)]


def figures(title: str, result: Result, language: Language) -> tuple[Figure, ...]:
    """Every picture of a result."""
    return tuple(figure(title, page, language) for page in pages(result))


def figure(title: str, page: Result, language: Language) -> Figure:
    """One picture in words, numbers and what is said about both."""
    say = words(language)["result"]
    first = page["rows"][0]
    is_pairs = page["form"] == "pairs"
    rows = tuple(
        _row(row, say) for row in (first["rows"] if is_pairs else page["rows"])
    )
    is_hidden = any(row.get("some_hidden") and row["cells"] for row in page["rows"])
    is_hidden = is_hidden or (is_pairs and bool(first.get("some_hidden")))
    is_right = any(cell.right for row in rows for cell in row.cells)
    remarks: tuple[str, ...] = (say["some_hidden"],) if is_hidden else ()
    remarks += (f"{RIGHT} = {say['right']}.",) if is_right else ()
    for row in page["rows"]:
        remarks += _mean_told(row, say, with_label=len(rows) > 1)
    if page["form"] == "run":
        remarks += (say["run_honest"],)
    if page["form"] == "change":
        remarks += change_figure.remarks(first, say)
    one = len(rows) == 1 or is_pairs
    heading = first["label"] if one else title
    n = max(row["n"] for row in page["rows"])
    told = [f"{title}.", *([] if heading == title else [heading])]
    told += [_told(row, with_label=not one or is_pairs) for row in rows]
    told += [say["n"].format(n=n) + ".", *remarks]
    return Figure(
        form=page["form"],
        title=heading,
        n=n,
        rows=rows,
        remarks=remarks,
        alt=" ".join(told),
        language=language,
    )


def _row(row: Result, say: Mapping[str, str]) -> Row:
    if "run" in row:
        own = {key: row[key] for key in ("label", "n", "said", "run")}
        return Row(**own, cells=())
    known = [cell["count"] for cell in row["cells"] if cell["count"] is not None]
    rest = row["n"] - sum(known)
    # A cell may be hidden to guard another one, and is not small then; beside cells of
    # another whole nobody knows.
    is_small = rest <= HIDDEN and not row.get("apart")
    hidden = say["hidden"] if is_small else say["shielded"]
    if row.get("almost_all_same"):
        said = say["almost_all_same"]
    else:
        said = "" if known else say["all_hidden"]
    cells = tuple(
        Cell(
            label=cell["label"],
            count=cell["count"],
            share=cell["share"],
            shown=hidden if cell["count"] is None else str(cell["count"]),
            group=cell.get("group"),
            right=bool(cell.get("right")),
        )
        for cell in row["cells"]
    )
    own = {"label": row["label"], "n": row["n"]}
    if "change" in row:
        return _changed(row, own, cells if known and not said else (), say)
    return Row(**own, cells=cells, said=said, mean=_mean(row))


def _mean(row: Result) -> dict[str, float] | None:
    return (found := row.get("mean")) and {key: found[key] for key in MEAN}


def _mean_told(
    row: Result, say: Mapping[str, str], *, with_label: bool
) -> tuple[str, ...]:
    """The mean in words, with its interval beside it."""
    if not row.get("mean"):
        return ()
    told = say["mean_told"].format_map(row["mean"]["said"])
    return (f"{row['label']} {told}" if with_label else told,)


def _changed(
    row: Result, own: Mapping[str, Any], ways: Sequence[Cell], say: Mapping[str, str]
) -> Row:
    cells = [
        Cell(label=label, count=None, share=None, shown=shown, value=number)
        for label, number, shown in change_figure.numbers(row, say)
    ]
    found = change_figure.places(row)
    said = "" if found else say["change_hidden"]
    return Row(**own, cells=(*cells, *ways), said=said, change=found)


def _told(row: Row, *, with_label: bool) -> str:
    cells = ", ".join(f"{cell.label}: {cell.shown}" for cell in row.cells)
    label = f"{row.label} – " if with_label else ""
    return f"{label}{row.said or cells + '.'}"
