"""Makes kernels by forking: a process that has imported and run everything, and waits.

`python -m widgets.fork_server FD` speaks over the socket FD, one JSON object a line.
First it says {"pages": {page: outputs}}; an order {"page", "kernel", "connection_file",
"env", "cwd"} is answered with {"pid"}. It has no threads and opens nothing but this
socket, so that what it forks has nothing to share but memory.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

# A debugger costs every kernel 37 MiB, and participants debug nothing.
sys.modules["debugpy"] = None  # type: ignore[assignment]

from . import content, forked_kernel, room, vault  # noqa: E402
from .prepared_page import PreparedPage, prepare  # noqa: E402
from .waiting_room import WaitingRoom  # noqa: E402

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
# Imported by every kernel at its start: once here instead.
EARLY = (
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.extensions.storemagic",
    "ipykernel.ipkernel",
    "psutil",
    "tornado.platform.asyncio",
)


def main(socket_number: int) -> None:
    """Prepare every page, then fork until the server hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody here waits for a kernel
    server = socket.socket(fileno=socket_number)
    pages = _prepare_all()
    _say(server, {"pages": {name: page.outputs for name, page in pages.items()}})
    for line in server.makefile("rb"):
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            server.close()
            os.close(socket_number)
            _serve(pages[order["page"]], order)
        _say(server, {"pid": pid})


def _serve(page: PreparedPage, order: dict[str, Any]) -> None:
    status = 1
    try:
        forked_kernel.become(page, order)
        status = 0
    finally:
        sys.stderr.flush()
        os._exit(status)


def _prepare_all() -> dict[str, PreparedPage]:
    for name in EARLY:
        __import__(name)
    room.enter(WaitingRoom())
    names = [
        f"{language}/{slug}"
        for slug in content.load().modules
        for language in content.LANGUAGES
    ]
    found = {name: prepare(NOTEBOOKS / f"{name}.ipynb") for name in names}
    _use_once()
    return {name: page for name, page in found.items() if page is not None}


def _use_once() -> None:
    """What is first used after a fork costs every kernel its own memory."""
    key = vault.derive(vault.new_secret()).seal
    sealed = vault.seal(key, {}, session="", field="")
    vault.open_sealed(key, sealed, session="", field="")
    gc.collect()
    gc.freeze()


def _say(server: socket.socket, message: dict[str, Any]) -> None:
    server.sendall(json.dumps(message).encode() + b"\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
