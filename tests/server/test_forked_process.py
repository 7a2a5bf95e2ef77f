"""The handle of a kernel's process: only its own, and gone when the process is."""

import asyncio
import os
import resource
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

from widgets.server.forked_process import ForkedProcess
from widgets.server.forks import Forks

pytestmark = pytest.mark.skipif(
    not Forks.is_possible(), reason="this system starts every kernel the ordinary way"
)
COUNTED_BY_SELECT = 1024


@pytest.fixture
def child():
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    yield child
    child.kill()
    child.wait()
    child.stdin.close()


@contextmanager
def a_full_room():
    """As many open files as three hundred people need."""
    limits = soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = COUNTED_BY_SELECT + 200
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(COUNTED_BY_SELECT)]
    try:
        yield
    finally:
        for one in opened:
            os.close(one)
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def is_open(handle):
    try:
        os.fstat(handle)
    except OSError:
        return False
    return True


def test_a_process_is_held_by_a_handle_that_is_only_its_own(child):
    held = ForkedProcess(child.pid)
    assert held.poll() is None
    held.send_signal(signal.SIGKILL)
    assert held.wait() == -1
    child.wait()
    assert ForkedProcess(child.pid).poll() == -1


@pytest.mark.parametrize("asked", [True, False])
def test_a_handle_goes_with_its_process_whether_or_not_anybody_asks(child, asked):
    held = ForkedProcess(child.pid)
    handle = held._handle
    child.kill()
    child.wait()
    if asked:
        assert held.wait() == -1
    del held
    assert not is_open(handle)


def test_a_handle_that_is_watched_goes_at_once_and_by_itself(child):
    async def story():
        held = ForkedProcess(child.pid)
        held.watch()
        await asyncio.sleep(0.05)
        assert held.returncode is None
        assert is_open(held._handle)
        child.kill()
        child.wait()
        await asyncio.sleep(0.05)
        assert held.returncode == -1
        assert not is_open(held._handle)
        assert not asyncio.get_running_loop().remove_reader(held._handle)

    asyncio.run(story())


def test_a_full_room_has_more_open_than_select_can_count(child):
    with a_full_room():
        held = ForkedProcess(child.pid)
        assert held._handle > COUNTED_BY_SELECT
        assert held.poll() is None
        held.kill()
        assert held.wait() == held.returncode == -1
