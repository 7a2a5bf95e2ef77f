"""Stock Voilà and the workbook, one after the other on this machine: `make bench`.

A storm is everybody pressing "join" at the same moment; somebody is in when the page
has all that it needs to be used: its last byte and the state of all its widgets.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from pathlib import Path
from typing import Any

from benchmarks import table
from benchmarks.browser import together, visits
from benchmarks.contestants import Contestant, stock, workbook
from benchmarks.projector import shown
from benchmarks.storm import answers, hang_up, idle, spread, storm

LATEST = Path(__file__).with_name("latest.json")
STOCK_AT_MOST = 30  # more than these it does not serve in reasonable time
COLD, BURST = 30, 120


async def measure(where: Contestant, people: int) -> dict[str, Any]:
    """One storm; then all answer within ten seconds; then nobody does a thing."""
    await _warm(where)
    found, phones = await storm(where, people)
    saved = await answers(phones, 10.0)
    quiet = await idle(where, phones, 20.0) if phones else 0.0
    hang_up(phones)
    return {"name": where.name, **found, "saved": saved, "quiet": quiet}


async def cold(where: Contestant, files: tuple[str, ...]) -> dict[str, Any]:
    """A storm in which every phone fetches the page's own files too."""
    await _warm(where)
    found, phones = await storm(where, COLD, files)
    hang_up(phones)
    return {"name": where.name, "files": len(files), **found}


async def burst(where: Contestant, people: int) -> dict[str, Any]:
    """All answer within two seconds, and then all at the same moment."""
    _, phones = await storm(where, people)
    found = []
    for within in (2.0, 0.0):
        before = where.commits()
        saved = await answers(phones, within)
        commits = where.commits() - before
        found.append({"within": within, "commits": commits, "saved": saved})
    hang_up(phones)
    return {"answers": len(phones), "bursts": found}


async def _warm(where: Contestant) -> None:
    _, first = await storm(where, 1)  # what is made once, is made
    hang_up(first)


def measured(sizes: list[int]) -> dict[str, Any]:
    """Measure everybody: a first visit, storms of every size, then the room."""
    found: dict[str, Any] = {"visits": [], "together": [], "cold": [], "storms": []}
    for contestant in (stock, workbook):
        with contestant() as where:
            seen, files = visits(where)
        with contestant() as where:
            found["together"] += together(where)
        with contestant() as where:
            found["cold"].append(asyncio.run(cold(where, files)))
        found["visits"] += seen
        print(json.dumps([seen, found["together"], found["cold"]]), flush=True)
    for people in sizes:
        for contestant in (stock, workbook) if people <= STOCK_AT_MOST else (workbook,):
            with contestant() as where:
                found["storms"].append(asyncio.run(measure(where, people)))
            print(json.dumps(found["storms"][-1]), flush=True)
    with workbook() as where:
        found["burst"] = asyncio.run(burst(where, BURST))
    with workbook("full-day") as where:
        found["shown"] = spread(shown(where, COLD))
    return found


def main() -> None:
    """Measure and print tables; or only write the last tables into the README."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    sizes = [1, 10, 30, 60, 120, 200]
    parser.add_argument("--people", type=int, nargs="+", default=sizes)
    parser.add_argument("--keep", action="store_true", help=f"in {LATEST.name}")
    parser.add_argument("--readme", action="store_true", help="write what is kept")
    asked = parser.parse_args()
    if asked.readme:
        table.write(json.loads(LATEST.read_text("utf-8")))
        return
    found = measured(asked.people)
    if asked.keep:
        LATEST.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(table.drawn(found))


if __name__ == "__main__":
    main()
