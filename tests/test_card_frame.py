"""The frame of a mirror card, in rooms on real lines to a real desk."""

import asyncio

import pytest
from memory_room import Room
from room_server import keep, served, settled, until

from widgets import vault
from widgets.card_frame import CardFrame
from widgets.content import load, words
from widgets.sealed import to_text

ID = "mirror/card"
CARD = load().exercise(ID)
TEXTS = {"saw": "je vroeg door", "effect": "ik dacht na", "option": "wacht even"}
SAID = words("nl")["card"]


@pytest.fixture
def server(tmp_path):
    with served(tmp_path) as server:
        yield server


def framed(room):
    return CardFrame(CARD, room, "nl")


def do(frame, act, **more):
    frame._on_message(frame, {"do": act, **more}, [])


async def invited(frame):
    do(frame, "invite")
    await until(lambda: frame.mail["invitations"])
    return frame.mail["invitations"][0]["code"]


async def said(frame, act):
    await until(lambda: frame.mail["said"].get("act") == act)
    return frame.mail["said"]


async def written(room, texts=TEXTS):
    assert await keep(room, ID, CARD.check(texts)) is None


def test_a_card_goes_from_one_to_the_other(server):
    mine, theirs = server.join(), server.join()

    async def story():
        receiver, giver = framed(server.room(mine)), framed(server.room(theirs))
        code = await invited(receiver)
        await written(giver._room)
        do(giver, "find", code=code)
        assert (await said(giver, "find"))["text"] == SAID["done_find"]
        do(giver, "give", code=code)
        assert (await said(giver, "give"))["text"] == SAID["done_give"]
        await until(lambda: giver._room.answer(ID) == {"given": 1})
        assert giver.exercise["given"]["number"] == 1
        assert giver.value == {"given": 1}
        await until(lambda: receiver.exercise["cards"])
        (card,) = receiver.exercise["cards"]
        assert {key: card[key] for key in TEXTS} == TEXTS
        assert receiver.mail["invitations"] == []
        await until(lambda: not receiver._room.mail.cards(ID))

    asyncio.run(story())
    who, _ = server.who(mine)
    assert server.run(server.desk.cards.mail(who)).cards == {}
    assert server.values(ID) == {"given": ["1"]}
    for text in TEXTS.values():
        assert text.encode() not in server.on_disk()


def test_a_card_waits_for_who_is_away(server):
    mine, theirs = server.join(), server.join()

    async def invite():
        return await invited(framed(server.room(mine)))

    code = asyncio.run(invite())

    async def give():
        giver = framed(server.room(theirs))
        await written(giver._room)
        do(giver, "give", code=code)
        assert (await said(giver, "give"))["ok"]

    asyncio.run(give())

    async def come_back():
        receiver = framed(server.room(mine))
        await until(lambda: receiver._room.answer(ID).get("cards"))
        assert receiver.value["cards"][0]["saw"] == TEXTS["saw"]

    asyncio.run(come_back())


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "code",
    [
        *("no_invitation", "own_invitation", "too_often", "too_many_invitations"),
        *("ended", "alone", "not_whole", "too_long", "other_exercise"),
    ],
)
def test_every_refusal_has_a_kind_sentence(language, code):
    assert words(language)["card"][f"problem_{code}"]


def test_words_go_the_same_way_and_wait_for_those_of_one_s_own(server):
    words = load().exercise("mirror/words")
    mine, theirs = server.join(), server.join()

    async def story():
        receiver = CardFrame(words, server.room(mine), "nl")
        card = framed(receiver._room)
        room = server.room(theirs)
        giver, other = CardFrame(words, room, "nl"), framed(room)
        code = await invited(receiver)
        assert card.mail["invitations"] == []
        do(other, "find", code=code)
        told = SAID["problem_other_exercise"]
        assert (await said(other, "find"))["text"] == told
        assert await keep(room, words.id, words.check({"peer": ["open"]})) is None
        do(giver, "give", code=code)
        heard = await said(giver, "give")
        assert heard["text"] == giver.words["word_window"]["done_give"]
        await until(lambda: receiver.exercise["has_words"])
        assert (receiver.exercise["cards"], receiver.feedback) == ([], {})
        assert card.exercise["cards"] == []

    asyncio.run(story())
    assert server.values(words.id) == {}
    assert b'"open"' not in server.on_disk()


