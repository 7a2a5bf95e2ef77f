"""A trainer's room over a real line: what it hears, and what it can do."""

import asyncio

from room_server import served, settled, until

from widgets.line import Line
from widgets.server.trainer import TrainerRole
from widgets.trainer_room import TrainerRoom

MOVED = "opening/first_moved"


def test_the_trainer_s_room_hears_and_steers(tmp_path):
    with served(tmp_path, variant="full-day") as server:

        async def story():
            capability = server.lines.issue(TrainerRole(server.desk, server.row))
            line = Line(server.lines.address, capability)
            server.kernels.append(line)
            trainer = TrainerRoom(line)
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
