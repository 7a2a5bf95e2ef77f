"""Script and style of a frame: whole in a notebook of its own, by name when served."""

from __future__ import annotations

from pathlib import Path

from .esm import bundle, styles

HERE = Path(__file__).parent
STYLES = (
    "tokens.css",
    "frame.css",
    "fields.css",
    "change_result.css",
    "day.css",
    "paper.css",
)


def whole_look(kind: str) -> dict[str, str]:
    """Script and style as texts: a notebook on its own brings both along."""
    # The styles of all types: anywidget keeps one sheet for all widgets of a class.
    shared = [(HERE / name).read_text("utf-8") for name in STYLES]
    style = "\n".join([*shared, styles(HERE / "exercises")])
    return {"_esm": bundle(HERE / "exercises" / f"{kind}.js"), "_css": style}


def short_look(kind: str) -> dict[str, str]:
    """Script and style by name: a served page has them, and keeps them."""
    return {"_esm": f"workbook:{kind}", "_css": ""}
