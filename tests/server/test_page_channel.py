"""Between a page and its forked kernel: what neither of them may do to the server."""

import asyncio
import signal
import socket
import subprocess
import sys

import pytest

from widgets.line import Message
from widgets.link import FRAME, packed
from widgets.server.channel import MAX_FRAME
from widgets.server.forked_kernel import MAX_UNREAD, ForkedKernel
from widgets.server.forked_process import ForkedProcess
from widgets.server.forks import Forks


class Role:
    """Nobody in particular."""

    async def hello(self) -> Message:
        return {}

    async def do(self, message: Message) -> Message:
        return {}

    def listen(self, push):
        return []


@pytest.fixture
def kernel():
    return ForkedKernel("k" * 36, Role(), lambda: None)


def test_a_kernel_that_talks_to_nobody_is_idle_and_nothing_is_kept(kernel):
    before = kernel.last_activity
    for _ in range(1000):
        kernel.data_received(packed(FRAME, b"x" * 10_000))
    assert kernel.last_activity == before  # so that it is culled like every other one
    assert kernel._buffer == b""
    assert kernel._requests.empty()


@pytest.mark.skipif(not Forks.is_possible(), reason="nothing is forked here")
def test_a_kernel_that_hears_nobody_is_ended():
    ended = []
    deaf = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])

    async def story():
        ours, theirs = socket.socketpair()
        kernel = ForkedKernel("k" * 36, Role(), lambda: ended.append(True))
        kernel._process = ForkedProcess(deaf.pid)
        loop = asyncio.get_running_loop()
        await loop.create_connection(lambda: kernel, sock=ours)
        for _ in range(2 * MAX_UNREAD // MAX_FRAME):
            kernel.receive(b"x" * MAX_FRAME)
        theirs.close()

    asyncio.run(story())
    assert ended == [True]
    assert deaf.wait(10) == -signal.SIGKILL
