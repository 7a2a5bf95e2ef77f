"""Becoming a participant's kernel in a process that was just forked."""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path
from typing import Any

import comm
import ipywidgets as ipw
from ipykernel.kernelapp import IPKernelApp
from tornado.ioloop import IOLoop

from . import room
from .prepared_page import PreparedPage
from .served_room import ServedRoom

OWN_SIGNALS = (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM)


class ForkedKernelApp(IPKernelApp):
    """A kernel that reads no configuration: everything is decided already."""

    def load_config_file(self, *args: Any, **kwargs: Any) -> None:
        """Read nothing."""

    def log_connection_info(self) -> None:
        """Tell nobody how to connect: only the server does."""

    def init_crash_handler(self) -> None:
        """Crash like any process: no report with what somebody typed in it."""


def become(page: PreparedPage, order: dict[str, Any]) -> None:
    """Serve one participant until the page or the server is gone; returns then."""
    _start_afresh(order)
    page.enter()
    app: Any = ForkedKernelApp.instance()
    app.config.HistoryManager.enabled = False
    app.initialize(["-f", order["connection_file"]])
    ipw.register_comm_target()
    # Widgets that were made before there was a kernel say nothing without this.
    made: dict[str, Any] = comm.get_comm_manager().comms
    for one in made.values():
        one.kernel = app.kernel
    here = room.here()
    assert isinstance(here, ServedRoom)
    IOLoop.current().add_callback(here.begin, _end)
    app.start()


def _start_afresh(order: dict[str, Any]) -> None:
    """Leave everything behind that belongs to the process this one was made from."""
    os.setsid()
    for one in OWN_SIGNALS:
        signal.signal(one, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["cwd"])
    # As people who look for a kernel see it; Linux keeps 15 characters of it.
    Path("/proc/self/comm").write_text(f"wb-{order['kernel'][:12]}")
    random.seed()
    room.leave()


def _end() -> None:
    # Without the server nobody can reach this process or keep anything for it.
    os._exit(0)
