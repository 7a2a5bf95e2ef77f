"""The socket of the kernels under all that no honest kernel says."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from room_server import counted_now, served
from wire import HELLO, inside, talk

from widgets.sealed import to_text
from widgets.server.lines import MAX_LINE

WISH, MOVED = "opening/learning_wish", "opening/first_moved"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with served(tmp_path_factory.mktemp("lines")) as server:
        yield server


NOBODY = [
    HELLO,
    HELLO | {"capability": "wrong"},
    HELLO | {"capability": ""},
    HELLO | {"capability": None},
    HELLO | {"capability": ["x"]},
    {"id": 1, "do": "read"},
    {"id": 1, "do": "keep", "exercise": WISH, "sealed": "", "counts": {}},
    [],
    "hello",
    None,
    b"\n",
    b"not json\n",
    b"\xff\xfe\n",
    b"[" * 200_000 + b"\n",
    b'{"id": 0, "do": "hello", "capability": "\\ud800"}\n',
    b"x" * 2**20,
    b"x" * 2**20 + b"\n",
]


@pytest.mark.parametrize("first", NOBODY, ids=range(len(NOBODY)))
def test_without_a_capability_nothing_is_heard_and_the_line_ends(server, first):
    async def story(wire):
        said = await wire.ask(first)
        await wire.send({"id": 2, "do": "read"})
        return said, await wire.hear()

    said, after = talk(server, story)
    assert said is None or set(said) == {"id", "error"}
    assert after is None


ODD = [
    {"do": "keep"},
    {"do": "keep", "exercise": WISH, "sealed": "*", "complete": True, "counts": {}},
    {"do": "keep", "exercise": WISH, "sealed": "", "complete": True, "counts": {}},
    {"do": "keep", "exercise": WISH, "sealed": "YQ==", "complete": True, "counts": 1},
    {
        "do": "keep",
        "exercise": "no/such",
        "sealed": "YQ==",
        "complete": 1,
        "counts": {},
    },
    {"do": "keep", "exercise": ["x"], "sealed": "YQ==", "complete": 1, "counts": {}},
    {"do": "choose", "sealed": "YQ==", "counts": {f"{WISH}.wish": "text"}},
    {"do": "choose", "sealed": "YQ==", "counts": {f"{MOVED}.first_moved": "odd"}},
    {"do": "post", "field": "no/such.field", "text": "x"},
    {"do": "post", "field": f"{WISH}.wish", "text": "x" * 1001},
    {"do": "post", "field": f"{WISH}.wish"},
    {"do": "withdraw"},
    {"do": ["read"]},
    {"do": None},
    {},
]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_an_odd_request_is_refused_and_the_line_goes_on(server, odd):
    secret = server.join()
    before = counted_now(server)
    odd, fine = inside(server, server.capability(secret), odd, {"do": "read"})
    assert set(odd) == {"id", "error"}
    assert "ok" in fine
    assert counted_now(server) == before
    assert WISH not in fine["ok"]["answers"]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.binary(max_size=60).map(lambda b: b.replace(b"\n", b"") + b"\n")))
def test_any_lines_are_answered_one_by_one(server, raw):
    capability = server.capability(server.join())

    async def story(wire):
        await wire.ask(HELLO | {"capability": capability})
        said = [await wire.ask(line) for line in raw]
        return said, await wire.ask({"id": "end", "do": "read"})

    said, end = talk(server, story)
    assert all(set(one) == {"id", "error"} for one in said)
    assert end["id"] == "end"


def test_a_line_of_a_megabyte_ends_its_own_line_only(server):
    secret = server.join()
    capability = server.capability(secret)
    huge = {"do": "post", "field": f"{WISH}.wish", "text": "x" * 2**20}

    async def story(wire):
        await wire.ask(HELLO | {"capability": capability})
        return await wire.ask(huge)

    assert MAX_LINE < 2**20
    assert talk(server, story) is None
    assert "ok" in inside(server, server.capability(secret), {"do": "read"})[0]


def test_a_blob_that_is_too_long_is_said(server):
    sealed = to_text(b"x" * (MAX_LINE // 2 + 1))
    big = {"do": "keep", "exercise": WISH, "sealed": sealed, "complete": True}
    (said,) = inside(server, server.capability(server.join()), big | {"counts": {}})
    assert said["error"] == "too_long"
