"""The socket of the kernels: what a capability opens, and what it does not."""

import asyncio
import json
import stat

import pytest
from room_server import counted_now, served
from wire import HELLO, inside, keeping, talk

from widgets.sealed import OwnAnswers, to_text
from widgets.server.admin import AdminRole
from widgets.server.trainer import TrainerRole

WISH, MOVED = "opening/learning_wish", "opening/first_moved"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with served(tmp_path_factory.mktemp("lines")) as server:
        yield server


def test_the_socket_is_for_this_user_only(server):
    assert stat.S_IMODE(server.lines.path.stat().st_mode) == 0o600


def test_the_greeting_gives_the_key_and_what_is_one_s_own(server):
    secret = server.join()
    capability = server.capability(secret)
    _, keys = server.who(secret)

    async def story(wire):
        return (await wire.ask(HELLO | {"capability": capability}))["ok"]

    found = talk(server, story)
    assert found["seal_key"] == keys.seal.hex()
    assert found["session"] == server.row.id
    assert set(found["answers"]) == {server.desk.workbook.agreement}
    assert keys.count.hex() not in json.dumps(found)


def test_a_good_capability_without_a_hello_opens_nothing(server):
    capability = server.capability(server.join())

    async def story(wire):
        first = {"id": 1, "do": "read", "capability": capability}
        said = await wire.ask(first)
        await wire.send({"id": 2, "do": "read"})
        return said, await wire.hear()

    said, after = talk(server, story)
    assert said["error"] == "no_capability"
    assert after is None


def test_a_second_hello_gives_no_key_and_no_line(server):
    secret = server.join()
    capability = server.capability(secret)
    _, keys = server.who(secret)
    inside(server, capability)

    async def story(wire):
        said = await wire.ask(HELLO | {"capability": capability})
        await wire.send(keeping(server, secret, WISH, {"wish": "x"}) | {"id": 2})
        return said, await wire.hear()

    said, after = talk(server, story)
    assert said["error"] == "no_capability"
    assert keys.seal.hex() not in json.dumps(said)
    assert after is None
    assert WISH not in server.run(server.desk.visitor(secret)).progress


def test_a_second_hello_on_the_same_line_gives_no_key(server):
    capability = server.capability(server.join())
    again = HELLO | {"capability": capability}
    (said,) = inside(server, capability, again)
    assert said["error"] == "unknown_request"


def test_a_revoked_capability_opens_nothing(server):
    capability = server.capability(server.join())
    server.lines.revoke(capability)
    server.lines.revoke(capability)

    async def story(wire):
        return await wire.ask(HELLO | {"capability": capability})

    assert talk(server, story)["error"] == "no_capability"


def test_nobody_reaches_what_is_somebody_else_s(server):
    mine, theirs = server.join(), server.join()
    answer = {"first_moved": "self"}
    inside(
        server,
        server.capability(theirs),
        keeping(server, theirs, WISH, {"wish": "van hen"}),
        keeping(server, theirs, MOVED, answer, answer),
        {"do": "post", "field": f"{WISH}.wish", "text": "van hen"},
    )
    counts = counted_now(server)
    other, _ = server.who(theirs)
    naming = {
        "participant": other.participant_id,
        "participant_id": other.participant_id,
        "session": "another",
        "secret": theirs,
    }
    said = inside(
        server,
        server.capability(mine),
        {"do": "read", **naming},
        {"do": "withdraw", "field": f"{WISH}.wish", **naming},
        keeping(server, mine, WISH, {"wish": "van mij"}) | naming,
        {"do": "choose", "sealed": to_text(b"x" * 300), "counts": {}, **naming},
    )
    read = said[0]["ok"]
    assert set(read["answers"]) == {server.desk.workbook.agreement}
    assert read["wall"] == {}
    after = inside(server, server.capability(theirs), {"do": "read"})[0]["ok"]
    assert after["wall"] == {f"{WISH}.wish": "queued"}
    _, keys = server.who(theirs)
    own = OwnAnswers(keys.seal, server.row.id)
    opened = server.run(server.desk.own(other))
    assert own.open(WISH, opened.answers[WISH]) == {"wish": "van hen"}
    agreed = f"{server.desk.workbook.agreement}.taking_part"
    assert counted_now(server)[f"{MOVED}.first_moved"] == counts[f"{MOVED}.first_moved"]
    assert len(counted_now(server)[agreed]) == len(counts[agreed]) - 1


TRAINERS = [
    {"do": "command", "command": {"do": "open", "exercise": MOVED}},
    {"do": "command", "command": {"do": "end"}},
    {"do": "new", "title": "", "language": "nl", "variant": "half-day"},
    {"do": "list"},
    {"do": "delete", "code": "CODE"},
    {"do": "end", "code": "CODE"},
    {"do": "open", "code": "CODE", "exercise": MOVED},
]


@pytest.mark.parametrize("request_", TRAINERS)
def test_a_participant_steers_nothing(server, request_):
    before = server.run(server.desk.sessions())
    request_ = {
        key: server.row.code if value == "CODE" else value
        for key, value in request_.items()
    }
    (said,) = inside(server, server.capability(server.join()), request_)
    assert said["error"] == "unknown_request"
    assert server.run(server.desk.sessions()) == before


def test_a_kernel_that_went_away_hears_nothing_more(server):
    def listeners():
        return sum(map(len, server.desk.bell._listeners.values()))

    before = listeners()
    inside(server, server.capability(server.join()), {"do": "read"})
    server.run(asyncio.sleep(0.1))
    assert listeners() == before


def test_other_roles_do_what_is_theirs_only(server):
    row = server.run(server.desk.new_session("Andere", "nl", "full-day"))
    trainer = server.lines.issue(TrainerRole(server.desk, row))
    keep = keeping(server, server.join(), WISH, {"wish": "x"})
    said = inside(server, trainer, keep, {"do": "list"}, {"do": "read"})
    assert [one.get("error") for one in said[:2]] == ["unknown_request"] * 2
    assert said[2]["ok"]["overview"]["session"]["code"] == row.code
    admin = server.lines.issue(AdminRole(server.desk))
    listed, refused = inside(server, admin, {"do": "list"}, {"do": "read"})
    assert row.code in {one["code"] for one in listed["ok"]["sessions"]}
    assert "error" in refused
