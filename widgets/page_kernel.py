"""Becoming a participant's kernel in a process that was just forked.

It speaks of Jupyter's protocol what widgets need, over its link with the server:
no cells are run here, so there is no shell, no thread and no port.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import random
import signal
import socket
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import comm
from comm.base_comm import BaseComm

from . import room
from .discreet import Discreet
from .frames import CONTROL_TARGET, frame_of, parts_of
from .link import Link
from .prepared_page import PreparedPage, all_states
from .served_room import ServedRoom

OWN_SIGNALS = (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM)
INFO = {
    "status": "ok",
    "protocol_version": "5.4",
    "implementation": "workbook",
    "implementation_version": "1",
    "language_info": {"name": "python", "version": sys.version.split()[0]},
    "banner": "",
    "help_links": [],
}
Header = dict[str, Any]
log = logging.getLogger(__name__)


class PageComm(BaseComm):
    """Jupyter's connection between a widget here and its model in the page."""

    kernel: PageKernel | None = None  # before the fork there is nobody to tell

    def publish_msg(
        self,
        msg_type: str,
        data: dict[str, Any] | None = None,
        metadata: dict[str, Any] | None = None,
        buffers: list[bytes] | None = None,
        **keys: Any,
    ) -> None:
        """Send a message of this comm to the page."""
        if PageComm.kernel is not None:
            content = {"data": data or {}, "comm_id": self.comm_id, **keys}
            PageComm.kernel.publish(msg_type, content, metadata, buffers)


class PageKernel:
    """Answers the frames of one page."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._session = uuid.uuid4().hex
        self._parent: Header = {}
        self._comms: Any = comm.get_comm_manager()
        self._control = ""
        link.frame = self._on_frame

    def publish(
        self,
        kind: str,
        content: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        buffers: list[bytes] | None = None,
        channel: bytes = b"iopub",
    ) -> None:
        """Send one message to the page."""
        header = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": kind,
            "session": self._session,
            "username": "",
            "date": datetime.now(UTC).isoformat(),
            "version": INFO["protocol_version"],
        }
        parts = [header, self._parent, metadata or {}, content]
        packed = [json.dumps(part, allow_nan=False).encode() for part in parts]
        self._link.send_frame(frame_of([channel, *packed, *(buffers or [])]))

    def _on_frame(self, frame: bytes) -> None:
        # The server has checked which messages come through, not all that is in them.
        try:
            self._take(frame)
        except Exception:
            # What came together with it, also from the server, is heard all the same.
            log.exception("a message could not be answered")
        finally:
            self._parent = {}

    def _take(self, frame: bytes) -> None:
        header, _, metadata, content = (
            json.loads(part, parse_constant=_no_number) for part in parts_of(frame)[1:5]
        )
        self._parent = header
        message = {"header": header, "metadata": metadata, "content": content}
        message |= {"parent_header": {}, "buffers": []}
        try:
            self._answer(header["msg_type"], message)
        finally:
            self.publish("status", {"execution_state": "idle"})

    def _answer(self, kind: str, message: dict[str, Any]) -> None:
        match kind:
            case "kernel_info_request":
                self.publish("kernel_info_reply", INFO, channel=b"shell")
            case "comm_info_request":
                comms = {
                    name: {"target_name": one.target_name}
                    for name, one in self._comms.comms.items()
                }
                reply = {"status": "ok", "comms": comms}
                self.publish("comm_info_reply", reply, channel=b"shell")
            case "comm_open":
                self._open(message)
            case "comm_msg" | "comm_close" if self._is_for_one(message["content"]):
                getattr(self._comms, kind)(None, None, message)

    def _is_for_one(self, content: dict[str, Any]) -> bool:
        """Tell whether there is somebody who can do something with a message."""
        id, data = str(content.get("comm_id")), content.get("data", {})
        is_to_control = id == self._control
        asks_all = isinstance(data, dict) and data.get("method") == "request_states"
        return id in self._comms.comms and (asks_all or not is_to_control)

    def _open(self, message: dict[str, Any]) -> None:
        """Open a control in the place of the one before, never in that of a widget."""
        wanted = str(message["content"].get("comm_id"))
        known = self._comms.comms.get(wanted)
        is_ours = known is None or known.target_name == CONTROL_TARGET
        version = str(message["metadata"].get("version"))
        if not is_ours or not version.startswith("1."):
            return
        self._comms.comms.pop(self._control, None)
        self._control = wanted
        self._comms.comm_open(None, None, message)


def _no_number(name: str) -> None:
    """Refuse NaN and Infinity: they could not be sent back."""
    raise ValueError(name)


def open_control(control: BaseComm, _opened: object) -> None:
    """Tell a page the state of its widgets; ipywidgets would draw them up twice."""

    def asked(message: dict[str, Any]) -> None:
        if message["content"]["data"].get("method") == "request_states":
            told, buffers = all_states()
            control.send(told, buffers=buffers)

    control.on_msg(asked)


def become(page: PreparedPage, order: dict[str, Any], end: socket.socket) -> None:
    """Serve one participant until the page or the server is gone; returns then."""
    _start_afresh(order)
    link = Link(end)
    here = ServedRoom(link)
    room.enter(here)
    page.enter()
    PageComm.kernel = PageKernel(link)
    # Only this one: no message makes a widget here.
    comm.get_comm_manager().register_target(CONTROL_TARGET, open_control)
    asyncio.run(_serve(here))


async def _serve(here: ServedRoom) -> None:
    gone = asyncio.Event()
    here.begin(gone.set)
    await gone.wait()


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
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet(f"{order['kernel'][:8]} %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
