"""Kernels' lines to a real desk: a server in a thread, rooms in the test's own loop."""

import asyncio
import contextlib
import shutil
import tempfile
import threading
import time
from pathlib import Path

from widgets.content import load
from widgets.line import Line
from widgets.room import ServedRoom
from widgets.server.desk import Desk
from widgets.server.lines import Lines, ParticipantRole
from widgets.store import Store

PATIENCE = 5


class MortalLines(Lines):
    """Lines that can break off, as those of a server that dies."""

    def __init__(self, *args):
        super().__init__(*args)
        self.writers = []

    async def _serve(self, reader, writer):
        self.writers.append(writer)
        await super()._serve(reader, writer)

    async def stop(self):
        await super().stop()
        for writer in self.writers:
            writer.transport.abort()


class RoomServer:
    """A desk on a SQLite file, and the socket on which kernels speak to it."""

    def __init__(self, folder, variant="self-study"):
        self.folder = folder
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        # The address of a Unix socket is short; a test's own folder may not be.
        self.place = Path(tempfile.mkdtemp(prefix="room-"))
        self.store = Store(f"sqlite:///{folder / 'workbook.db'}")
        self.store.migrate()
        self.desk = Desk(self.store, load(), "http://192.168.1.20:8866")
        self.lines = MortalLines(self.desk, self.place / "room.sock")
        self.run(self.lines.start())
        self.kernels = []
        self.row = self.run(self.desk.new_session("Team", "nl", variant))

    def run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(20)

    def join(self, counting=True):
        return self.run(self.desk.join(self.row.code, "nl", counting))

    def who(self, secret):
        return self.run(self.desk.admit(secret))

    def capability(self, secret):
        who, keys = self.who(secret)
        return self.lines.issue(ParticipantRole(self.desk, who, keys.seal))

    def line(self, secret):
        made = Line(self.lines.address, self.capability(secret))
        self.kernels.append(made)
        return made

    def room(self, secret):
        """A participant's room; to be called where a loop runs, as in a kernel."""
        room = ServedRoom(self.line(secret))
        room.begin()
        return room

    def values(self, exercise):
        return self.run(self.desk.values(self.row, exercise))

    def on_disk(self):
        return b"".join(one.read_bytes() for one in self.folder.glob("workbook.db*"))

    def stop_lines(self):
        """Leave every kernel alone, as a server that dies does."""

        self.run(self.lines.stop())

    def close(self):
        self.stop_lines()
        for line in self.kernels:
            line._socket.close()  # a kernel never lets go of its line: it ends
        self.desk.close()
        self.store.close()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()
        shutil.rmtree(self.place)


async def until(is_so, patience=PATIENCE):
    """Let the room's loop turn until something holds."""
    end = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < end, "it did not come about in time"
        await asyncio.sleep(0.01)


async def settled(act, *args, **options):
    """Carry out one request of a room; gives the error code, None when all is well."""
    said = []
    act(*args, done=said.append, **options)
    await until(lambda: said)
    (code,) = said
    return code


async def keep(room, exercise, answer, complete=True):
    """Keep an answer as the frame does."""
    counts = load().exercise(exercise).counted(answer)
    return await settled(room.keep, exercise, answer, complete=complete, counted=counts)


async def stays(is_so, seconds=0.3):
    """Tell whether something still holds a moment later."""
    await asyncio.sleep(seconds)
    return is_so()


def counted_now(server):
    """Every counted value of the session: field id to values."""
    found = {}
    for exercise in load().exercises:
        for field, values in server.values(exercise).items():
            found[f"{exercise}.{field}"] = sorted(values)
    return found


@contextlib.contextmanager
def served(folder, **options):
    server = RoomServer(folder, **options)
    try:
        yield server
    finally:
        server.close()
