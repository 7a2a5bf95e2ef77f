"""What was measured, as Markdown: on the screen, and between marks in the README."""

from __future__ import annotations

from pathlib import Path
from typing import Any

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- benchmarks: begin -->\n", "<!-- benchmarks: end -->"
STORM = {
    "server": "{name}",
    "people": "{people}",
    "in": "{inside}",
    "p50": "{p50:.2f} s",
    "p95": "{p95:.2f} s",
    "CPU per join": "{cpu:.0f} ms",
    "memory each": "{memory_each:.1f} MiB",
    "saved p95": "{saved_p95:.0f} ms",
    "quiet": "{quiet:.1%} of a core",
}
VISIT = {
    "first visit": "{name}",
    "weight": "{kB:.0f} kB",
    "requests": "{requests}",
    "readable": "{readable:.1f} s",
    "answered and saved": "{saved:.1f} s",
}


def drawn(found: dict[str, Any]) -> str:
    """Return both tables."""
    nothing = float("nan")
    storms = [
        one
        | {
            "p50": one["seconds"].get("p50", nothing),
            "p95": one["seconds"].get("p95", nothing),
            "cpu": 1000 * one["cpu_per_join"],
            "saved_p95": 1000 * one["saved"].get("p95", nothing),
        }
        for one in found["storms"]
    ]
    tables = [_table(STORM, storms), _table(VISIT, found["visits"])]
    return "\n\n".join(tables)


def _table(columns: dict[str, str], rows: list[dict[str, Any]]) -> str:
    cells = [[cell.format(**row) for cell in columns.values()] for row in rows]
    lines = [list(columns), ["---"] * len(columns), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write(found: dict[str, Any]) -> None:
    """Put the tables in the README."""
    before, _, rest = README.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    README.write_text(f"{before}{BEGIN}\n{drawn(found)}\n\n{END}{after}", "utf-8")
