"""What was measured, as Markdown: on the screen, and between marks in the README."""

from __future__ import annotations

from pathlib import Path
from typing import Any

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- benchmarks: begin -->\n", "<!-- benchmarks: end -->"
NOTHING = float("nan")
STORM = {
    "at once": "{name}",
    "people": "{people}",
    "in": "{inside}",
    "p50": "{p50:.2f} s",
    "p95": "{p95:.2f} s",
    "CPU per join": "{cpu:.0f} ms",
    "memory each": "{memory_each:.1f} MiB",
    "private": "{private_each:.1f} MiB",
    "saved p95": "{saved_p95:.0f} ms",
    "quiet": "{quiet:.1%} of a core",
}
COLD = {
    "with their files, cold": "{name}",
    "people": "{people}",
    "in": "{inside}",
    "files": "{files}",
    "p50": "{p50:.2f} s",
    "p95": "{p95:.2f} s",
    "CPU per join": "{cpu:.0f} ms",
}
VISIT = {
    "one phone": "{name}",
    "visit": "{visit}",
    "weight": "{kB:.0f} kB",
    "requests": "{requests}",
    "readable": "{readable:.1f} s",
    "answered and saved": "{saved:.1f} s",
}
TOGETHER = {
    "one line for all": "{name}",
    "visit": "{visit}",
    "browsers": "{browsers}",
    "all can read": "{readable:.1f} s",
    "all have saved": "{saved:.1f} s",
}
BURST = {
    "all answer": "{name}",
    "answers": "{answers}",
    "transactions": "{commits}",
    "saved p50": "{p50:.0f} ms",
    "saved p95": "{p95:.0f} ms",
    "last": "{max:.0f} ms",
}


def drawn(found: dict[str, Any]) -> str:
    """Return all tables."""
    tables = [
        _table(STORM, [_storm(one) for one in found["storms"]]),
        _table(COLD, [_storm(one) for one in found["cold"]]),
        _table(VISIT, found["visits"]),
        _table(TOGETHER, found["together"]),
        _table(BURST, _bursts(found["burst"])),
    ]
    shown = found["shown"]
    said = (
        f"From the trainer's press to the picture on the projector: {shown['p50']:.2f} "
        f"s, at most {shown['max']:.2f} s."
    )
    return "\n\n".join([*tables, said])


def _storm(one: dict[str, Any]) -> dict[str, Any]:
    return one | {
        "p50": one["seconds"].get("p50", NOTHING),
        "p95": one["seconds"].get("p95", NOTHING),
        "cpu": 1000 * one["cpu_per_join"],
        "saved_p95": 1000 * one.get("saved", {}).get("p95", NOTHING),
    }


def _bursts(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": f"within {one['within']:.0f} s" if one["within"] else "at once",
            "answers": found["answers"],
            "commits": one["commits"],
            **{name: 1000 * seconds for name, seconds in one["saved"].items()},
        }
        for one in found["bursts"]
    ]


def _table(columns: dict[str, str], rows: list[dict[str, Any]]) -> str:
    cells = [[_cell(text, row) for text in columns.values()] for row in rows]
    lines = [list(columns), ["---"] * len(columns), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str, row: dict[str, Any]) -> str:
    try:
        filled = text.format(**row)
    except KeyError:
        return "–"  # is not measured there
    return "–" if "nan" in filled else filled


def write(found: dict[str, Any]) -> None:
    """Put the tables in the README."""
    before, _, rest = README.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    README.write_text(f"{before}{BEGIN}\n{drawn(found)}\n\n{END}{after}", "utf-8")
