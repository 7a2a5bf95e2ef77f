"""What makes kernels, and what they have of it: nothing but memory."""

import asyncio
import json
import os
import re
from pathlib import Path

import psutil
import pytest
from forking import forked, maker, told, until

from widgets.link import packed
from widgets.server.forks import Forks

pytestmark = pytest.mark.skipif(
    not Forks.is_possible(), reason="this system starts every kernel the ordinary way"
)


EPOLL = "anon_inode:[eventpoll]"
GREETING = {
    "seal_key": "00" * 32,
    "session": "s",
    "shared": None,
    "invented": False,
    "answers": {},
    "status": {},
    "wall": {},
    "day": {},
    "mail": {"cards": {}, "invitations": []},
}


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


def fresh(process):
    """What a process holds open, without the three that everybody has."""
    held = Path(f"/proc/{process.pid}/fd")
    return {str(path.readlink()) for path in held.iterdir() if int(path.name) > 2}


def test_a_kernel_holds_nothing_open_but_its_own(tmp_path):
    """Its link, and what its event loop is made of: no file and nobody else's."""

    async def story(forks):
        made = [await forked(forks, tmp_path) for _ in range(3)]
        server = maker()
        for _, link in made:
            link.sendall(packed(b"L", json.dumps(GREETING).encode()))
        await until(lambda: all(EPOLL in fresh(process) for process, _ in made))
        each = [fresh(process) for process, _ in made]
        assert not set.union(*each) & fresh(server)
        for held in each:
            kinds = sorted(re.sub(r"\d+", "", name) for name in held)
            assert kinds == [EPOLL, *3 * ["socket:[]"]]
        sockets = [name for held in each for name in held if "socket" in name]
        assert len(set(sockets)) == len(sockets)
        for _, link in made:
            link.close()

    told(story)


def test_what_makes_kernels_has_one_thread_one_socket_and_no_file():
    async def story(forks):
        server = maker()
        assert server.num_threads() == 1
        assert [name for name in fresh(server) if not name.startswith("socket:")] == []
        assert len(fresh(server)) == 1
        assert server.open_files() == []

    told(story)


async def come_and_go(forks, folder):
    made = await asyncio.gather(*(forked(forks, folder) for _ in range(10)))
    for _, link in made:
        link.close()
    await until(lambda: all(process.poll() is not None for process, _ in made))


def test_many_kernels_come_and_go_and_nothing_stays(tmp_path):
    async def story(forks):
        await until(lambda: forks._copy is not None)
        server = maker()
        own = psutil.Process()
        before = own.num_fds(), fresh(server), len(own.children(recursive=True))
        for _ in range(20):
            await come_and_go(forks, tmp_path)
        await asyncio.sleep(0.1)
        after = own.num_fds(), fresh(server), len(own.children(recursive=True))
        assert after == before

    told(story)
