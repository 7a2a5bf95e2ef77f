"""What the terminal of a trainer says: nothing, as long as nothing is the matter."""

import asyncio
import logging

from e2e.house import house
from guests import Running, connect

from widgets.server.quiet import News


def test_a_room_in_order_says_nothing():
    with house() as served:
        room = Running(served, None)
        begun = len(served.log)
        for page in ("control", "screen"):
            assert room.trainer.get(f"trainer/{room.code}/{page}").status_code == 200

        async def story():
            line = await connect(room, room.anna, room.anna_s)
            await asyncio.sleep(1)
            line.close()

        asyncio.run(story())
        assert served.log[begun:] == ""


def test_anything_else_is_news():
    def record(text):
        return logging.LogRecord("any", logging.WARNING, "", 1, text, ("x",), None)

    assert not News().filter(record("Notebook %s is not trusted"))
    assert News().filter(record("Notebook %s is broken"))
    assert News().filter(record("saving: %s"))
