"""The look of all charts: one theme, large type, the colours of the pages."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import altair as alt

from .document import GROUPS, colours

# Units of a projector of 1920 × 1080; text of 36 of them can be read at 8 metres.
WIDTH, HEIGHT = 1700, 660
TEXT, NUMBER = 38, 44
LINE = 46
FONT = "Helvetica Neue, Arial, Liberation Sans, DejaVu Sans, sans-serif"
LETTER = 0.56  # the width of a letter, in its height
# Colour is never the only sign. These characters are in every usual font, for one that
# is not takes all that stands beside it to another font.
SIGNS = {
    "L": "\u25a0",
    "P": "\u25cf",
    "B": "\u25a0\u25cf",
    "thought": "\u25cb",
    "feeling": "\u2665",
    "behaviour": "\u2192",
}
LINES = "split(datum.label, '\\n')"


@alt.theme.register("workbook", enable=False)
def theme() -> alt.theme.ThemeConfig:
    """What Altair needs to draw like the pages."""
    ink = colours()["ink"]
    axis: Any = {
        "labelFontSize": TEXT,
        "labelColor": ink,
        "labelLimit": 0,
        "labelLineHeight": LINE,
        "labelPadding": 16,
        "title": None,
        "domain": False,
        "ticks": False,
        "grid": False,
    }
    legend: Any = {
        "orient": "top",
        "labelColor": ink,
        "labelFontSize": TEXT,
        "labelLimit": 0,
        "columnPadding": 40,
        "symbolSize": 1200,
        "title": None,
    }
    title: Any = {
        "anchor": "start",
        "color": ink,
        "fontSize": TEXT,
        "fontWeight": 600,
        "lineHeight": LINE,
        "offset": 16,
    }
    config: Any = {
        "font": FONT,
        "view": {"stroke": None},
        "axis": axis,
        "legend": legend,
        "title": title,
        "text": {"fontSize": NUMBER, "color": ink, "fontWeight": 600},
    }
    return {"background": colours()["paper"], "padding": 24, "config": config}


def wrapped(text: str, letters: int) -> str:
    """Lines of at most so many letters, with line ends between."""
    return "\n".join(wrap(text, letters, break_long_words=False)) or text


def colour_of(group: str | None) -> str:
    """The colour of a group; what has none gets that of the house."""
    return colours()[GROUPS[group] if group else "accent"]


def signed(label: str, group: str | None) -> str:
    """A label with the sign of its group before it."""
    return f"{SIGNS[group]} {label}" if group else label


def data(values: list[dict[str, Any]]) -> alt.Data:
    """What a chart draws."""
    return alt.Data(values=values)  # type: ignore[no-untyped-call]


def said(sentence: str, width: int) -> Any:
    """A sentence in the place of numbers."""
    lines = wrapped(sentence, int(width / NUMBER / LETTER)).split("\n")
    place = alt.Chart(data([{}])).properties(width=width, height=200)
    return place.mark_text(text=lines, fontSize=NUMBER, lineHeight=LINE + 8)
