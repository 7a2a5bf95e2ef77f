"""A trainer's room on a real desk and a real store, without the socket in between."""

import asyncio
from dataclasses import replace
from pathlib import Path

from widgets import content
from widgets.sealed import OwnAnswers
from widgets.server.desk import Desk, DeskError
from widgets.server.overview import overview
from widgets.server.trainer import TrainerRole
from widgets.store import Store

PLACES = ["L", "P", "B"]


class LiveRoom:
    def __init__(self, folder: Path, language="nl", variant="full-day"):
        store = Store(f"sqlite:///{folder}/workbook.db")
        store.migrate()
        self.desk = Desk(store, content.load(), "http://192.168.1.20:8866")
        title = "Leiderschap in de wijk" if language == "nl" else "Leading locally"
        self.row = asyncio.run(self.desk.new_session(title, language, variant))
        self.role = TrainerRole(self.desk, self.row)
        self.commands = []
        self.watching = []

    def overview(self):
        async def read():
            return await overview(self.desk, await self.desk.session(self.row.code))

        return asyncio.run(read())

    def watch(self, callback):
        self.watching.append(callback)

    def do(self, command, done):
        self.commands.append(command)
        try:
            asyncio.run(self.role.command(command))
        except DeskError as error:
            done(error.code)
        else:
            done(None)
        self.changed()

    def changed(self):
        for callback in self.watching:
            callback()

    def command(self, **command):
        problems = []
        self.do(command, problems.append)
        assert problems == [None]

    def people(self, n):
        joined = [self._joined() for _ in range(n)]
        self.changed()
        return joined

    def _joined(self):
        secret = asyncio.run(self.desk.join(self.row.code, "nl", True))
        return asyncio.run(self.desk.admit(secret))

    def answer(self, person, exercise, answer):
        who, keys = person
        sealed = OwnAnswers(keys.seal, self.row.id).seal(exercise, answer)
        counts = self.desk.workbook.exercise(exercise).counted(answer)
        asyncio.run(self._keep_while_open(who, exercise, sealed, counts))
        self.changed()

    async def _keep_while_open(self, who, exercise, sealed, counts):
        """Answers count while the exercise is open; afterwards all is as it was."""
        state = (await self.desk.states(self.row))[exercise]
        opened = replace(state, is_open=True, was_opened=True)
        await self.desk.set_state(self.row, exercise, opened)
        await self.desk.keep(who, exercise, sealed, complete=True, counts=counts)
        await self.desk.set_state(self.row, exercise, state)

    def post(self, person, field, text):
        asyncio.run(self.desk.post(person[0], field, text))
        self.changed()

    def sort_cards(self, people, form="A"):
        cards = [f"{form}{number:02}" for number in range(1, 13)]
        for at, person in enumerate(people):
            spread = {
                card: PLACES[(row + (at % 3 if at < row else 0)) % 3]
                for row, card in enumerate(cards)
            }
            answer = {"form": form, "order": cards, "placed": spread, "done": True}
            self.answer(person, "difference/sorting", answer)
