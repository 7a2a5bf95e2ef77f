"""Between a page and its forked kernel: what neither of them may do to the server."""

import pytest

from widgets.line import Message
from widgets.link import FRAME, packed
from widgets.server.forked_kernel import ForkedKernel


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
