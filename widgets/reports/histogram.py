"""Columns in their own order, and above them the mean with its interval."""

from __future__ import annotations

from typing import Any

import altair as alt

from .chart_theme import HEIGHT, LETTER, LINES, TEXT, WIDTH, data, said, wrapped
from .document import colours
from .figures import Figure, Row

Chart = Any
ABOVE = 1.3  # the height of an interval, in that of the highest column


def histogram(figure: Figure) -> Chart:
    """Columns in their own order; two of them face to face, at the same height."""
    count = len(figure.rows)
    top = max((cell.share or 0 for row in figure.rows for cell in row.cells), default=0)
    width = (WIDTH - 80 * (count - 1)) // count
    parts = [_columns(row, width, top or 1, is_alone=count == 1) for row in figure.rows]
    return parts[0] if count == 1 else alt.hconcat(*parts, spacing=80)


def _columns(row: Row, width: int, top: float, *, is_alone: bool) -> Chart:
    name = wrapped(row.label, int(width / TEXT / LETTER)).split("\n")
    letters = max(int(width / max(len(row.cells), 1) / TEXT / LETTER) - 1, 6)
    if row.said:
        drawn = said(row.said, width)
    else:
        values = [
            {
                "label": wrapped(cell.label, letters),
                "share": cell.share or 0,
                "count": cell.count,
                "shown": cell.shown,
            }
            for cell in row.cells
        ]
        highest = top * (ABOVE + 0.1 if row.mean else 1.15)
        base = alt.Chart(data(values)).encode(
            x=alt.X(
                "label:N",
                sort=None,
                axis=alt.Axis(labelExpr=LINES, labelAngle=0, domain=True),
            ),
            y=alt.Y("share:Q", axis=None, scale=alt.Scale(domain=[0, highest])),
        )
        column = base.mark_bar(color=colours()["accent"])
        is_long = max(len(cell.shown) for cell in row.cells) > letters
        number = base.mark_text(baseline="bottom", dy=-8).encode(text="shown:N")
        words = base.mark_text(align="left", baseline="middle", dx=12, angle=270)
        if is_long:  # words stand upright between columns that are too narrow for them
            number = number.transform_filter("isValid(datum.count)")
            number += words.encode(text="shown:N").transform_filter(
                "!isValid(datum.count)"
            )
        drawn = column + number
        if row.mean:
            above = _interval(row.mean, row, top)
            drawn = alt.layer(drawn, above).resolve_scale(x="independent")
        drawn = drawn.properties(width=width, height=HEIGHT - 200)
    return drawn if is_alone else drawn.properties(title=name)


def _interval(mean: dict[str, float], row: Row, top: float) -> Chart:
    """A bar from the low to the high end with a dot at the mean, over its columns.

    The first column is the lowest number, and each next one is a number higher.
    """
    first = float(row.cells[0].label)
    ends = [first - 0.5, first - 0.5 + len(row.cells)]
    place = alt.Scale(domain=ends, nice=False)
    height = alt.YDatum(top * ABOVE, type="quantitative")
    base = alt.Chart(data([mean])).encode(y=height)
    bar = base.mark_bar(size=44, color=colours()["warn"], opacity=0.35).encode(
        x=alt.X("low:Q", scale=place, axis=None), x2="high:Q"
    )
    dot = base.mark_point(size=900, filled=True, opacity=1, color=colours()["warn"])
    return bar + dot.encode(x=alt.X("mean:Q", scale=place, axis=None))
