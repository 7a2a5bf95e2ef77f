"""A cloud of words: where each stands, and how large."""

from __future__ import annotations

from typing import Any

from .chart_theme import HEIGHT, LETTER, WIDTH
from .figures import Row

SMALLEST, LARGER = 40, 56


def placed(row: Row) -> list[dict[str, Any]]:
    """Words in lines from the middle of the page, the most chosen first."""
    most = max(cell.count or 0 for cell in row.cells) or 1
    lines: list[list[dict[str, Any]]] = [[]]
    room = float(WIDTH)
    for cell in row.cells:
        size = SMALLEST + LARGER * (cell.count or 0) / most
        text = f"{cell.label} {cell.shown}"
        wide = (len(text) + 3) * size * LETTER
        if wide > room and lines[-1]:
            lines.append([])
            room = float(WIDTH)
        room -= wide
        lines[-1].append({"text": text, "size": size, "wide": wide})
    step = min(HEIGHT / len(lines), 150)
    top = (HEIGHT - step * len(lines)) / 2
    for number, line in enumerate(lines):
        at = (WIDTH - sum(word["wide"] for word in line)) / 2
        for word in line:
            word |= {"x": at + word["wide"] / 2, "y": top + (number + 0.5) * step}
            at += word["wide"]
    return [word for line in lines for word in line]
