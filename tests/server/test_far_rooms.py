"""A room spread over two replicas: whatever one desk writes, the other hears of."""

import asyncio

import pytest
from postgres import fresh_database
from room_server import until

from widgets.content import load
from widgets.sealed import OwnAnswers
from widgets.server.desk import Desk
from widgets.server.trainer import TrainerRole
from widgets.store import Store

WISH, MOVED, CARD = "opening/learning_wish", "opening/first_moved", "mirror/card"
ROOM = {("states", "session"), ("counts", "session")}
MINE = {("participant", "anna"), ("counts", "session")}


class Far:
    """Two desks on one PostgreSQL; Anna is at the near one."""

    async def begin(self, url, variant="self-study"):
        self.stores = [Store(url), Store(url)]
        self.stores[0].migrate()
        self.near, self.far = (Desk(one, load(), "http://x") for one in self.stores)
        self.row = await self.near.new_session("Team", "nl", variant)
        self.secret = await self.near.join(self.row.code, "nl", True)
        self.who, self.keys = await self.near.admit(self.secret)
        self.own = OwnAnswers(self.keys.seal, self.row.id)
        self.names = {self.row.id: "session", self.who.participant_id: "anna"}
        self.heard, listening = set(), asyncio.Event()
        self.listener = self.stores[1].listener(1, self._hear, listening.set)
        self.listener.start()
        await listening.wait()
        return self

    def _hear(self, topic):
        self.heard.add((topic[0], self.names.get(topic[1], topic[1])))

    async def hears(self, *topics):
        await until(lambda: self.heard >= set(topics))
        assert self.heard == set(topics)
        self.heard.clear()

    def end(self):
        self.listener.stop()
        for desk, store in zip((self.near, self.far), self.stores, strict=True):
            desk.close()
            store.close()


@pytest.fixture
def story():
    """Run a story in a room that two desks share."""

    def tell(what, variant="self-study"):
        async def told():
            room = await Far().begin(fresh_database(), variant)
            try:
                await what(room)
            finally:
                room.end()

        asyncio.run(told())

    return tell


async def keep(room, answer="self"):
    sealed = room.own.seal(MOVED, {"first_moved": answer})
    counts = {"first_moved": answer}
    await room.near.keep(room.who, MOVED, sealed, complete=True, counts=counts)


def test_what_a_participant_does_is_heard_far_away(story):
    async def what(room):
        await keep(room)
        await room.hears(*MINE)
        assert (await room.far.values(room.row, MOVED)) == {"first_moved": ["self"]}
        await room.near.set_counting(room.secret, False)
        await room.hears(*MINE)
        assert (await room.far.values(room.row, MOVED)) == {}
        await room.near.post(room.who, f"{WISH}.wish", "van hier")
        await room.hears(*MINE)
        await room.near.withdraw(room.who, f"{WISH}.wish")
        await room.hears(*MINE)
        await room.near.join(room.row.code, "nl", True)
        await room.hears(("counts", "session"))
        await room.near.forget(room.secret)
        await room.hears(*MINE, ("gone", "anna"))
        assert await room.far.admit(room.secret) is None

    story(what)


def test_a_card_is_heard_far_away(story):
    async def what(room):
        await room.near.cards.invite(room.who, CARD, b"k" * 32)
        await room.hears(("participant", "anna"))
        bram, _ = await room.far.admit(await room.far.join(room.row.code, "nl", True))
        mail = await room.far.cards.mail(room.who)
        await room.near.cards.give(bram, CARD, mail.invitations[0].code, b"sealed")
        await room.hears(("participant", "anna"))
        assert (await room.far.cards.mail(room.who)).cards
        await room.near.cards.invite(room.who, CARD, b"k" * 32)
        again = await room.far.cards.mail(room.who)
        await room.near.cards.uninvite(room.who, again.invitations[0].code)
        await room.hears(("participant", "anna"))

    story(what)


def test_what_a_trainer_does_is_heard_far_away(story):
    async def what(room):
        await room.near.post(room.who, f"{WISH}.wish", "van hier")
        await room.hears(*MINE)
        (text,) = await room.far.texts(room.row)
        await room.near.judge(room.row, text["id"], "approved")
        await room.hears(*ROOM)
        trainer = TrainerRole(room.near, room.row)
        await trainer.command({"do": "open", "exercise": MOVED})
        await room.hears(*ROOM)
        assert (await room.far.states(room.row))[MOVED].is_open
        await room.near.set_focus(room.row, "blank", None)
        await room.hears(*ROOM)
        await room.near.end(room.row.code)
        await room.hears(*ROOM)
        await room.near.delete(room.row.code)
        await room.hears(*ROOM)

    story(what, "full-day")


def test_two_trainers_on_two_replicas_never_act_through_each_other(story):
    async def what(room):
        near = TrainerRole(room.near, room.row)
        far = TrainerRole(room.far, room.row)
        step = {"do": "timer", "act": "more", "minutes": 1}
        start = {"do": "timer", "act": "start", "minutes": 10}
        await near.command(start)
        await asyncio.gather(*(one.command(step) for one in (near, far) * 20))
        day = await room.far.day(room.row.id)
        assert 49 * 60 <= day["timer"]["left"] <= 50 * 60

    story(what, "full-day")
