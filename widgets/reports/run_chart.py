"""A run of the exchange model, drawn by Altair: two balances over the rounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from .chart_theme import HEIGHT, LETTER, TEXT, WIDTH, wrapped
from .document import colours
from .figures import Row

Chart = Any
SIDE = 220  # for the names at the ends of the lines
SPREAD = 24  # names that would stand on each other go so far apart


def run_chart(row: Row, words: Mapping[str, str]) -> Chart:
    """The felt balances of both in points; who is below zero comes short."""
    title = wrapped(row.said, int(WIDTH / TEXT / LETTER)).split("\n")
    ink = colours()
    values, ends = _values(row, words)
    rounds = alt.X(
        "round:Q",
        scale=alt.Scale(domain=[1, len(row.run)], nice=False),
        axis=alt.Axis(title=words["round"], titleFontSize=TEXT, tickCount=5),
    )
    height = alt.Y(
        "points:Q",
        axis=alt.Axis(title=words["interests"], titleFontSize=TEXT, tickCount=5),
    )
    data = alt.Data(values=values)  # type: ignore[no-untyped-call]
    base = alt.Chart(data, title=title, width=WIDTH - SIDE, height=HEIGHT - 180)
    line = base.mark_line(strokeWidth=7).encode(
        x=rounds,
        y=height,
        color=alt.Color("colour:N", scale=None),
        strokeDash=alt.StrokeDash("dash:N", scale=None),
    )
    zero = base.mark_rule(color=ink["ink"], strokeWidth=3).encode(y=alt.datum(0))
    return alt.layer(zero, line, *(_name(end, rounds, height) for end in ends))


def _name(end: dict[str, Any], rounds: Any, height: Any) -> Chart:
    """The name at the end of a line, clear of the other one."""
    data = alt.Data(values=[end])  # type: ignore[no-untyped-call]
    text = {"text": end["name"], "color": end["colour"], "dy": end["dy"]}
    return (
        alt.Chart(data)
        .mark_text(align="left", dx=16, fontSize=TEXT, **text)
        .encode(x=rounds, y=height)
    )


def _values(
    row: Row, words: Mapping[str, str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The points of both lines, and the name at the end of each."""
    ink = colours()
    looks = (("follower", ink["accent"], [1, 0]), ("leader", ink["warn"], [18, 10]))
    values = [
        {
            "name": words[name],
            "colour": colour,
            "dash": dash,
            "round": number,
            "points": now[side],
        }
        for side, (name, colour, dash) in enumerate(looks)
        for number, now in enumerate(row.run, start=1)
    ]
    ends = [one for one in values if one["round"] == len(row.run)]
    follower, leader = row.run[-1]
    is_upper = follower >= leader
    for one, upwards in zip(ends, (is_upper, not is_upper), strict=True):
        one["dy"] = -SPREAD if upwards else SPREAD
    return values, ends
