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
from benchmarks.browser import first_visit
from benchmarks.contestants import Contestant, stock, workbook
from benchmarks.storm import answers, hang_up, idle, storm

LATEST = Path(__file__).with_name("latest.json")
STOCK_AT_MOST = 30  # more than these it does not serve in reasonable time


async def measure(where: Contestant, people: int) -> dict[str, Any]:
    """One storm; then all answer within ten seconds; then nobody does a thing."""
    _, first = await storm(where, 1)  # what is made once, is made
    hang_up(first)
    found, phones = await storm(where, people)
    saved = await answers(phones, 10.0) if phones else {"seconds": {}}
    quiet = await idle(where, phones, 20.0) if phones else 0.0
    hang_up(phones)
    return {"name": where.name, **found, "saved": saved["seconds"], "quiet": quiet}


def measured(sizes: list[int]) -> dict[str, Any]:
    """Measure everybody at every size, then the first visit."""
    storms = []
    for people in sizes:
        for contestant in (stock, workbook) if people <= STOCK_AT_MOST else (workbook,):
            with contestant() as where:
                storms.append(asyncio.run(measure(where, people)))
            print(json.dumps(storms[-1]), flush=True)
    visits = []
    for contestant in (stock, workbook):
        with contestant() as where:
            visits.append(first_visit(where))
        print(json.dumps(visits[-1]), flush=True)
    return {"storms": storms, "visits": visits}


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
