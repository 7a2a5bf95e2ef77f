"""How much memory the server and its kernels take, and whether that grows."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from benchmarks.contestants import _mib
from soak.place import Place, is_forked

GROWS = 1.15  # at most, from the first third after the warm-up to the last
AND_MIB = 12.0  # a page that is opened for the first time is remembered


@dataclass(frozen=True)
class Sample:
    """MiB at one moment; what processes share is counted once."""

    server: float
    kernel: float  # the middle one of those that were forked, 0 while there is none


@dataclass(frozen=True)
class Trend:
    """What a thing took in the first third of the time, and in the last."""

    name: str
    before: float
    after: float

    @property
    def is_flat(self) -> bool:
        """Whether it took no more in the end than at the beginning."""
        return self.after <= self.before * GROWS + AND_MIB


def measured(place: Place) -> Sample:
    """Measure once."""
    each = [_mib(one.pid, "Pss:") for one in place.room() if is_forked(one)]
    return Sample(
        server=_mib(place.root.pid, "Pss:"),
        kernel=statistics.median(each) if each else 0.0,
    )


def trends(samples: list[Sample]) -> list[Trend]:
    """What grew; [] of too few samples to tell."""
    third = len(samples) // 3
    if not third:
        return []
    return [
        _trend("server", [one.server for one in samples], third),
        _trend("a kernel", [one.kernel for one in samples if one.kernel], third),
    ]


def _trend(name: str, values: list[float], third: int) -> Trend:
    first, last = values[:third], values[-third:]
    return Trend(name, statistics.median(first), statistics.median(last))
