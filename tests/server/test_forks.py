"""The fork server: pages that are ready, kernels that are forked, and its death."""

import asyncio
import os
import signal
import subprocess
import sys

import psutil
import pytest

from widgets.server.forks import ForkedProcess, Forks, NoFork, passed_on

pytestmark = pytest.mark.skipif(
    not Forks.is_possible(), reason="this system starts every kernel the ordinary way"
)


def told(story):
    """Run a story with a fork server in a loop of its own."""

    async def run():
        forks = Forks()
        forks.start()
        try:
            await until(lambda: forks.pages)
            await story(forks)
        finally:
            forks.stop()

    asyncio.run(run())


async def until(is_so, seconds=60):
    for _ in range(seconds * 20):
        if is_so():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not happen")


def test_every_page_is_ready_in_both_languages():
    async def story(forks):
        assert {"nl/opening", "en/opening", "nl/difference"} <= set(forks.pages)
        for outputs in forks.pages.values():
            assert any(outputs.values())

    told(story)


def test_a_kernel_dies_without_its_server_s_line(tmp_path):
    """Nothing answers at the address that it is given, so it ends at once."""

    async def story(forks):
        order = {"WORKBOOK_ROOM": f"unix:{tmp_path}/none", "WORKBOOK_CAPABILITY": "x"}
        process = await forks.fork(
            "nl/opening", "none.json", kernel="k", env=order, cwd=str(tmp_path)
        )
        await until(lambda: process.poll() is not None)
        assert process.wait() == -1
        process.kill()  # what is gone is not an error

    told(story)


def test_a_page_that_nobody_prepared_is_not_forked(tmp_path):
    async def story(forks):
        with pytest.raises(NoFork):
            await forks.fork("nl/nothing", "", kernel="k", env={}, cwd=str(tmp_path))

    told(story)


def test_a_dead_fork_server_is_replaced(tmp_path):
    async def story(forks):
        (server,) = psutil.Process().children()
        first = forks.generation
        server.kill()
        await until(lambda: not forks.pages)
        with pytest.raises(NoFork):
            await forks.fork("nl/opening", "", kernel="k", env={}, cwd=str(tmp_path))
        await until(lambda: forks.pages)
        assert forks.generation == first + 1

    told(story)


def test_changed_content_is_read_again(monkeypatch):
    async def story(forks):
        forks.look()
        assert forks.pages
        monkeypatch.setattr("widgets.server.forks._newest", lambda: 4e9)
        forks._looked = -1e9
        forks.look()
        assert not forks.pages
        await until(lambda: forks.pages)

    told(story)


def test_a_process_is_held_by_a_handle_that_is_only_its_own():
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    held = ForkedProcess(child.pid)
    assert held.poll() is None
    held.send_signal(signal.SIGKILL)
    assert held.wait() == -1
    child.wait()
    assert ForkedProcess(child.pid).poll() == -1


def test_only_what_a_process_needs_is_passed_on():
    secret = {"DATABASE_URL": "x", "WORKBOOK_TRAINER_KEY": "x", "SSH_AUTH_SOCK": "x"}
    assert passed_on(secret | {"PATH": os.environ["PATH"], "PYTHONPATH": "y"}) == {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": "y",
    }
