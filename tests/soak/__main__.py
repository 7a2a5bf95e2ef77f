"""A room under fire: `make soak`.

People answer as people do, some on slow phones, while lines are cut and kernels, the
fork server and the server are killed. In the end all that was acknowledged is read back
from fresh pages, and nothing of anybody is left. Then more people come than fit.
"""

from __future__ import annotations

import argparse
import asyncio
import sys

from soak.crowd import crowd
from soak.room import place, soak
from soak.table import drawn, wrong, wrong_with


def main() -> int:
    """Do it, print a table, and return 1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pace", type=float, default=10.0, help="seconds to think")
    asked = parser.parse_args()
    with place() as where:
        seconds = asked.minutes * 60
        work = soak(where, asked.people, seconds, asked.seed, asked.pace)
        found = asyncio.run(work)
    pages = max(2, asked.people // 3)
    with place("--max-pages", str(pages)) as where:
        many = asyncio.run(crowd(where, asked.people, pages, asked.seed))
    print(drawn(found, many))
    problems = [*wrong(found), *wrong_with(many)]
    print(*problems, sep="\n", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
