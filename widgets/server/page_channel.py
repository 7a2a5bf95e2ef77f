"""The web socket between a page and a forked kernel: frames pass as they are."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ..frames import V1
from .channel import BadFrame, check_frame
from .forked_kernel import ForkedKernel


class PageChannel:
    """One connection of one page, as Jupyter's web socket handler wants it."""

    kernel_ws_protocol = V1

    def __init__(self, parent: ForkedKernel, websocket_handler: Any, **_: Any) -> None:
        self._kernel, self._handler = parent, websocket_handler
        self._is_joined = False
        self.session = SimpleNamespace(session="")  # Jupyter notes there who it is

    async def connect(self) -> None:
        """Join page and kernel; a page that speaks another protocol is sent away."""
        if self._handler.selected_subprotocol != V1:
            self._handler.close(1002, "this protocol is not spoken here")
            return
        self._handler.kernel_manager.notify_connect(self._kernel.kernel_id)
        self._kernel.attach(self)
        self._is_joined = True

    def disconnect(self) -> None:
        """The browser is gone."""
        if self._is_joined:
            self._is_joined = False
            self._handler.kernel_manager.notify_disconnect(self._kernel.kernel_id)
            self._kernel.detach(self)

    def handle_incoming_message(self, frame: str | bytes) -> None:
        """Pass a sound widget message on; close the line on anything else."""
        try:
            if not self._kernel.pace.allows(frame):
                raise BadFrame("flood")
            check_frame(frame)
        except (BadFrame, ValueError, RecursionError) as error:
            kind = type(error).__name__
            self._handler.log.warning("a frame was refused: %s", kind)
            self._handler.close(1008, "not a widget message")
            return
        assert isinstance(frame, bytes)
        self._kernel.receive(frame)

    def show(self, frame: bytes) -> None:
        """Send a frame to the browser."""
        if self._handler.ws_connection and not self._handler.ws_connection.is_closing():
            self._handler.write_message(frame, binary=True)

    def close(self) -> None:
        """Say that the kernel is gone."""
        self._handler.close(1001, "the kernel is gone")
