"""A phone without a screen: asks for what a page asks for, and speaks its protocol."""

from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from typing import Any
from urllib.parse import urlencode

from benchmarks.contestants import ANSWER, EXERCISE, Contestant
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse
from tornado.httputil import HTTPHeaders
from tornado.websocket import WebSocketClientConnection, websocket_connect

V1 = "v1.kernel.websocket.jupyter.org"
AT_ONCE = 6  # connections that a browser opens to one host
LONGEST = 120.0
AsyncHTTPClient.configure(None, max_clients=1000, max_body_size=100 * 2**20)


class Phone:
    """One participant: own cookies, own kernel."""

    def __init__(self, where: Contestant) -> None:
        self._where = where
        self._cookies: dict[str, str] = {}
        self._six = asyncio.Semaphore(AT_ONCE)
        self._session = uuid.uuid4().hex
        self._seq = 0
        self._line: WebSocketClientConnection | None = None
        self.received = 0
        self.found: dict[str, str] = {}  # the answer that stood on the page

    async def join(self) -> None:
        """Let the participant into the session, where there is one."""
        if self._where.code:
            path = f"/join/{self._where.code}"
            await self._ask(path)
            await self._ask(path, {"language": "nl", "counting": "yes"})
            await self._ask("/nl/")

    async def open(self, files: tuple[str, ...] = ()) -> None:
        """Open the page; returns when it has all it needs to be used."""
        page = await self._ask(self._where.path)
        html = page.body.decode()
        found = re.search(r'"kernelId": ?"([\w-]+)"', html)
        if found is None:
            raise RuntimeError(f"no kernel in a page of {len(html)} characters")
        await asyncio.gather(self._connect(found[1]), *map(self._file, files))

    async def answer(self, value: dict[str, str] = ANSWER) -> float:
        """Answer one exercise; returns the seconds until it says that it is saved."""
        self._seq += 1
        began = time.perf_counter()
        state = {"value": value, "seq": self._seq}
        await self._send_comm({"method": "update", "state": state, "buffer_paths": []})
        while True:
            content = (await self._hear("comm_msg"))["content"]
            if content["comm_id"] != self._comm:
                continue
            if content["data"].get("state", {}).get("kept", 0) >= self._seq:
                return time.perf_counter() - began

    async def ping(self) -> None:
        """Ask whether the kernel is there, as every open page does now and then."""
        await self._send_comm({"method": "custom", "content": {"do": "ping"}})

    def hang_up(self) -> None:
        """Leave without a word, as a phone out of reach."""
        if self._line is not None:
            self._line.close()

    async def _ask(self, path: str, form: dict[str, str] | None = None) -> HTTPResponse:
        headers = HTTPHeaders({"Accept-Encoding": "gzip, br"})
        headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self._cookies.items())
        headers["Origin"] = self._where.url
        if form is not None:
            form = form | {"_xsrf": self._cookies.get("_xsrf", "")}
        request = HTTPRequest(
            self._where.url + path,
            "GET" if form is None else "POST",
            headers,
            None if form is None else urlencode(form),
            request_timeout=LONGEST,
            connect_timeout=LONGEST,
            follow_redirects=False,
            decompress_response=False,
        )
        answer = await AsyncHTTPClient().fetch(request, raise_error=False)
        if answer.code >= 400:
            raise RuntimeError(f"{path}: {answer.code}")
        self.received += len(answer.body or b"")
        for line in answer.headers.get_list("Set-Cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer

    async def _file(self, path: str) -> None:
        async with self._six:
            await self._ask(path)

    async def _connect(self, kernel: str) -> None:
        address = f"{self._where.url.replace('http', 'ws', 1)}/api/kernels/{kernel}"
        cookies = "; ".join(f"{k}={v}" for k, v in self._cookies.items())
        request = HTTPRequest(
            f"{address}/channels?session_id={self._session}",
            headers={"Cookie": cookies, "Origin": self._where.url},
            connect_timeout=LONGEST,
        )
        self._line = await websocket_connect(
            request,
            subprotocols=[V1],
            compression_options={},
            max_message_size=100 * 2**20,
        )
        await self._send("kernel_info_request", {})
        await self._hear("kernel_info_reply")
        control = uuid.uuid4().hex
        target = {"target_name": "jupyter.widget.control", "data": {}}
        about = {"version": "1.0.0"}
        await self._send("comm_open", {"comm_id": control, **target}, about)
        ask = {"comm_id": control, "data": {"method": "request_states"}}
        await self._send("comm_msg", ask)
        while True:
            data = (await self._hear("comm_msg"))["content"]["data"]
            if data.get("method") == "update_states":
                break
        self._comm = next(
            model
            for model, about in data["states"].items()
            if self._is_wanted(about["state"])
        )
        self.found = data["states"][self._comm]["state"].get("value", {})

    def _is_wanted(self, state: dict[str, Any]) -> bool:
        return bool(state.get("exercise", {}).get("id") == EXERCISE)

    async def _send_comm(self, data: dict[str, Any]) -> None:
        await self._send("comm_msg", {"comm_id": self._comm, "data": data})

    async def _send(self, kind: str, content: Any, metadata: Any = None) -> None:
        assert self._line is not None
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "version": "5.4"}
        header |= {"session": self._session, "username": "", "date": _NOON}
        parts = [header, {}, metadata or {}, content]
        message = [json.dumps(part).encode() for part in parts]
        frame = serialize_msg_to_ws_v1(message, "shell")
        await self._line.write_message(frame, binary=True)

    async def _hear(self, kind: str) -> dict[str, Any]:
        assert self._line is not None
        while True:
            async with asyncio.timeout(LONGEST):
                frame = await self._line.read_message()
            if not isinstance(frame, bytes):
                raise RuntimeError(f"the line was closed: {self._line.close_reason}")
            self.received += len(frame)
            _, parts = deserialize_msg_from_ws_v1(frame)
            if json.loads(parts[0])["msg_type"] == kind:
                return {"content": json.loads(parts[3])}


_NOON = "2026-01-01T12:00:00.000Z"
