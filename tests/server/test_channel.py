"""What passes between a browser and its kernel, whatever a browser sends."""

import json
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jupyter_client.session import Session

from widgets.frames import V1
from widgets.server.channel import (
    ALLOWED,
    CONTROL_TARGET,
    MAX_FRAME,
    MAX_PARTS,
    BadFrame,
    Channel,
    check_message,
    split_frame,
)

HEADER = {"msg_type": "comm_msg"}
UPDATE = {"comm_id": "c", "data": {"method": "update", "state": {"value": 1}}}
BIG = (2**64 - 1).to_bytes(8, "little")


def number(value):
    return value.to_bytes(8, "little")


def frame(*parts):
    """A frame as the page makes it."""
    start = 8 * (len(parts) + 2)
    offsets = [start]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    return b"".join([number(len(offsets)), *map(number, offsets), *parts])


def message(header, content, channel=b"shell", *buffers):
    packed = [json.dumps(part).encode() for part in (header, {}, {}, content)]
    return frame(channel, *packed, *buffers)


def data(**changes):
    return {"comm_id": "c", "data": UPDATE["data"] | changes}


def custom(content):
    return {"comm_id": "c", "data": {"method": "custom", "content": content}}


def test_an_honest_frame_comes_apart_as_it_was_put_together():
    channel, parts = split_frame(message(HEADER, UPDATE, b"shell", b"\x00buffer"))
    assert channel == "shell"
    assert json.loads(parts[0]) == HEADER
    assert json.loads(parts[3]) == UPDATE
    assert parts[4:] == [b"\x00buffer"]


@given(st.lists(st.binary(max_size=50), min_size=5, max_size=MAX_PARTS - 1))
def test_every_sound_frame_is_read(parts):
    channel, rest = split_frame(frame(*parts))
    assert rest == parts[1:]
    assert channel.isascii() == parts[0].isascii() or "\ufffd" in channel


HOSTILE = {
    "nothing": b"",
    "seven bytes": b"\x06" * 7,
    "a count without end": BIG,
    "a count without end and more": BIG + b"\x00" * 4096,
    "a count in the millions": number(2**22) + b"\x00" * 1000,
    "no parts": number(0) + b"\x00" * 64,
    "too few parts": frame(b"shell", b"{}", b"{}", b"{}"),
    "too many parts": frame(*[b"x"] * MAX_PARTS),
    "offsets past the end": number(6) + BIG * 6,
    "offsets backwards": number(6)
    + b"".join(number(56 - 8 * i) for i in range(6))
    + b"x" * 99,
    "offsets into the offsets": number(6) + number(8) * 6 + b"x" * 99,
    "the last offset one too far": frame(b"shell", b"{}", b"{}", b"{}", b"{}")[:-1],
    "too long": frame(b"shell", b"{}", b"{}", b"{}", b"x" * MAX_FRAME),
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_frame_costs_nothing(hostile):
    tracemalloc.start()
    begun = time.perf_counter()
    with pytest.raises(BadFrame):
        split_frame(hostile)
    took = time.perf_counter() - begun
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 0.2
    assert peak < 100_000


@given(st.binary(max_size=4096))
def test_any_bytes_are_read_within_them_or_refused(hostile):
    check_any(hostile)


@given(
    st.integers(0, 2**64 - 1) | st.integers(0, 20),
    st.lists(st.integers(0, 400) | st.integers(0, 2**64 - 1), max_size=20),
    st.binary(max_size=300),
)
def test_any_offsets_are_read_within_them_or_refused(count, offsets, rest):
    check_any(b"".join([number(count), *map(number, offsets), rest]))


def check_any(hostile):
    try:
        _, parts = split_frame(hostile)
    except BadFrame:
        return
    assert 4 <= len(parts) < MAX_PARTS
    assert sum(map(len, parts)) <= len(hostile)
    assert all(part in hostile for part in parts)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("kernel_info_request", {}),
        ("comm_info_request", {"target_name": "jupyter.widget"}),
        ("comm_open", {"target_name": CONTROL_TARGET, "comm_id": "c", "data": {}}),
        ("comm_msg", UPDATE),
        ("comm_msg", custom({"do": "ping"})),
        ("comm_msg", {"comm_id": "c", "data": {"method": "request_states"}}),
        ("comm_msg", data(buffer_paths=[])),
        ("comm_close", {"comm_id": "c"}),
    ],
)
def test_what_widgets_need_may_pass(kind, content):
    check_message("shell", {"msg_type": kind}, content)
    check_message("control", {"msg_type": kind}, content)


