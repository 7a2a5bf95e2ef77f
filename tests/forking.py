"""A fork server in a test, and the kernels that it makes."""

import asyncio
import socket

import psutil

from widgets.server.forks import Forks, NoFork


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


def maker():
    """The process that makes kernels."""
    children = psutil.Process().children()
    (found,) = (one for one in children if "widgets.fork_server" in one.cmdline())
    return found


async def until(is_so, seconds=60):
    for _ in range(seconds * 20):
        if is_so():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not happen")


async def forked(forks, folder, page="nl/opening"):
    """A forked kernel and the server's end of its link."""
    ours, theirs = socket.socketpair()
    try:
        order = {"kernel": "k" * 12, "env": {"LANG": "nl"}, "cwd": str(folder)}
        return await forks.fork(page, theirs, **order), ours
    except NoFork:
        ours.close()
        raise
