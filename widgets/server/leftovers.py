"""What servers that were killed left in the folder for temporary files."""

from __future__ import annotations

import os
import shutil
import socket
import time
from pathlib import Path

YOUNG = 10.0  # seconds in which a server that starts may not listen yet


def clear(folder: Path) -> None:
    """Remove what our own dead servers left; one that lives answers at its socket."""
    if not hasattr(socket, "AF_UNIX") or not hasattr(os, "getuid"):
        return
    for door in folder.glob("voila_*/room.sock"):
        place = door.parent
        is_ours = place.lstat().st_uid == os.getuid() and not place.is_symlink()
        if is_ours and _is_dead(door):
            shutil.rmtree(place, ignore_errors=True)


def _is_dead(door: Path) -> bool:
    if not door.is_socket() or time.time() - door.stat().st_mtime < YOUNG:
        return False
    with socket.socket(socket.AF_UNIX) as visitor:
        visitor.settimeout(1)
        try:
            visitor.connect(str(door))
        except ConnectionRefusedError:
            return True
        except OSError:
            return False
    return False
