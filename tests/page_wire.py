"""The web socket of a page without the page, to say anything on."""

import asyncio
import contextlib
import json
import uuid

from guests import connect
from tornado.websocket import WebSocketClosedError

from widgets.content import load
from widgets.frames import CONTROL_TARGET, frame_of, parts_of

WORKBOOK = load()
TOO_LONG = 20


class PageWire:
    """One connection to a kernel; remembers what it heard of every widget."""

    def __init__(self, line):
        self.line, self.states = line, {}
        self.heard = b""

    @classmethod
    async def bare(cls, served, browser, kernel):
        return cls(await connect(served, browser, kernel))

    @classmethod
    async def open(cls, served, browser, kernel):
        wire = await cls.bare(served, browser, kernel)
        await wire.ask_states()
        return wire

    async def say(self, kind, content, metadata=None, *buffers, channel=b"shell"):
        header = {"msg_type": kind, "msg_id": uuid.uuid4().hex, "session": "s"}
        parts = [header, {}, metadata or {}, content]
        packed = [json.dumps(part).encode() for part in parts]
        await self.raw(frame_of([channel, *packed, *buffers]))

    async def raw(self, frame):
        await self.line.write_message(frame, binary=isinstance(frame, bytes))

    async def update(self, model, **state):
        data = {"method": "update", "state": state, "buffer_paths": []}
        await self.say("comm_msg", {"comm_id": model, "data": data})

    async def custom(self, model, content):
        data = {"method": "custom", "content": content}
        await self.say("comm_msg", {"comm_id": model, "data": data})

    async def hear(self):
        """The next message, kind and content; None when the line was closed."""
        frame = await asyncio.wait_for(self.line.read_message(), TOO_LONG)
        if frame is None:
            return None
        self.heard += frame
        header, _, _, content = map(json.loads, parts_of(frame)[1:5])
        if header["msg_type"] == "comm_msg":
            self._remember(content["comm_id"], content["data"])
        return header["msg_type"], content

    def _remember(self, model, data):
        if data["method"] == "update_states":
            self.states = {id: one["state"] for id, one in data["states"].items()}
        elif data["method"] == "update":
            self.states.setdefault(model, {}).update(data["state"])

    async def ask_states(self):
        """Ask for all widgets, as a page does that opens."""
        self.control = uuid.uuid4().hex
        target = {"comm_id": self.control, "target_name": CONTROL_TARGET, "data": {}}
        await self.say("comm_open", target, {"version": "1.0.0"})
        ask = {"comm_id": self.control, "data": {"method": "request_states"}}
        await self.say("comm_msg", ask)
        while said := await self.hear():
            if said[1].get("data", {}).get("method") == "update_states":
                return
        raise AssertionError("the line was closed")

    async def settle(self):
        """Hear everything that was said before now; False when the line was closed."""
        await self.say("kernel_info_request", {})
        while said := await self.hear():
            if said[0] == "kernel_info_reply":
                return True
        return False

    async def is_closed(self):
        """Tell whether the server ends the line; False when the kernel answers."""
        with contextlib.suppress(WebSocketClosedError):
            return not await self.settle()
        return True

    async def saved(self, model, value, seq):
        """Give an answer as a page does; the problem when it is not kept."""
        await self.update(model, value=value, seq=seq)
        while await self.hear():
            state = self.states[model]
            if state["kept"] >= seq:
                return {}
            if state["problem"].get("seq") == seq:
                return state["problem"]
        raise AssertionError("the line was closed")

    def exercises(self):
        """The widget of every exercise of this page, by the exercise's id."""
        found = self.states.items()
        return {s["exercise"]["id"]: id for id, s in found if "exercise" in s}


async def saves_what_is_honest(wire, chance):
    for exercise, model in wire.exercises().items():
        good = WORKBOOK.exercise(exercise).invent(chance)
        state = wire.states[model]
        seq = max(state["seq"], state["kept"]) + 1
        if seq < 2**53:
            assert await wire.saved(model, good, seq) == {}, exercise
