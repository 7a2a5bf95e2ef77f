"""What a soak found, as a small table, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from soak.crowd import Crowd
from soak.faults import FORKS, KERNELS, SERVER
from soak.memory import Trend
from soak.person import FULL
from soak.room import Outcome

TRACEBACK = re.compile(r"^Traceback", re.MULTILINE)


def drawn(found: Outcome, crowd: Crowd) -> str:
    """The table."""
    happened = ", ".join(f"{kind} {n}" for kind, n in sorted(found.faults.items()))
    rows = [
        ("people", str(found.people)),
        ("acknowledged", f"{found.to_keep} (after {found.acknowledged} times “saved”)"),
        ("stored", str(found.stored)),
        ("lost", str(_lost(found))),
        ("faults", f"{happened}; {found.interrupted} answers broken off"),
        *((f"memory of {one.name}", _grown(one)) for one in found.memory),
        ("orphans", str(found.left or "none")),
        (
            "too many people",
            f"{crowd.people} for {crowd.pages} pages: {crowd.waited} waited, "
            f"{crowd.inside} came in, {crowd.most} kernels at most",
        ),
    ]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {text}" for name, text in rows)


def wrong(found: Outcome) -> Iterator[str]:
    """What a soak may not find, a line each."""
    if lost := _lost(found):
        yield f"{lost} answers lost"
        yield from found.lost
    for kind in (SERVER, FORKS, KERNELS):
        if not found.faults[kind]:
            yield f"never happened: {kind} killed"
    if not found.memory:
        yield "too short to tell anything about memory"
    for one in found.memory:
        if not one.is_flat:
            yield f"memory of {one.name} grew: {_grown(one)}"
    if found.left:
        yield f"left behind: {found.left}"
    yield from _broken(found)


def wrong_with(crowd: Crowd) -> Iterator[str]:
    """What may not happen to more people than fit."""
    if crowd.inside < crowd.people:
        yield f"{crowd.people - crowd.inside} never came in"
    if crowd.most > crowd.pages:
        yield f"{crowd.most} kernels where {crowd.pages} fit"
    if crowd.refused[0]:
        yield f"{crowd.refused[0]} times a line broke off"
    yield from _broken(crowd)


def _broken(found: Outcome | Crowd) -> Iterator[str]:
    for one in found.silent:
        yield f"never answered: {one}"
    for status, times in found.refused.items():
        if status not in (0, FULL):  # 0: the line was cut
            yield f"{times} times the server said {status}"
    if at := TRACEBACK.search(found.log):
        yield f"a traceback in the log: {found.log[at.start() :][:4000]}"


def _lost(found: Outcome) -> int:
    """Those that a fresh page did not show, or that were away at any time before."""
    return max(found.to_keep - found.stored, len(found.lost))


def _grown(one: Trend) -> str:
    return f"{one.before:.1f} → {one.after:.1f} MiB"
