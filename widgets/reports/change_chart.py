"""A change with its interval, drawn by Altair: one sees first how unsure it is."""

from __future__ import annotations

from typing import Any

import altair as alt

from .chart_theme import HEIGHT, NUMBER, TEXT, WIDTH
from .document import colours
from .figures import Row

Chart = Any
PART = (HEIGHT - 160) // 2


def change_chart(row: Row, words: tuple[str, str], point: str) -> Chart:
    """Two means on their scale, and the mean change around zero in its interval.

    `point` stands between a number and its decimals.
    """
    if row.change is None:
        raise ValueError("there is no change to draw")
    rest = " · ".join(f"{cell.label}: {cell.shown}" for cell in row.cells[5:])
    axis = alt.Axis(
        tickCount=5,
        domain=True,
        ticks=True,
        labelExpr=f"replace(datum.label, '.', '{point}')",
    )
    means, mean = (
        words[0],
        alt.TitleParams(words[1], subtitle=rest, subtitleFontSize=TEXT),
    )
    return alt.vconcat(
        _means(row.change, row.cells, means, axis),
        _interval(row.change, row.cells, mean, axis),
    )


def _base(values: list[dict[str, Any]], title: Any, axis: Any, ends: Any) -> Chart:
    data = alt.Data(values=values)  # type: ignore[no-untyped-call]
    x = alt.X("x:Q", scale=alt.Scale(domain=list(ends), nice=False), axis=axis)
    return alt.Chart(data, title=title, width=WIDTH, height=PART).encode(x=x)


def _means(change: dict[str, float], cells: Any, title: Any, axis: Any) -> Chart:
    """A hollow dot for then, a filled one for now."""
    ink = colours()
    values = [
        {"x": change[key], "said": cell.shown, "fill": fill, "dy": dy}
        for key, cell, fill, dy in (
            ("before", cells[0], ink["surface"], 1),
            ("after", cells[1], ink["accent"], -1),
        )
    ]
    base = _base(values, title, axis, (change["from"], change["to"]))
    line = base.mark_line(color=ink["ink-soft"], strokeWidth=4)
    dot = base.mark_point(size=1500, strokeWidth=6, opacity=1, color=ink["accent"])
    above = base.transform_filter("datum.dy < 0").mark_text(dy=-46, fontSize=NUMBER)
    below = base.transform_filter("datum.dy > 0").mark_text(dy=50, fontSize=NUMBER)
    return (
        line
        + dot.encode(fill=alt.Fill("fill:N", scale=None))
        + above.encode(text="said:N")
        + below.encode(text="said:N")
    )


def _interval(change: dict[str, float], cells: Any, title: Any, axis: Any) -> Chart:
    """A wide band from the low to the high end, a dot at the mean, a line at zero."""
    ink = colours()
    said = f"{cells[2].shown} ({cells[3].shown} … {cells[4].shown})"
    one = {"x": change["mean"], "low": change["low"], "high": change["high"]}
    ends = (-change["limit"], change["limit"])
    base = _base([{**one, "said": said}], title, axis, ends)
    band = base.mark_bar(size=72, color=ink["accent"], opacity=0.3)
    zero = base.mark_rule(color=ink["ink"], strokeWidth=4).encode(
        x=alt.datum(0), y=alt.value(PART // 2 - 42), y2=alt.value(PART)
    )
    dot = base.mark_point(size=1500, filled=True, opacity=1, color=ink["accent"])
    text = base.mark_text(dy=-64, fontSize=NUMBER).encode(text="said:N")
    return band.encode(x="low:Q", x2="high:Q") + zero + dot + text
