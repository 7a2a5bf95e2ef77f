"""What one replica and its PostgreSQL cost: `python -m benchmarks.replica`.

Everybody joins and opens a page, and then answers several times. Processor time and
memory are of the replica with all its kernels; the rest is what PostgreSQL counted.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
import psycopg
import sqlalchemy as sa
from benchmarks.contestants import EXERCISE, Contestant
from deploy.fleet import Fleet

from widgets.phone import Phone

ANSWERS = 10
CHOICES = ("self", "other", "both", "none")
COUNTED = (
    "SELECT xact_commit, tup_inserted + tup_updated + tup_deleted, "
    "pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') "
    "FROM pg_stat_database WHERE datname = current_database()"
)


def written(database: str) -> tuple[int, int, int]:
    """What PostgreSQL did so far: transactions, rows written, bytes of its log."""
    url = sa.make_url(database).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False)) as db:
        found = db.execute(COUNTED).fetchone()
    assert found
    return int(found[0]), int(found[1]), int(found[2])


def database_cpu(database: str) -> float:
    """Processor seconds of the PostgreSQL processes that serve this database."""
    name = str(sa.make_url(database).database)
    serving = (one for one in psutil.process_iter() if one.name() == "postgres")
    times = [one.cpu_times() for one in serving if name in " ".join(one.cmdline())]
    return sum(one.user + one.system for one in times)


async def answering(phones: list[Phone], pause: float) -> None:
    """Let everybody answer in their own time."""

    async def one(phone: Phone) -> None:
        for number in range(ANSWERS):
            await asyncio.sleep(random.uniform(0, 2 * pause))
            assert phone.page
            choice = CHOICES[number % len(CHOICES)]
            await phone.page.answer(EXERCISE, {"first_moved": choice})

    await asyncio.gather(*map(one, phones))


async def measured(where: Contestant, database: str, people: int) -> dict[str, Any]:
    """Let people come in and answer; gives what each part cost."""
    phones = [Phone(where.url) for _ in range(people)]
    await _come_in(where, phones[:1])  # what is made once, is made
    empty, cpu = where.memory(), where.cpu()
    await _come_in(where, phones[1:])
    joined = where.cpu()
    full = where.memory()
    await asyncio.sleep(3)  # PostgreSQL counts a little later
    before, busy, began = written(database), where.cpu(), time.perf_counter()
    base = database_cpu(database)
    await answering(phones, 1.0)
    seconds = time.perf_counter() - began
    spent, kept = where.cpu() - busy, database_cpu(database) - base
    await asyncio.sleep(3)
    after = written(database)
    await asyncio.gather(*(phone.leave() for phone in phones))
    saves = people * ANSWERS
    each = [(b - a) / saves for a, b in zip(before, after, strict=True)]
    return {
        "people": people,
        "empty_mib": round(empty),
        "mib_per_page": round((full - empty) / (people - 1), 1),
        "cpu_ms_per_join": round(1000 * (joined - cpu) / (people - 1), 1),
        "saves_per_second": round(saves / seconds, 1),
        "cpu_ms_per_save": round(1000 * spent / saves, 2),
        "database_cpu_ms_per_save": round(1000 * kept / saves, 2),
        "transactions_per_save": round(each[0], 2),
        "rows_per_save": round(each[1], 2),
        "log_bytes_per_save": round(each[2]),
    }


async def _come_in(where: Contestant, phones: list[Phone]) -> None:
    async def one(phone: Phone) -> None:
        await phone.join(where.code)
        await phone.open(where.path)

    for start in range(0, len(phones), 10):
        await asyncio.gather(*map(one, phones[start : start + 10]))


def main() -> None:
    """Measure one replica and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=60)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wb-") as place:
        fleet = Fleet(Path(place))
        replica = fleet.replicas[0]
        replica.start()
        replica.wait()
        code = fleet.session("self-study")
        assert replica.process
        root = psutil.Process(replica.process.pid)
        url = f"http://{replica.address}"
        where = Contestant("replica", url, "/nl/opening", root, code)
        try:
            found = asyncio.run(measured(where, fleet.database, asked.people))
        finally:
            replica.kill()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
