"""The command line's way in: the running server if there is one, else its database."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from ..content import load
from ..store import Store
from .admin import AdminRole
from .desk import Desk, DeskError

MAX_REPLY = 16 * 2**20


async def ask(folder: Path, database: str, request: dict[str, Any]) -> dict[str, Any]:
    """Carry out one request of the command line; raises DeskError and store errors."""
    try:
        found = _handle(folder)
        reader, writer = await _connect(found["address"])
    except (OSError, ValueError):
        return await _alone(database, request)
    try:
        greeting = {"id": 0, "do": "hello", "capability": found["capability"]}
        reply: dict[str, Any] = {}
        for message in (greeting, {"id": 1, **request}):
            writer.write(json.dumps(message).encode() + b"\n")
            reply = await _reply(reader)
            if "error" in reply:
                raise DeskError(str(reply["error"]))
        return dict(reply["ok"])
    finally:
        writer.close()


async def is_open(folder: Path) -> bool:
    """Tell whether a server runs on this folder."""
    try:
        _, writer = await _connect(_handle(folder)["address"])
    except (OSError, ValueError):
        return False
    writer.close()
    return True


def _handle(folder: Path) -> dict[str, str]:
    return dict(json.loads((folder / "server.json").read_text(encoding="utf-8")))


async def _connect(
    address: str,
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    kind, _, place = address.partition(":")
    if kind == "unix":
        return await asyncio.open_unix_connection(place, limit=MAX_REPLY)
    host, _, port = place.rpartition(":")
    return await asyncio.open_connection(host, int(port), limit=MAX_REPLY)


async def _reply(reader: asyncio.StreamReader) -> dict[str, Any]:
    while line := await reader.readline():
        message = json.loads(line)
        if "event" not in message:
            return dict(message)
    raise DeskError("no_server")


async def _alone(database: str, request: dict[str, Any]) -> dict[str, Any]:
    store = Store(database)
    store.migrate()
    desk = Desk(store, load(), "http://localhost:8866")
    try:
        return await AdminRole(desk).do(request)
    finally:
        desk.close()
        store.close()