def test_a_wrong_code_leaves_the_draft_where_it_is(server):
    secret = server.join()

    async def story():
        giver = framed(server.room(secret))
        await written(giver._room)
        do(giver, "give", code="NIETGOED")
        heard = await said(giver, "give")
        assert (heard["ok"], heard["text"]) == (False, SAID["problem_no_invitation"])
        assert giver._room.answer(ID) == TEXTS

    asyncio.run(story())


def test_half_a_card_is_not_sent(server):
    secret = server.join()

    async def story():
        giver = framed(server.room(secret))
        await written(giver._room, {"saw": "alleen dit"})
        do(giver, "give", code="X")
        assert giver.mail["said"]["text"] == SAID["problem_not_whole"]

    asyncio.run(story())


def test_a_card_that_nobody_of_ours_sealed_is_dropped(server):
    mine, theirs = server.join(), server.join()
    _, keys = server.who(mine)
    place = {"session": server.row.id, "field": ID}
    odd = [b"x" * 300, vault.seal_to(vault.public_key(keys.seal), ["x"], **place)]

    async def story():
        receiver, stranger = framed(server.room(mine)), server.room(theirs)
        for blob in odd:
            code = await invited(receiver)
            message = {"act": "give", "exercise": ID, "code": code}
            message["sealed"] = to_text(blob)
            assert await settled(stranger.mail._ask, message) is None
            await until(lambda: not receiver.mail["invitations"])
            await until(lambda: not receiver._room.mail.cards(ID))
        assert receiver.exercise["cards"] == []

    asyncio.run(story())
    who, _ = server.who(mine)
    assert server.run(server.desk.cards.mail(who)).cards == {}


def test_an_invitation_is_taken_back(server):
    secret = server.join()

    async def story():
        frame = framed(server.room(secret))
        code = await invited(frame)
        do(frame, "uninvite", code=code)
        await until(lambda: not frame.mail["invitations"])
        assert (await said(frame, "uninvite"))["ok"]

    asyncio.run(story())


class OneCard:
    """A mail in which one card waits."""

    def __init__(self):
        self.invitations, self.gone = [], []

    def cards(self, exercise):
        return {"c1": TEXTS}

    def taken(self, card):
        self.gone.append(card)


def test_a_card_leaves_the_server_only_when_it_is_kept():
    room = Room()
    room.mail, room.error = OneCard(), "not_saved"
    frame = framed(room)
    assert room.kept == [], "before the room has news there may be no way to send"
    room.tell()
    assert room.mail.gone == []
    room.tell()
    assert len(room.kept) == 1, "a disk that is full is not asked again and again"
    assert frame.problem["code"] == "not_saved"
    room.error, room.watching = None, []
    framed(room)
    room.tell()
    assert room.mail.gone == ["c1"]


def test_a_card_that_was_thrown_away_meanwhile_only_leaves_the_server():
    room = Room()
    room.mail = OneCard()
    room.answers[ID] = {"cards": [], "choices": {"c1": "away"}}
    framed(room)
    room.tell()
    assert (room.mail.gone, room.kept) == (["c1"], [])


def test_alone_there_is_nobody_to_send_to():
    frame = framed(Room())
    for act in ("invite", "uninvite", "find", "give"):
        do(frame, act, code="X")
        assert frame.mail["said"]["text"] == SAID["problem_alone"]
    assert frame.mail["invitations"] == []


def test_other_messages_mean_what_they_mean_everywhere():
    frame = framed(Room())
    for odd in (None, [], {"do": []}, {"do": "post"}, {"do": "ping"}):
        frame._on_message(frame, odd, [])
    assert frame.problem["code"] == "not_for_wall"
