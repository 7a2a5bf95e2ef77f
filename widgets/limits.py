"""What a forked kernel may use: so much memory and time, and no network at all.

For Linux, where kernels are forked; what a system does not allow is left out.
"""

from __future__ import annotations

import ctypes
import os
import resource
from contextlib import suppress
from pathlib import Path

MEMORY = 512 * 2**20  # bytes beside what every kernel shares; one takes some 10 MiB
SECONDS = 300  # of a processor; a whole day of answers takes a few
KINDNESS = 5  # the server goes before its kernels
NO_NEW_PRIVILEGES = 38  # for prctl
NEW_NETWORK, NEW_USER = 0x40000000, 0x10000000  # for unshare

_libc = ctypes.CDLL(None, use_errno=True)


def leave_the_network() -> bool:
    """Go where there is no network, with all that is forked later; False: not allowed.

    Only a process without threads may.
    """
    # Root keeps its own rights: it may be all that lets it read its files.
    is_root = os.geteuid() == 0
    who = {"uid_map": os.geteuid(), "gid_map": os.getegid()}
    if _libc.unshare(NEW_NETWORK if is_root else NEW_NETWORK | NEW_USER) != 0:
        return False
    with suppress(OSError):  # then it is called nobody, and may do no less
        if not is_root:
            Path("/proc/self/setgroups").write_text("deny")
            for name, number in who.items():
                Path(f"/proc/self/{name}").write_text(f"{number} {number} 1")
    return True


def set_limits(seconds: int = SECONDS, memory: int = MEMORY) -> None:
    """Hold this process to its share; the system ends one that takes more time."""
    _libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    os.nice(KINDNESS)
    _lower(resource.RLIMIT_CPU, seconds)
    _lower(resource.RLIMIT_DATA, _data() + memory)


def _lower(kind: int, wanted: int) -> None:
    _, most = resource.getrlimit(kind)
    limit = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    resource.setrlimit(kind, (limit, limit))


def _data() -> int:
    """The bytes of memory of its own that this process may write to now."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (line,) = (one for one in lines if one.startswith("VmData:"))
    return int(line.split()[1]) * 1024
