"""A trainer's room over a real line: what it hears, and what it can do."""

import asyncio
import os
import sqlite3
from functools import partial

import pytest
import sqlalchemy as sa
from room_server import keep, served, settled, until

from widgets import database
from widgets.line import Line
from widgets.server.trainer import TrainerRole
from widgets.store import StoreTrouble
from widgets.trainer_room import TrainerRoom

MOVED, WISH = "opening/first_moved", "opening/learning_wish"


def trainer_of(server):
    capability = server.lines.issue(TrainerRole(server.desk, server.row))
    line = Line(server.lines.address, capability)
    server.kernels.append(line)
    return TrainerRoom(line)


def test_the_trainer_s_room_hears_and_steers(tmp_path):
    with served(tmp_path, variant="full-day") as server:

        async def story():
            trainer = trainer_of(server)
            assert trainer.language == "nl"
            rung = []
            trainer.watch(lambda: rung.append(True))
            assert await settled(trainer.do, {"do": "open", "exercise": MOVED}) is None
            focus = {"view": "exercise", "exercise": MOVED}
            await until(lambda: rung and trainer.overview()["focus"] == focus)
            problem = await settled(trainer.do, {"do": "show", "exercise": MOVED})
            assert problem == "not_enough"
            server.stop_lines()
            assert await settled(trainer.do, {"do": "next"}) == "no_server"

        asyncio.run(story())


@pytest.fixture
def hasty(monkeypatch):
    """A store that does not wait long for another program."""
    monkeypatch.setattr(
        database, "PRAGMAS", ("busy_timeout=100", *database.PRAGMAS[1:])
    )


def test_the_trainer_hears_that_nothing_can_be_read_or_saved(hasty, tmp_path):
    with served(tmp_path, variant="full-day") as server:
        secret = server.join()

        async def story():
            trainer, room = trainer_of(server), server.room(secret)
            trainer.watch(lambda: None)
            before = trainer.overview()
            assert before["trouble"] == ""
            other = sqlite3.connect(tmp_path / "workbook.db", isolation_level=None)
            other.execute("BEGIN EXCLUSIVE")
            assert await keep(room, WISH, {"wish": "wacht even"}) == "not_saved"
            await until(lambda: trainer.overview()["trouble"] == "other")
            assert trainer.overview() == {**before, "trouble": "other"}
            said = await settled(trainer.do, {"do": "open", "exercise": MOVED})
            assert said == "not_saved"
            other.execute("COMMIT")
            other.close()
            assert await keep(room, WISH, {"wish": "wacht even"}) is None
            await until(lambda: trainer.overview()["trouble"] == "")
            assert server.room(secret).answer(WISH) == {"wish": "wacht even"}

        asyncio.run(story())


def test_the_trainer_hears_that_the_disk_is_full_until_something_is_saved(tmp_path):
    with served(tmp_path, variant="full-day") as server:
        secret = server.join()
        server.store._rows(sa.text("PRAGMA max_page_count=1"))

        who, _ = server.who(secret)
        much = partial(server.desk.keep, who, WISH, complete=True, counts={})

        async def story():
            trainer, room = trainer_of(server), server.room(secret)
            trainer.watch(lambda: None)
            with pytest.raises(StoreTrouble, match="the disk is full"):
                server.run(much(os.urandom(500_000)))
            await until(lambda: trainer.overview()["trouble"] == "full")
            server.store._rows(sa.text("PRAGMA max_page_count=1000000"))
            assert trainer.overview()["trouble"] == "full"
            assert await keep(room, WISH, {"wish": "het past"}) is None
            await until(lambda: trainer.overview()["trouble"] == "")

        asyncio.run(story())
