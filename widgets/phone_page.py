"""A module page that is open on a phone: its kernel, and what it says of exercises."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import (
    WebSocketClientConnection,
    WebSocketError,
    websocket_connect,
)

from .frames import CONTROL_TARGET, V1, frame_of, parts_of

LONGEST = 120.0
MOST = 100 * 2**20
NOON = "2026-01-01T12:00:00.000Z"


class PhoneError(Exception):
    """The server said no (`status` says which), or the line broke off."""

    def __init__(self, text: str, status: int = 0) -> None:
        super().__init__(text)
        self.status = status


@contextmanager
def on_the_line() -> Iterator[None]:
    """Tell every way in which a line breaks off as a PhoneError."""
    try:
        yield
    except (OSError, HTTPClientError, WebSocketError) as error:
        raise PhoneError(str(error) or type(error).__name__) from error


class PhonePage:
    """Speaks with one kernel, and knows what that said."""

    def __init__(self, path: str, kernel: str) -> None:
        self.path = path
        self.kernel = kernel
        self.session = uuid.uuid4().hex
        self.received = 0
        self._news = asyncio.Event()
        self._line: WebSocketClientConnection | None = None
        self._is_greeted = False
        self._is_cut = False
        self._models: dict[str, str] = {}
        self._states: dict[str, dict[str, Any]] = {}

    @property
    def is_open(self) -> bool:
        """Whether the page has all it needs to be used."""
        return bool(self._states) and not self._is_cut

    async def connect(self, request: HTTPRequest) -> None:
        """Join the page with its kernel; returns when it has all it needs."""
        with on_the_line():
            self._line = await websocket_connect(
                request,
                subprotocols=[V1],
                compression_options={},
                max_message_size=MOST,
                on_message_callback=self._hear,
            )
        await self._send("kernel_info_request", {})
        await self._until(lambda: self._is_greeted)
        control = uuid.uuid4().hex
        target = {"comm_id": control, "target_name": CONTROL_TARGET, "data": {}}
        await self._send("comm_open", target, {"version": "1.0.0"})
        await self._send_comm(control, {"method": "request_states"})
        await self._until(lambda: bool(self._states))

    def state(self, exercise: str) -> dict[str, Any] | None:
        """Return all that the page knows of an exercise, None when it is not there."""
        return self._states.get(self._models.get(exercise, ""))

    async def answer(self, exercise: str, value: dict[str, Any]) -> float:
        """Answer an exercise; returns the seconds until it says that it is saved."""
        model = self._models[exercise]
        state = self._states[model]
        seq = state["seq"] + 1
        began = time.perf_counter()
        changed = {"value": value, "seq": seq}
        state |= changed
        update = {"method": "update", "state": changed, "buffer_paths": []}
        await self._send_comm(model, update)
        await self._until(
            lambda: state["kept"] >= seq or state["problem"].get("seq") == seq
        )
        if state["kept"] < seq:
            raise PhoneError(f"{exercise}: {state['problem']['text']}")
        return time.perf_counter() - began

    async def ping(self, exercise: str) -> None:
        """Ask whether the kernel is there, as every open page does now and then."""
        content = {"do": "ping"}
        model = self._models[exercise]
        await self._send_comm(model, {"method": "custom", "content": content})

    def hang_up(self) -> None:
        """Leave without a word, as a phone out of reach."""
        self._is_cut = True
        if self._line is not None:
            self._line.close()

    async def _send_comm(self, model: str, data: dict[str, Any]) -> None:
        await self._send("comm_msg", {"comm_id": model, "data": data})

    async def _send(self, kind: str, content: Any, metadata: Any = None) -> None:
        assert self._line is not None
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "version": "5.4"}
        header |= {"session": self.session, "username": "", "date": NOON}
        parts = [header, {}, metadata or {}, content]
        frame = frame_of([b"shell", *(json.dumps(part).encode() for part in parts)])
        with on_the_line():
            await self._line.write_message(frame, binary=True)

    def _hear(self, frame: str | bytes | None) -> None:
        if isinstance(frame, bytes):
            self.received += len(frame)
            _, header, _, _, content, *_ = parts_of(frame)
            kind = json.loads(header)["msg_type"]
            if kind == "comm_msg":
                self._take(json.loads(content))
            elif kind == "kernel_info_reply":
                self._is_greeted = True
            elif kind == "status" and json.loads(content)["execution_state"] == "dead":
                self._is_cut = True  # no word will come, though the line stays
            else:
                return
        else:
            self._is_cut = True
        self._news.set()

    def _take(self, content: dict[str, Any]) -> None:
        data = content["data"]
        if data.get("method") == "update_states":
            self._states = {id: one["state"] for id, one in data["states"].items()}
            self._models = {
                state["exercise"]["id"]: id
                for id, state in self._states.items()
                if "exercise" in state
            }
        elif data.get("method") == "update":
            self._states.get(content["comm_id"], {}).update(data["state"])

    async def _until(self, is_so: Callable[[], bool]) -> None:
        with on_the_line():
            async with asyncio.timeout(LONGEST):
                while not is_so():
                    if self._is_cut:
                        raise PhoneError("the line was closed")
                    self._news.clear()
                    await self._news.wait()
