"""Figures as pictures, drawn by Altair: one theme, one function for each form.

Vega draws in this process, without a network; importing it costs seconds and memory, so
only who prints imports this file.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from ..content import words
from .change_chart import change_chart
from .chart_theme import (
    HEIGHT,
    LETTER,
    LINE,
    LINES,
    SIGNS,
    TEXT,
    WIDTH,
    colour_of,
    data,
    said,
    signed,
    wrapped,
)
from .cloud import placed
from .document import colours
from .figures import RIGHT, Figure, Row
from .histogram import histogram
from .run_chart import run_chart

Chart = Any


def svg(figure: Figure) -> str:
    """The figure as SVG that says in words what it shows."""
    drawn = vl_convert.vegalite_to_svg(_spec(figure))
    title, alt_text = escape(figure.title), escape(figure.alt)
    start, end, rest = drawn.partition(">")
    start = start.replace("<svg ", '<svg role="img" aria-label="' + alt_text + '" ', 1)
    return f"{start}{end}<title>{title}</title><desc>{alt_text}</desc>{rest}"


def png(figure: Figure) -> bytes:
    """The figure as PNG, large enough for a slide."""
    return bytes(vl_convert.svg_to_png(svg(figure), scale=1.5))


def warm() -> None:
    """Draw nothing, so that what comes next need not wait for Vega to begin."""
    vl_convert.vegalite_to_svg({"mark": "point", "data": {"values": []}})


def _spec(figure: Figure) -> dict[str, Any]:
    # What we write here is checked by our tests; checking every chart costs far more
    # than drawing it.
    with alt.theme.enable("workbook"), debug_mode(False):
        return dict(FORMS[figure.form](figure).to_dict(validate=False))


def _bars(figure: Figure) -> Chart:
    """One line for each option; a whole line would be everybody."""
    (row,) = figure.rows
    if row.said:
        return said(row.said, WIDTH)
    values: list[dict[str, Any]] = [
        {
            "label": wrapped(
                signed(cell.label, cell.group) + (f" {RIGHT}" if cell.right else ""),
                30,
            ),
            "share": cell.share or 0,
            "shown": cell.shown,
            "colour": colour_of(cell.group),
        }
        for cell in row.cells
    ]
    lines = max(value["label"].count("\n") + 1 for value in values)
    letters = max(len(part) for one in values for part in one["label"].split("\n"))
    width = WIDTH - int(letters * TEXT * LETTER)
    step = max(lines * LINE + 24, min(HEIGHT // len(values), 150))
    base = alt.Chart(data(values)).encode(
        y=_options(),
    )
    whole = base.mark_bar(color=colours()["sunken"], size=56).encode(x=_share(None))
    part = base.mark_bar(size=56).encode(
        x=_share("share:Q"), color=alt.Color("colour:N", scale=None)
    )
    number = base.mark_text(align="left", dx=14).encode(
        x=_share("share:Q"), text="shown:N"
    )
    return (whole + part + number).properties(width=width, height=step * len(values))


def _options() -> alt.Y:
    """Options from top to bottom, the middle of each text beside its bar."""
    higher = [
        {"test": f"length({LINES}) == {lines}", "value": -LINE * (lines - 1) / 2}
        for lines in range(2, 6)
    ]
    offset = {"condition": higher, "value": 0}
    axis = alt.Axis(labelExpr=LINES, labelOffset=offset)
    return alt.Y("label:N", sort=None, axis=axis)


def _share(of: str | None) -> Any:
    scale = alt.Scale(domain=[0, 1])
    if of is None:  # everybody
        return alt.XDatum(1, type="quantitative", scale=scale, axis=None)
    return alt.X(of, scale=scale, axis=None)


def _stacked(figure: Figure) -> Chart:
    """One bar for all options, under its statement; what is hidden is one grey part."""
    bars = [_stack(row) for row in figure.rows]
    return alt.vconcat(*bars, spacing=36)


def _stack(row: Row) -> Chart:
    title = wrapped(row.label, int(WIDTH / TEXT / LETTER)).split("\n")
    if row.said:
        return said(row.said, WIDTH).properties(title=title, height=80)
    values = _parts(row)
    scale = alt.Scale(domain=[0, row.n])
    # A part without a name in the legend gets no colour of its own: it is hidden.
    names = [signed(cell.label, cell.group) for cell in row.cells]
    inks = [colour_of(cell.group) for cell in row.cells]
    colour = alt.Color("name:N", scale=alt.Scale(domain=names, range=inks))
    base = alt.Chart(data(values)).properties(width=WIDTH, height=84, title=title)
    edge = colours()["paper"]
    bar = base.mark_bar(size=80, stroke=edge, strokeWidth=4).encode(
        x=alt.X("from:Q", axis=None, scale=scale),
        x2="to:Q",
        color=alt.condition("datum.name", colour, alt.value(colours()["ink-soft"])),
    )
    number = base.mark_text(color=colours()["surface"]).encode(
        x=alt.X("middle:Q", axis=None, scale=scale), text="shown:N"
    )
    return bar + number


def _parts(row: Row) -> list[dict[str, Any]]:
    found: list[tuple[str, int, str]] = []
    for cell in row.cells:
        if cell.count:
            sign = f"{SIGNS[cell.group]} " if cell.group else ""
            right = f" {RIGHT}" if cell.right else ""
            name = signed(cell.label, cell.group)
            found.append((name, cell.count, f"{sign}{cell.count}{right}"))
    rest = row.n - sum(count for _, count, _ in found)
    if rest:
        hidden = next(cell.shown for cell in row.cells if cell.count is None)
        found.append(("", rest, hidden))
    at, parts = 0, []
    for name, count, shown in found:
        middle = at + count / 2
        part = {"name": name, "from": at, "to": at + count, "middle": middle}
        parts.append({**part, "shown": shown})
        at += count
    return parts


def _pairs(figure: Figure) -> Chart:
    """Two bars for each option: the first is filled, the second is an outline."""
    sides = figure.columns
    values: list[dict[str, Any]] = [
        {
            "label": wrapped(row.label, 30),
            "side": cell.label,
            "share": cell.share or 0,
            "shown": cell.shown,
        }
        for row in figure.rows
        for cell in row.cells
    ]
    letters = max(len(part) for one in values for part in one["label"].split("\n"))
    width = WIDTH - int(letters * TEXT * LETTER)
    step = min(max(HEIGHT // len(figure.rows), 92), 140)
    look = colours()
    fill = alt.Scale(domain=list(sides), range=[look["accent"], look["warn-soft"]])
    edge = alt.Scale(domain=list(sides), range=[look["accent"], look["warn"]])
    base = alt.Chart(data(values)).encode(
        y=_options(),
        yOffset=alt.YOffset("side:N", sort=list(sides)),
        x=_share("share:Q"),
    )
    bar = (
        base.transform_filter("datum.share > 0")
        .mark_bar(strokeWidth=4)
        .encode(
            fill=alt.Fill("side:N", scale=fill, legend=alt.Legend(symbolType="square")),
            stroke=alt.Stroke("side:N", scale=edge),
        )
    )
    number = base.mark_text(align="left", dx=14, fontSize=TEXT).encode(text="shown:N")
    return (bar + number).properties(width=width, height=step * len(figure.rows))


def _cloud(figure: Figure) -> Chart:
    """The most chosen words, the larger the more people chose it, with its number."""
    (row,) = figure.rows
    if row.said:
        return said(row.said, WIDTH)
    base = alt.Chart(data(placed(row))).encode(
        x=alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH])),
        y=alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[HEIGHT, 0])),
        text="text:N",
        size=alt.Size("size:Q", scale=None),
    )
    word = base.mark_text(color=colours()["accent"])
    return word.properties(width=WIDTH, height=HEIGHT)


def _change(figure: Figure) -> Chart:
    """How the group changed, and how unsure that is."""
    (row,) = figure.rows
    if row.change is None:
        return said(row.said, WIDTH)
    say = words(figure.language)["result"]
    titles = (f"{say['change_means']} ○ {say['change_before']} ● {say['change_now']}",)
    point = "," if figure.language == "nl" else "."
    return change_chart(row, (*titles, say["change_mean"]), point)


def _run(figure: Figure) -> Chart:
    """A run of the exchange model, as everybody saw it on the own page."""
    (row,) = figure.rows
    return run_chart(row, words(figure.language)["exchange"])


FORMS: dict[str, Callable[[Figure], Chart]] = {
    "bars": _bars,
    "histogram": histogram,
    "stacked": _stacked,
    "pairs": _pairs,
    "cloud": _cloud,
    "change": _change,
    "run": _run,
}
