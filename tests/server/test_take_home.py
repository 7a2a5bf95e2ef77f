"""Own answers at the desk: opened with their secret, and changed in one step."""

import pytest
from room_server import served

from widgets.server.desk import DeskError
from widgets.server.take_home import own_answers, take_in

WISH, MOVED = "opening/learning_wish", "opening/first_moved"
READ = {WISH: {"wish": "een"}, MOVED: {"first_moved": "both"}}


@pytest.fixture
def server(tmp_path):
    with served(tmp_path) as server:
        yield server


def test_only_the_secret_opens_the_answers(server):
    secret = server.join()
    server.run(take_in(server.desk, secret, READ, replace=False))
    assert server.run(own_answers(server.desk, secret)) == READ | {
        "opening/agreement": {"counting": "yes"}
    }
    for stranger in ("0" * 20, "geen code"):
        with pytest.raises(DeskError, match="unknown_participant"):
            server.run(own_answers(server.desk, stranger))
        with pytest.raises(DeskError, match="unknown_participant"):
            server.run(take_in(server.desk, stranger, READ, replace=True))


def test_what_was_read_in_is_sealed_on_disk(server):
    secret = server.join()
    read = {WISH: {"wish": "een-heel-eigen-wens"}}
    server.run(take_in(server.desk, secret, read, replace=False))
    assert b"een-heel-eigen-wens" not in server.on_disk()


def test_it_says_what_was_taken_what_stayed_and_what_was_strange(server):
    secret = server.join()
    first = {WISH: {"wish": "hier"}}
    server.run(take_in(server.desk, secret, first, replace=False))
    odd = READ | {"no/where": {}, "difference/chain": {"self": 1}}
    found = server.run(take_in(server.desk, secret, odd, replace=False))
    assert list(found.answers) == [MOVED]
    assert (found.stayed, found.strange) == (1, 2)


def test_a_participant_who_was_wiped_gets_nothing_back(server):
    secret = server.join()
    server.run(server.desk.forget(secret))
    with pytest.raises(DeskError, match="unknown_participant"):
        server.run(take_in(server.desk, secret, READ, replace=True))