@pytest.mark.parametrize("channel", ["stdin", "iopub", "", "Shell", "shell\ufffd"])
def test_other_channels_are_refused(channel):
    with pytest.raises(BadFrame):
        check_message(channel, HEADER, UPDATE)


@pytest.mark.parametrize(
    "kind",
    [
        "execute_request",
        "shutdown_request",
        "interrupt_request",
        "complete_request",
        "inspect_request",
        "history_request",
        "is_complete_request",
        "debug_request",
        "create_subshell_request",
        "input_reply",
        "comm_msg ",
        "COMM_MSG",
        "",
        None,
        0,
        [],
        {},
        ["comm_msg"],
    ],
)
def test_other_messages_are_refused(kind):
    assert kind not in list(ALLOWED)
    with pytest.raises(BadFrame):
        check_message("shell", {"msg_type": kind}, UPDATE)


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"data": None},
        {"data": []},
        {"data": {}},
        {"data": {"method": "backbone"}},
        {"data": {"method": ["update"]}},
        {"data": {"method": {}}},
        {"comm_id": "c", "data": {"method": "update"}},
        {"comm_id": "Een naam", "data": UPDATE["data"]},
        custom(None),
        custom("x"),
        data(state={"exercise": {}}),
        data(state=None),
        data(state=[]),
        data(state={"_esm": "export default {}"}),
        data(state={"value": 1, "_view_module": "https://evil.example"}),
        data(state={"__class__": 1}),
        data(buffer_paths=[["_view_module"]]),
        data(buffer_paths=[["value", "x"]]),
    ],
)
def test_odd_widget_messages_are_refused(content):
    with pytest.raises(BadFrame):
        check_message("shell", HEADER, content)


@pytest.mark.parametrize("target", ["jupyter.widget", "", None, [], "matplotlib"])
def test_no_widget_is_made_from_outside(target):
    with pytest.raises(BadFrame):
        check_message("shell", {"msg_type": "comm_open"}, {"target_name": target})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["data", "method", "state", "msg_type", "_x"]),
            inner,
            max_size=3,
        )
    ),
)


@given(st.sampled_from(sorted(ALLOWED)), json_values, json_values)
def test_any_content_passes_or_is_refused(kind, header, content):
    for given_header in ({"msg_type": kind}, header):
        try:
            check_message("shell", given_header, content)
        except BadFrame:
            continue
        state = content.get("data", {}) if isinstance(content, dict) else {}
        if kind == "comm_msg" and given_header == {"msg_type": kind}:
            assert not [key for key in state.get("state", {}) if key.startswith("_")]


@pytest.mark.parametrize("protocol", [V1, None])
def test_an_error_reaches_the_page_without_a_word(monkeypatch, protocol):
    monkeypatch.setattr(Channel, "subprotocol", protocol)
    told = {"ename": "KeyError", "evalue": "geheim", "traceback": ["geheim"]}
    channel = Channel.__new__(Channel)
    channel.session = session = Session()
    parts = [session.pack(one) for one in ({"msg_type": "error"}, {}, {}, told)]
    message = {"header": None, "content": None}
    channel._on_error("iopub", message, parts)
    content = session.unpack(parts[3]) if protocol else message["content"]
    assert content == {"ename": "Error", "evalue": "", "traceback": []}
    channel._on_error("shell", message, parts)
