"""Stock Voilà and the workbook, one after the other on this machine: `make bench`.

Prints one JSON line per storm, and a table at the end. A storm is everybody pressing
"join" at the same moment; somebody is in when the page has all that it needs to be
used: its last byte and the state of all its widgets.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from typing import Any

from benchmarks.contestants import CONTESTANTS, Contestant
from benchmarks.storm import answers, idle, storm

COLUMNS = {
    "server": "{name}",
    "people": "{people}",
    "in": "{inside}",
    "p50": "{p50:.2f} s",
    "p95": "{p95:.2f} s",
    "CPU per join": "{cpu_per_join:.3f} s",
    "memory each": "{memory_each:.1f} MiB",
    "page each": "{page:.0f} kB",
    "saved p95": "{saved:.0f} ms",
    "quiet": "{quiet:.1%} of a core",
}


async def measure(where: Contestant, people: int) -> dict[str, Any]:
    """One storm; then all answer within ten seconds; then nobody does a thing."""
    _, first = await storm(where, 1)  # what is made once, is made
    for phone in first:
        phone.hang_up()
    found, phones = await storm(where, people)
    saved = await answers(phones, 10.0) if phones else {"seconds": {}}
    quiet = await idle(where, phones, 20.0) if phones else 0.0
    for phone in phones:
        phone.hang_up()
    return {"name": where.name, **found, "saved": saved["seconds"], "quiet": quiet}


def row(found: dict[str, Any]) -> list[str]:
    """The cells of one storm in the table."""
    values = found | {
        "p50": found["seconds"].get("p50", float("nan")),
        "p95": found["seconds"].get("p95", float("nan")),
        "page": found["bytes_each"] / 1000,
        "saved": 1000 * found["saved"].get("p95", float("nan")),
    }
    return [cell.format(**values) for cell in COLUMNS.values()]


def main() -> None:
    """Measure everybody at every size."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[1, 10, 30])
    asked = parser.parse_args()
    rows = [list(COLUMNS), ["---"] * len(COLUMNS)]
    for people in asked.people:
        for contestant in CONTESTANTS:
            with contestant() as where:
                found = asyncio.run(measure(where, people))
            print(json.dumps(found), flush=True)
            rows.append(row(found))
    print("\n".join(f"| {' | '.join(one)} |" for one in rows))


if __name__ == "__main__":
    main()
