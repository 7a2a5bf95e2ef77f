"""The part of Jupyter's protocol that a page and its forked kernel speak."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import comm
import ipywidgets as ipw
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)

from widgets.discreet import Discreet
from widgets.frames import CONTROL_TARGET, frame_of, parts_of
from widgets.page_kernel import PageComm, PageKernel, open_control
from widgets.server.forks import Forks

PARTS = st.lists(st.binary(max_size=40), min_size=5, max_size=9)


@given(PARTS)
def test_a_frame_comes_apart_as_it_was_put_together(parts):
    assert parts_of(frame_of(parts)) == parts


@given(PARTS)
def test_frames_are_those_of_jupyter(parts):
    ours = frame_of([b"iopub", *parts])
    assert ours == serialize_msg_to_ws_v1(parts, "iopub")
    assert deserialize_msg_from_ws_v1(ours) == ("iopub", parts)


AFRESH = """
import json, logging, os, random, signal, sys
from widgets.page_kernel import OWN_SIGNALS, _start_afresh
random.seed(1)
for one in OWN_SIGNALS:
    signal.signal(one, signal.SIG_IGN)
for number in (1, 2):
    pid = os.fork()
    if pid == 0:
        name = f"{number}" * 36
        _start_afresh({"kernel": name, "env": {"MY": name}, "cwd": sys.argv[1]})
        logging.getLogger("room").warning("beware")
        told = {
            "random": random.random(),
            "environment": dict(os.environ),
            "folder": os.getcwd(),
            "leads": os.getpgid(0) == os.getsid(0) == os.getpid(),
            "signals": [signal.getsignal(one) == signal.SIG_DFL for one in OWN_SIGNALS],
        }
        print(json.dumps(told), flush=True)
        os._exit(0)
    try:
        os.waitpid(pid, 0)
    except ChildProcessError:
        pass  # nobody waits for a child that is ignored; but it is gone
"""


@pytest.mark.skipif(not Forks.is_possible(), reason="nothing is forked here")
def test_a_forked_kernel_begins_afresh(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", AFRESH, str(tmp_path)],
        env=os.environ | {"HOUSE_KEY": "sesame"},
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["environment"] for one in told] == [{"MY": n * 36} for n in "12"]
    assert told[0]["random"] != told[1]["random"]
    assert all(one["folder"] == str(tmp_path) and one["leads"] for one in told)
    assert all(all(one["signals"]) for one in told)
    assert done.stderr.splitlines() == [f"{n * 8} room: beware" for n in "12"]


class Link:
    """What a kernel says, taken apart."""

    def __init__(self):
        self.said = []
        self.frame = None

    def send_frame(self, frame):
        channel, parts = deserialize_msg_from_ws_v1(frame)
        header, parent, _, content = map(json.loads, parts[:4])
        self.said.append((channel, header["msg_type"], parent, content))

    def ask(self, kind, content, **about):
        self.said.clear()
        header = {"msg_type": kind, "msg_id": "m"}
        parts = [json.dumps(one).encode() for one in (header, {}, about, content)]
        self.frame(serialize_msg_to_ws_v1(parts, "shell"))
        return self.said


@pytest.fixture
def link():
    link = Link()
    PageComm.kernel = PageKernel(link)
    yield link
    PageComm.kernel = None


@pytest.mark.parametrize("kind", ["kernel_info", "comm_info"])
def test_a_question_is_answered_and_then_the_kernel_is_idle(link, kind):
    reply, idle = link.ask(f"{kind}_request", {})
    assert reply[:2] == ("shell", f"{kind}_reply")
    assert reply[3]["status"] == "ok"
    assert idle[:2] == ("iopub", "status")
    assert idle[3] == {"execution_state": "idle"}
    assert reply[2]["msg_id"] == idle[2]["msg_id"] == "m"


@pytest.mark.parametrize("kind", ["execute_request", "debug_request", "nonsense"])
def test_nothing_else_is_carried_out(link, kind):
    ((_, said, _, _),) = link.ask(kind, {"code": "1 / 0"})
    assert said == "status"


def test_a_widget_speaks_through_the_page_s_kernel(link):
    one = PageComm(target_name="jupyter.widget", primary=False, comm_id="c")
    one.send({"method": "update"})
    assert link.said == [
        ("iopub", "comm_msg", {}, {"data": {"method": "update"}, "comm_id": "c"})
    ]


def test_a_page_that_asks_hears_of_every_widget_once(link, monkeypatch):
    monkeypatch.setattr(comm, "create_comm", PageComm)
    slider = ipw.IntSlider(7)
    comm.get_comm_manager().register_target(CONTROL_TARGET, open_control)
    opens = {"comm_id": "a", "target_name": CONTROL_TARGET, "data": {}}
    link.ask("comm_open", opens, version="1.0.0")
    ask = {"comm_id": "a", "data": {"method": "request_states"}}
    told, idle = link.ask("comm_msg", ask)
    assert told[3]["data"]["method"] == "update_states"
    seen = told[3]["data"]["states"][slider.model_id]
    assert (seen["model_name"], seen["state"]["value"]) == ("IntSliderModel", 7)
    assert seen["model_module"] == "@jupyter-widgets/controls"
    assert idle[1] == "status"
    slider.close()


def test_an_error_is_logged_without_what_was_typed():
    try:
        raise ValueError("geheim")
    except ValueError as error:
        trouble = (type(error), error, error.__traceback__)
    record = logging.LogRecord("w", logging.ERROR, "", 1, "it failed", (), trouble)
    text = Discreet("%(message)s").format(record)
    assert "ValueError" in text
    assert "test_page_kernel.py" in text
    assert "geheim" not in text


ODD = [
    {},
    {"comm_id": None},
    {"comm_id": ["c"]},
    {"comm_id": "unknown", "data": {"method": "update", "state": {"value": {}}}},
    {"comm_id": {"c": 1}, "data": {}},
]


@pytest.mark.parametrize("kind", ["comm_open", "comm_msg", "comm_close"])
@pytest.mark.parametrize("content", ODD, ids=range(len(ODD)))
def test_an_odd_message_stops_nothing(link, kind, content):
    link.ask(kind, content)
    assert link.ask("kernel_info_request", {})[0][1] == "kernel_info_reply"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_could_not_be_sent_back_is_not_taken(link, number, caplog):
    header = b'{"msg_type": "kernel_info_request", "n": ' + number.encode() + b"}"
    link.frame(serialize_msg_to_ws_v1([header, b"{}", b"{}", b"{}"], "shell"))
    assert link.said == []
    assert "could not be answered" in caplog.text
    assert link.ask("kernel_info_request", {})[1][1] == "status"


@given(st.lists(st.binary(max_size=40), min_size=4, max_size=6))
def test_any_parts_are_answered_or_left(parts):
    link = Link()
    PageComm.kernel = PageKernel(link)
    link.frame(serialize_msg_to_ws_v1(parts, "shell"))
    assert link.ask("kernel_info_request", {})[0][1] == "kernel_info_reply"
    PageComm.kernel = None
