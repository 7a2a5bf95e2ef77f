"""Makes kernels by forking: a process that has imported and run everything, and waits.

`python -m widgets.fork_server FD` speaks over the socket FD, one JSON object a line.
First it says {"pages": {page: outputs}}; an order {"page", "kernel", "env", "cwd"},
with the kernel's end of its link beside it, is answered with {"pid"}. An order without
a page makes a copy of this process, which listens to the end that came with it. There
are no threads, and nothing is open but this socket: forks share nothing but memory.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import comm

from . import content, page_kernel, room, vault
from .limits import leave_the_network, set_limits
from .line import LineError
from .page_kernel import PageComm
from .prepared_page import PreparedPage, prepare
from .waiting_room import WaitingRoom

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
ORDER = 16 * 1024  # bytes, at most


def main(socket_number: int) -> None:
    """Prepare every page, then fork until the server hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody here waits for a kernel
    server = socket.socket(fileno=socket_number)
    pages = _prepare_all()
    leave_the_network()
    _say(server, {"pages": {name: page.outputs for name, page in pages.items()}})
    while received := _order(server):
        order, end = received
        pid = os.fork()
        if pid == 0:
            server.close()
            if "page" in order:
                _serve(pages[order["page"]], order, end)
            os.setsid()
            server = end
            continue
        end.close()
        _say(server, {"pid": pid})


def _order(server: socket.socket) -> tuple[dict[str, Any], socket.socket] | None:
    # Linux ends a read at the next handle that was sent: one read is one order.
    try:
        data, handles, _, _ = socket.recv_fds(server, ORDER, 1)
    except ConnectionError:
        return None  # it went without reading what we said last
    if not data:
        return None
    return json.loads(data), socket.socket(fileno=handles[0])


def _serve(page: PreparedPage, order: dict[str, Any], end: socket.socket) -> None:
    status = 1
    try:
        set_limits()
        page_kernel.become(page, order, end)
        status = 0
    except LineError:
        status = 0  # the server is gone already
    finally:
        sys.stderr.flush()
        os._exit(status)


def _prepare_all() -> dict[str, PreparedPage]:
    comm.create_comm = PageComm
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
    asyncio.run(asyncio.sleep(0))
    gc.collect()
    gc.freeze()


def _say(server: socket.socket, message: dict[str, Any]) -> None:
    server.sendall(json.dumps(message).encode() + b"\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
