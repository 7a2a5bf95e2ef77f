"""The binary frames in which a page and its kernel speak, Jupyter's protocol v1.

A frame is a count, that many offsets (8 bytes each, little endian), then the parts: the
channel, header, parent header, metadata, content, and buffers if there are any.
"""

from __future__ import annotations

from itertools import pairwise

V1 = "v1.kernel.websocket.jupyter.org"
CONTROL_TARGET = "jupyter.widget.control"


def offsets_of(frame: bytes) -> list[int]:
    """Return where the parts begin, and where the last one ends; nothing is checked."""
    count = int.from_bytes(frame[:8], "little")
    numbers = [frame[8 * place : 8 * (place + 1)] for place in range(1, count + 1)]
    return [int.from_bytes(number, "little") for number in numbers]


def parts_of(frame: bytes) -> list[bytes]:
    """Return the parts of a frame that was checked, the channel first."""
    return [frame[start:end] for start, end in pairwise(offsets_of(frame))]


def frame_of(parts: list[bytes]) -> bytes:
    """Return the frame of these parts, the channel first."""
    offsets = [8 * (len(parts) + 2)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    numbers = [len(offsets), *offsets]
    return b"".join([*(number.to_bytes(8, "little") for number in numbers), *parts])
