"""The fork server: pages that are ready, kernels that are forked, and its death."""

import asyncio
import os
import sys
import time

import psutil
import pytest
from forking import forked, maker, told, until

from widgets.server.forks import Forks, NoFork, passed_on, watched

pytestmark = pytest.mark.skipif(
    not Forks.is_possible(), reason="this system starts every kernel the ordinary way"
)


def test_every_page_is_ready_in_both_languages():
    async def story(forks):
        assert {"nl/opening", "en/opening", "nl/difference"} <= set(forks.pages)
        for outputs in forks.pages.values():
            assert any(outputs.values())

    told(story)


def test_a_kernel_ends_when_its_link_does(tmp_path):
    async def story(forks):
        process, link = await forked(forks, tmp_path)
        assert process.poll() is None
        link.close()
        await until(lambda: process.poll() is not None)
        assert process.wait() == -1
        process.kill()  # what is gone is not an error

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


async def copy_of(server, forks):
    """The copy of what makes kernels, once nothing else is left of it."""
    await until(lambda: forks._copy is not None and len(server.children()) == 1)
    return server.children()[0]


def test_when_the_fork_server_dies_its_copy_goes_on(tmp_path):
    async def story(forks):
        server = maker()
        generation = forks.generation
        for _ in range(3):  # also the copy of a copy
            copy = await copy_of(server, forks)
            server.kill()
            try:
                process, link = await forked(forks, tmp_path)
            except NoFork:  # what it was asked already is asked once more
                process, link = await forked(forks, tmp_path)
            assert psutil.Process(process.pid).ppid() == copy.pid
            assert forks.generation == generation
            link.close()
            server = copy

    told(story)


async def all_die(forks):
    await until(lambda: forks._copy is not None)
    server = maker()
    for one in (server, *server.children()):
        one.kill()
    await until(lambda: not forks.pages)


def test_dead_fork_servers_are_replaced(tmp_path):
    async def story(forks):
        first = forks.generation
        await all_die(forks)
        with pytest.raises(NoFork):
            await forked(forks, tmp_path)
        await until(lambda: forks.pages)
        assert forks.generation == first + 1

    told(story)


def test_whoever_comes_meanwhile_waits_for_the_next_fork_server():
    async def story(forks):
        await all_die(forks)
        began = time.monotonic()
        await forks.back()
        assert forks.pages
        assert time.monotonic() - began > 0.1  # Python alone takes longer to start
        await forks.back()  # and nobody waits for one that is there

    told(story)


def test_nobody_waits_for_one_that_cannot_begin(monkeypatch):
    async def story(forks):
        monkeypatch.setattr(sys, "executable", "/no/such/python")
        await all_die(forks)
        await asyncio.wait_for(forks.back(), 5)
        assert not forks.pages

    told(story)


def test_nobody_waits_for_ever(monkeypatch, tmp_path):
    monkeypatch.setattr("widgets.server.forks.BACK", 0.05)
    slow = tmp_path / "python"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o700)

    async def story(forks):
        monkeypatch.setattr(sys, "executable", str(slow))
        await all_die(forks)
        began = time.monotonic()
        await forks.back()
        assert not forks.pages
        assert 0.05 <= time.monotonic() - began < 5

    told(story)


def test_changed_content_is_read_again(monkeypatch):
    async def story(forks):
        forks.look()
        assert forks.pages
        monkeypatch.setattr("widgets.server.forks._newest", lambda: 4e9)
        forks._looked = -1e9
        forks.look()
        assert not forks.pages
        await forks.back()
        assert forks.pages

    told(story)


def test_only_what_a_process_needs_is_passed_on():
    secret = {"DATABASE_URL": "x", "WORKBOOK_TRAINER_KEY": "x", "SSH_AUTH_SOCK": "x"}
    assert passed_on(secret | {"PATH": os.environ["PATH"], "PYTHONPATH": "y"}) == {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": "y",
    }


def test_what_is_watched_is_ours(tmp_path, monkeypatch):
    kept = ("widgets/one.py", "data/deep/two.toml")
    other = ("widgets/frontend/node_modules/three.py", "widgets/four.txt")
    for name in (*kept, *other):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.setattr("widgets.server.forks.WATCHED", [tmp_path])
    found = {path.relative_to(tmp_path).as_posix() for path in watched()}
    assert found == set(kept)
