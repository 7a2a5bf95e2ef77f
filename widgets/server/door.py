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


async def ask(folder: Path, database: str, request: dict[str, Any]) -> dict[str, Any]:
    """Carry out one request of the command line; raises DeskError and store errors."""
    try:
        return await _running(folder / "server.json", request)
    except (OSError, ValueError):
        return await _alone(database, request)


async def _running(handle: Path, request: dict[str, Any]) -> dict[str, Any]:
    found = json.loads(handle.read_text(encoding="utf-8"))
    kind, _, place = found["address"].partition(":")
    if kind == "unix":
        reader, writer = await asyncio.open_unix_connection(place)
    else:
        host, _, port = place.rpartition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
    try:
        greeting = {"id": 0, "do": "hello", "capability": found["capability"]}
        for message in (greeting, {"id": 1, **request}):
            writer.write(json.dumps(message).encode() + b"\n")
            reply = json.loads(await reader.readline())
            if "error" in reply:
                raise DeskError(str(reply["error"]))
        return dict(reply["ok"])
    finally:
        writer.close()


async def _alone(database: str, request: dict[str, Any]) -> dict[str, Any]:
    store = Store(database)
    store.migrate()
    desk = Desk(store, load(), "http://localhost:8866")
    try:
        return await AdminRole(desk).do(request)
    finally:
        desk.close()
        store.close()
