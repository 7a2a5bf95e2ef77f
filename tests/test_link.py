"""A forked kernel's link with the server: whole messages, whatever the pieces."""

import asyncio
import json
import socket

import pytest

from widgets.line import LineError
from widgets.link import FRAME, LINE, Link, packed

GREETING = packed(LINE, b'{"session": "s"}')


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    ours.sendall(GREETING)
    yield ours, theirs
    ours.close()
    theirs.close()


def tell(story):
    asyncio.run(asyncio.wait_for(story(), 10))


def test_the_greeting_is_what_the_server_says_first(ends):
    assert Link(ends[1]).greeting == {"session": "s"}


def test_without_a_server_there_is_no_greeting():
    ours, theirs = socket.socketpair()
    ours.close()
    with theirs, pytest.raises(LineError):
        Link(theirs)


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_frames_and_news_come_whole_and_in_order(ends, size):
    ours, theirs = ends
    heard = []
    sent = packed(FRAME, b"one") + packed(LINE, b'{"event": "changed"}')
    sent += packed(FRAME, b"") + packed(FRAME, b"\xff" * 300)

    async def story():
        link = Link(theirs)
        link.frame = heard.append
        link.listen(lambda: heard.append("news"))
        for start in range(0, len(sent), size):
            ours.sendall(sent[start : start + size])
            await asyncio.sleep(0)
        while len(heard) < 4:
            await asyncio.sleep(0.001)

    tell(story)
    assert heard == [b"one", "news", b"", b"\xff" * 300]


def test_a_request_gets_its_answer(ends):
    ours, theirs = ends

    async def story():
        link, answers = Link(theirs), []
        link.listen(lambda: None)
        link.send({"do": "read"}, answers.append)
        head = ours.recv(5)
        asked = json.loads(ours.recv(int.from_bytes(head[1:], "big")))
        assert (head[:1], asked) == (LINE, {"id": 1, "do": "read"})
        ours.sendall(packed(LINE, b'{"id": 1, "ok": {"n": 2}}'))
        while not answers:
            await asyncio.sleep(0.001)
        assert answers == [{"id": 1, "ok": {"n": 2}}]

    tell(story)


def test_more_than_the_socket_holds_arrives_all_the_same(ends):
    ours, theirs = ends
    ours.setblocking(False)
    frame, got = b"x" * 3_000_000, bytearray()

    async def story():
        link = Link(theirs)
        link.listen(lambda: None)
        link.send_frame(frame)
        loop = asyncio.get_running_loop()
        while len(got) < len(frame) + 5:
            got.extend(await loop.sock_recv(ours, 100_000))

    tell(story)
    assert bytes(got) == packed(FRAME, frame)


def test_when_the_server_goes_everybody_who_waits_hears_it(ends):
    ours, theirs = ends

    async def story():
        link, answers, gone = Link(theirs), [], asyncio.Event()
        link.when_ended(gone.set)
        link.listen(lambda: None)
        link.send({"do": "read"}, answers.append)
        ours.close()
        await gone.wait()
        assert answers == [{"error": "no_server"}]
        link.send_frame(b"nobody")  # is not an error

    tell(story)
