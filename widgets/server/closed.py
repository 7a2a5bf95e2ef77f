"""What is left of Jupyter's and Voilà's own addresses, closed to all but the owner.

Their error pages want files that are not served here, so every refusal is one line.
"""

from __future__ import annotations

from asyncio import Future
from http import HTTPStatus
from typing import Any

from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.iostream import StreamBufferFullError
from tornado.web import HTTPError
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from .forked_kernel import ForkedKernel
from .identity import owners
from .page_channel import PageChannel
from .quiet import Quiet

MAX_UNREAD = 8 * 2**20  # bytes; a whole page with its widgets is a tenth of it


class _Plain(Quiet):
    """Refuses in one line; nothing of what went wrong is told."""

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer with the name of the status."""
        for name, value in self.settings["headers"].items():
            self.set_header(name, value)  # a web socket has none of its own
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(HTTPStatus(status_code).phrase)


class OwnChannel(_Plain, VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """The web socket between a page and its own kernel."""

    @property
    def kernel_websocket_connection_class(self) -> Any:
        """What joins the two: frames as they are, or Jupyter's way over ZeroMQ."""
        kernel = self.kernel_manager.get_kernel(self.kernel_id)
        if isinstance(kernel, ForkedKernel):
            return PageChannel
        return super().kernel_websocket_connection_class

    async def pre_get(self) -> None:
        """Wait for the kernel; one that dies before it is there is not there."""
        try:
            await super().pre_get()
        except TimeoutError:
            raise HTTPError(404) from None

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Let no more wait for a browser than a page can need."""
        self.ws_connection.stream.max_write_buffer_size = MAX_UNREAD
        return super().open(*args, **kwargs)

    def on_message(self, message: str | bytes) -> None:
        """Hear nothing more on a line that is being closed."""
        if self.ws_connection and not self.ws_connection.is_closing():
            super().on_message(message)

    def write_message(
        self, message: bytes | dict[str, Any], binary: bool = False
    ) -> Any:
        """Send; that a phone is gone meanwhile is everyday, not a fault to log."""
        try:
            sent: Future[None] | None = super().write_message(message, binary)
        except StreamBufferFullError:  # it asks and asks, and reads nothing
            self.ws_connection.stream.close()
            return None
        if sent is not None:
            sent.add_done_callback(_heard)
        return sent


def _heard(sent: Future[None]) -> None:
    # Nobody waits for it: an exception that nobody asks for is logged as a crash.
    if not sent.cancelled():
        sent.exception()


class OwnKernel(_Plain, KernelHandler):
    """Tells a page whether its kernel lives; its good-bye alone ends it."""

    async def delete(self, kernel_id: str) -> None:
        """Refuse: only the page's good-bye ends a kernel."""
        raise HTTPError(HTTPStatus.METHOD_NOT_ALLOWED)


class OwnShutdown(_Plain, VoilaShutdownKernelHandler):  # type: ignore[misc]
    """Ends a kernel when its page is left, for its owner only."""

    async def post(self, kernel_id: str) -> None:
        """End the kernel; a stranger's request is refused."""
        owner = self.kernel_manager.owner(kernel_id)
        if owner is None or owner not in owners(self):
            raise HTTPError(HTTPStatus.FORBIDDEN)
        await super().post(kernel_id)  # type: ignore[misc]
