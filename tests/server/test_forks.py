"""The fork server: pages that are ready, kernels that are forked, and its death."""

import asyncio
import os
import signal
import socket
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


async def forked(forks, folder, page="nl/opening"):
    """A forked kernel and the server's end of its link."""
    ours, theirs = socket.socketpair()
    try:
        order = {"kernel": "k" * 12, "env": {"LANG": "nl"}, "cwd": str(folder)}
        return await forks.fork(page, theirs, **order), ours
    except NoFork:
        ours.close()
        raise


def test_a_kernel_ends_when_its_link_does(tmp_path):
    async def story(forks):
        process, link = await forked(forks, tmp_path)
        assert process.poll() is None
        link.close()
        await until(lambda: process.poll() is not None)
        assert process.wait() == -1
        process.kill()  # what is gone is not an error

    told(story)


def test_a_kernel_has_a_process_and_an_environment_of_its_own(tmp_path):
    async def story(forks):
        process, link = await forked(forks, tmp_path)
        seen = psutil.Process(process.pid)
        await until(lambda: seen.name() == f"wb-{'k' * 12}")
        assert os.getpgid(process.pid) == process.pid
        assert seen.cwd() == str(tmp_path)
        assert seen.num_threads() == 1
        assert [one.laddr for one in seen.net_connections("inet")] == []
        link.close()
        await until(lambda: process.poll() is not None)

    told(story)


def test_many_orders_at_once_are_all_carried_out(tmp_path):
    async def story(forks):
        made = await asyncio.gather(*(forked(forks, tmp_path) for _ in range(40)))
        assert len({process.pid for process, _ in made}) == 40
        for _, link in made:
            link.close()
        await until(lambda: all(process.poll() is not None for process, _ in made))

    told(story)


def test_a_page_that_nobody_prepared_is_not_forked(tmp_path):
    async def story(forks):
        with pytest.raises(NoFork):
            await forked(forks, tmp_path, "nl/nothing")

    told(story)


def test_a_dead_fork_server_is_replaced(tmp_path):
    async def story(forks):
        (server,) = psutil.Process().children()
        first = forks.generation
        server.kill()
        await until(lambda: not forks.pages)
        with pytest.raises(NoFork):
            await forked(forks, tmp_path)
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
