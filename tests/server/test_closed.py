"""What is left of Jupyter's own addresses."""

import asyncio
import gc
from typing import Any

from tornado.websocket import WebSocketClosedError

from widgets.server.closed import OwnChannel


class CutLine:
    """A connection that is found broken only when something is sent."""

    def is_closing(self) -> bool:
        return False

    def write_message(self, message: bytes, binary: bool) -> "asyncio.Future[None]":
        async def send() -> None:
            raise WebSocketClosedError

        return asyncio.ensure_future(send())


def test_a_phone_that_is_gone_is_no_fault_in_the_log():
    complaints: list[dict[str, Any]] = []

    async def send() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: complaints.append(context))
        channel: Any = OwnChannel.__new__(OwnChannel)
        channel.ws_connection = CutLine()
        channel.write_message(b"", binary=True)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        gc.collect()

    asyncio.run(send())
    assert not complaints
