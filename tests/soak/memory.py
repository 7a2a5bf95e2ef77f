"""How much memory the server and its kernels take, and whether that grows."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from benchmarks.contestants import _mib
from soak.place import Place, is_forked

GROWS = 1.15  # at most, from the first third after the warm-up to the last
SERVER_S = 12.0  # MiB more: a page that is opened for the first time is remembered
KERNEL_S = 1.5  # MiB more: it copies what it writes to for the first time
LIVED = 6  # samples that a kernel is in, to be compared with itself


@dataclass(frozen=True)
class Sample:
    """MiB at one moment, of the server and of each forked kernel by its number.

    What the server's processes share is counted once, of a kernel what it has alone.
    """

    server: float
    kernels: dict[int, float]


@dataclass(frozen=True)
class Trend:
    """What a thing took at first, and in the end."""

    name: str
    before: float
    after: float
    margin: float

    @property
    def is_flat(self) -> bool:
        """Whether it took no more in the end than at the beginning."""
        return self.after <= self.before * GROWS + self.margin


def measured(place: Place) -> Sample:
    """Measure once."""
    forked = [one for one in place.room() if is_forked(one)]
    own = {one.pid: _mib(one.pid, "Private_") for one in forked}
    return Sample(
        server=_mib(place.root.pid, "Pss:"),
        kernels={pid: mib for pid, mib in own.items() if mib},  # 0: it has gone
    )


def trends(samples: list[Sample]) -> list[Trend]:
    """What grew; [] of too few samples to tell."""
    third = len(samples) // 3
    if not third:
        return []
    server = [one.server for one in samples]
    middle = [median(one.kernels.values()) for one in samples if one.kernels]
    return [
        _trend("server", server, third, SERVER_S),
        _trend("a kernel", middle, third, KERNEL_S),
        *_aged(samples),
    ]


def _trend(name: str, values: list[float], third: int, margin: float) -> Trend:
    first, last = values[:third], values[-third:]
    return Trend(name, median(first), median(last), margin)


def _aged(samples: list[Sample]) -> list[Trend]:
    """Kernels that were there for a while, compared with themselves."""
    lives: dict[int, list[float]] = {}
    for sample in samples:
        for pid, mib in sample.kernels.items():
            lives.setdefault(pid, []).append(mib)
    long = [life for life in lives.values() if len(life) >= LIVED]
    if not long:
        return []
    # The first moments are those in which it is made.
    began, ended = ([life[at] for life in long] for at in (2, -1))
    return [Trend("a kernel as it lives", median(began), median(ended), KERNEL_S)]
