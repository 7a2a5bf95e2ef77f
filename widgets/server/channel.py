"""What may pass between a browser and its kernel: widget messages, and only sound ones.

Frames are checked before anybody parses them, because the stock parser trusts lengths
that the sender chose.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

from jupyter_server.services.kernels.connection.channels import (
    ZMQChannelsWebsocketConnection,
)
from traitlets import Instance

from ..frames import CONTROL_TARGET, V1, offsets_of, parts_of
from .pace import Pace

ALLOWED = frozenset(
    {
        "kernel_info_request",
        "comm_info_request",
        "comm_open",
        "comm_msg",
        "comm_close",
    }
)
COMMS = ("comm_open", "comm_msg", "comm_close")
ID = re.compile("[0-9a-f-]{1,40}", re.ASCII)  # a log may name it: no words in it
METHODS = frozenset({"update", "custom", "request_state", "request_states"})
# All that a page sets: what somebody answered, its number, and what it began with.
STATE = frozenset({"value", "seq", "basis"})
MAX_PARTS = 16
MAX_FRAME = 256 * 1024


class BadFrame(ValueError):
    """A frame that no honest page sends."""


def split_frame(frame: bytes) -> tuple[str, list[bytes]]:
    """Return channel and parts of a frame; raises BadFrame before reading past it."""
    if not 8 <= len(frame) <= MAX_FRAME:
        raise BadFrame("size")
    count = int.from_bytes(frame[:8], "little")
    if not 6 <= count <= MAX_PARTS or 8 * (count + 1) > len(frame):
        raise BadFrame("count")
    offsets = offsets_of(frame)
    in_order = all(a <= b for a, b in pairwise(offsets))
    if not in_order or offsets[0] != 8 * (count + 1) or offsets[-1] > len(frame):
        raise BadFrame("offsets")
    channel, *parts = parts_of(frame)
    return channel.decode("ascii", "replace"), parts


def check_message(channel: str, header: Any, content: Any) -> None:
    """Refuse everything that widgets do not need; raises BadFrame."""
    if not isinstance(header, dict) or not isinstance(content, dict):
        raise BadFrame("shape")
    kind = header.get("msg_type")
    if channel not in ("shell", "control") or str(kind) not in ALLOWED:
        raise BadFrame("type")
    if kind in COMMS and not _is_id(content.get("comm_id")):
        raise BadFrame("id")
    if kind == "comm_open" and content.get("target_name") != CONTROL_TARGET:
        raise BadFrame("target")
    if kind == "comm_msg":
        _check_comm(content.get("data"))


def _is_id(value: object) -> bool:
    return isinstance(value, str) and bool(ID.fullmatch(value))


def _check_comm(data: Any) -> None:
    if not isinstance(data, dict) or str(data.get("method")) not in METHODS:
        raise BadFrame("method")
    if data["method"] == "custom" and not isinstance(data.get("content"), dict):
        raise BadFrame("content")
    # Buffers are merged into the state later, past the check of its names.
    if data.get("buffer_paths"):
        raise BadFrame("buffers")
    state = data.get("state", {} if data["method"] != "update" else None)
    if not isinstance(state, dict):
        raise BadFrame("state")
    if not state.keys() <= STATE:
        raise BadFrame("trait")


def check_frame(frame: str | bytes) -> None:
    """Refuse a v1 frame that holds anything but a sound widget message.

    Raises:
        BadFrame, ValueError, RecursionError: what it holds is not that.
    """
    if not isinstance(frame, bytes):
        raise BadFrame("kind")
    channel, parts = split_frame(frame)
    read = [json.loads(part, parse_constant=_no_number) for part in parts[:4]]
    if not all(isinstance(one, dict) for one in read):
        raise BadFrame("shape")
    check_message(channel, read[0], read[3])


def _no_number(name: str) -> None:
    raise BadFrame(name)  # NaN and Infinity could not be sent back


class Channel(ZMQChannelsWebsocketConnection):
    """One browser's connection to its own kernel."""

    pace = Instance(Pace, ())

    def handle_incoming_message(self, incoming_msg: str | bytes) -> None:
        """Pass a sound widget message on; close the line on anything else."""
        try:
            if not self.pace.allows(incoming_msg):
                raise BadFrame("flood")
            self._check(incoming_msg)
        except (BadFrame, ValueError, RecursionError) as error:
            self.log.warning("a frame was refused: %s", type(error).__name__)
            self.websocket_handler.close(1008, "not a widget message")
            return
        super().handle_incoming_message(incoming_msg)  # type: ignore[arg-type]

    def _check(self, frame: str | bytes) -> None:
        if self.subprotocol == V1:
            check_frame(frame)
            return
        if not isinstance(frame, str) or len(frame) > MAX_FRAME:
            raise BadFrame("kind")
        message = json.loads(frame)
        if not isinstance(message, dict):
            raise BadFrame("shape")
        channel = str(message.get("channel"))
        check_message(channel, message.get("header"), message.get("content"))

    def _on_error(self, channel: str, msg: dict[str, Any], msg_list: list[Any]) -> None:
        """Keep the kernel's errors, which may quote what was typed, from the page."""
        if channel != "iopub":
            return
        header = self.get_part("header", msg["header"], msg_list)
        if header["msg_type"] != "error":
            return
        content = {"ename": "Error", "evalue": "", "traceback": []}
        msg["header"], msg["content"] = header, content
        if self.subprotocol == V1:
            msg_list[3] = self.session.pack(content)
