"""One connection of a kernel: whole messages, whatever the pieces they come in."""

import asyncio
import json
import socket
import threading

import pytest
from room_server import settled, until

from widgets.line import Line, LineError


class Peer:
    """The other end of a line, that says what a test tells it to say."""

    def __init__(self, greeting=b'{"id": 0, "ok": {"n": 1}}\n'):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp:127.0.0.1:{self.server.getsockname()[1]}"
        self.greeting = greeting
        self.thread = threading.Thread(target=self._greet)
        self.thread.start()

    def _greet(self):
        self.line, _ = self.server.accept()
        self.first = self.line.makefile("rb").readline()
        self.line.sendall(self.greeting)
        if not self.greeting:
            self.line.close()

    def hear(self):
        return json.loads(self.line.makefile("rb").readline())

    def close(self):
        self.thread.join()
        self.line.close()
        self.server.close()


@pytest.fixture
def peer():
    peer = Peer()
    yield peer
    peer.close()


def request(line, said):
    line.send({"do": "read"}, said.append)


def test_the_greeting_shows_the_capability_once(peer):
    line = Line(peer.address, "a-capability")
    assert line.greeting == {"n": 1}
    hello = {"id": 0, "do": "hello", "capability": "a-capability"}
    assert json.loads(peer.first) == hello


@pytest.mark.parametrize(
    ("greeting", "code"),
    [
        (b'{"id": 0, "error": "no_capability"}\n', "no_capability"),
        (b'{"id": 0, "error": "not_saved"}\n', "not_saved"),
        (b"", "no_capability"),
    ],
)
def test_a_refusal_is_an_error(greeting, code):
    peer = Peer(greeting)
    with pytest.raises(LineError, match=code):
        Line(peer.address, "x")
    peer.close()


def test_nobody_there_is_an_error(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        Line(f"unix:{tmp_path}/gone.sock", "x")


def test_answers_find_their_request_in_any_order_and_in_any_pieces(peer):
    async def story():
        line, first, second, news = Line(peer.address, "x"), [], [], []
        line.listen(lambda: news.append(True))
        request(line, first)
        request(line, second)
        await until(lambda: True)
        answers = b'{"id": 2, "ok": {"\xc3\xa9": 2}}\n{"event": "changed"}\n'
        answers += b'{"id": 7, "ok": {}}\n{"id": 1, "error": "too_long"}\n'
        for at in range(len(answers)):
            peer.line.sendall(answers[at : at + 1])
            await asyncio.sleep(0)
        await until(lambda: first)
        assert first == [{"id": 1, "error": "too_long"}]
        assert second == [{"id": 2, "ok": {"é": 2}}]
        assert news == [True]

    asyncio.run(story())


def test_news_that_came_with_the_greeting_is_heard():
    peer = Peer(b'{"id": 0, "ok": {}}\n{"event": "changed"}\n{"id": 1, "o')

    async def story():
        line, said, news = Line(peer.address, "x"), [], []
        line.listen(lambda: news.append(True))
        request(line, said)
        peer.line.sendall(b'k": {}}\n')
        await until(lambda: said)
        assert (said, news) == ([{"id": 1, "ok": {}}], [True])

    asyncio.run(story())
    peer.close()


def test_news_that_came_with_the_greeting_is_heard_at_once():
    peer = Peer(b'{"id": 0, "ok": {}}\n{"event": "changed"}\n')

    async def story():
        line, news = Line(peer.address, "x"), []
        line.listen(lambda: news.append(True))
        await until(lambda: news)

    asyncio.run(story())
    peer.close()


def test_what_is_written_is_one_line_each(peer):
    async def story():
        line = Line(peer.address, "x")
        line.listen(lambda: None)
        line.send({"do": "keep", "sealed": "a\nb\u2028c"}, lambda reply: None)
        heard = await asyncio.to_thread(peer.hear)
        assert heard == {"id": 1, "do": "keep", "sealed": "a\nb\u2028c"}

    asyncio.run(story())


def test_every_request_hears_that_the_server_is_gone(peer):
    async def story():
        line, said = Line(peer.address, "x"), []
        line.listen(lambda: None)
        request(line, said)
        request(line, said)
        peer.line.shutdown(socket.SHUT_RDWR)
        await until(lambda: line.closed)
        assert said == [{"error": "no_server"}] * 2
        request(line, said)
        request(line, said)
        await until(lambda: len(said) == 4)
        assert said[2:] == [{"error": "no_server"}] * 2

    asyncio.run(story())


def test_a_request_inside_an_answer_is_answered_too(peer):
    async def story():
        line, said = Line(peer.address, "x"), []
        line.listen(lambda: None)
        line.send({"do": "read"}, lambda reply: request(line, said))
        peer.line.shutdown(socket.SHUT_RDWR)
        await until(lambda: said)
        assert said == [{"error": "no_server"}]

    asyncio.run(story())


def test_a_line_is_a_request_and_its_answer():
    peer = Peer()

    async def story():
        line = Line(peer.address, "x")
        line.listen(lambda: None)
        threading.Timer(0.05, peer.line.sendall, [b'{"id": 1, "ok": {}}\n']).start()

        def ask(done):
            line.send({"do": "read"}, lambda reply: done(reply.get("error")))

        assert await settled(ask) is None

    asyncio.run(story())
    peer.close()
