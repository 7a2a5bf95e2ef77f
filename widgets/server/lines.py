"""The local socket on which kernels speak to the server, one JSON object a line.

A kernel shows the capability that the server put in its environment; what the line may
do follows from that capability alone. Requests carry an `id` and come back with it;
what changed is pushed without being asked.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol

from ..sealed import from_text, to_text
from ..session import SMALL_ROOM
from .card_requests import card_request, waiting_mail
from .desk import Capability, Desk, DeskError

MAX_LINE = 512 * 1024
log = logging.getLogger("workbook")

Message = dict[str, Any]
Push = Callable[[Message], None]


class Role(Protocol):
    """What stands behind a capability: a participant or a trainer of one session."""

    async def hello(self) -> Message:
        """Return everything that the kernel needs to begin."""

    async def do(self, message: Message) -> Message:
        """Carry out one request; raises DeskError."""

    def listen(self, push: Push) -> list[Callable[[], None]]:
        """Push what changes; returns the ways to stop."""


class Lines:
    """Listens on a Unix socket (or loopback) and gives every kernel its role."""

    def __init__(self, desk: Desk, path: Path) -> None:
        self.desk = desk
        self.path = path
        self.address = f"unix:{path}"
        self._roles: dict[str, Role] = {}
        self._server: asyncio.Server | None = None

    def issue(self, role: Role) -> str:
        """Return a new capability for a role."""
        capability = secrets.token_urlsafe(32)
        self._roles[capability] = role
        return capability

    def revoke(self, capability: str) -> None:
        """Forget a capability: its kernel is gone."""
        self._roles.pop(capability, None)

    async def start(self) -> None:
        """Begin to listen; the socket is for this user only."""
        self.path.unlink(missing_ok=True)
        if not hasattr(asyncio, "start_unix_server"):
            self._server = await asyncio.start_server(
                self._serve, "127.0.0.1", 0, limit=MAX_LINE
            )
            port = self._server.sockets[0].getsockname()[1]
            self.address = f"tcp:127.0.0.1:{port}"
            return
        self._server = await asyncio.start_unix_server(
            self._serve, path=str(self.path), limit=MAX_LINE
        )
        self.path.chmod(0o600)

    async def stop(self) -> None:
        """Stop listening and take the socket away."""
        if self._server is not None:
            self._server.close()
        self.path.unlink(missing_ok=True)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        def push(message: Message) -> None:
            if not writer.is_closing():
                writer.write(json.dumps(message).encode() + b"\n")

        leaves: list[Callable[[], None]] = []
        try:
            role = await self._greet(reader, push)
            if role is None:
                return
            leaves = role.listen(push)
            # What changed between the greeting and now rang for nobody.
            push({"event": "changed"})
            while line := await reader.readline():
                await answer(line, role.do, push)
                await writer.drain()
        except (OSError, ValueError, asyncio.IncompleteReadError):
            log.info("a kernel's line broke off")
        finally:
            for leave in leaves:
                leave()
            writer.close()

    async def _greet(self, reader: asyncio.StreamReader, push: Push) -> Role | None:
        first = await asyncio.wait_for(reader.readline(), timeout=30)
        role: Role | None = None

        async def greet(message: Message) -> Message:
            nonlocal role
            found = self._roles.get(str(message.get("capability")))
            if found is None or message.get("do") != "hello":
                raise DeskError("no_capability")
            greeting = await found.hello()
            role = found
            return greeting

        await answer(first, greet, push)
        return role


async def answer(
    line: bytes, do: Callable[[Message], Awaitable[Message]], push: Push
) -> None:
    """Carry out one request and push what came of it; nothing is raised."""
    number: Any = None
    try:
        message = json.loads(line)
        if not isinstance(message, dict):
            raise DeskError("wrong_message")
        number = message.get("id")
        push({"id": number, "ok": await do(message)})
    except DeskError as error:
        push({"id": number, "error": error.code})
    except (KeyError, TypeError, ValueError):
        push({"id": number, "error": "wrong_message"})
    except Exception:
        # The text of a store error may quote what somebody typed: type only.
        log.error("a request of a kernel failed", exc_info=False)
        push({"id": number, "error": "not_saved"})


class ParticipantRole:
    """A participant's kernel: own sealed answers in and out, own counts and texts."""

    def __init__(self, desk: Desk, who: Capability, seal_key: bytes) -> None:
        self._desk = desk
        self._who = who
        self._seal_key: bytes | None = seal_key

    async def hello(self) -> Message:
        """Hand over the sealing key, once, and forget it."""
        if self._seal_key is None:
            raise DeskError("no_capability")
        key, self._seal_key = self._seal_key, None
        is_small = await self._desk.here(self._who.session) < SMALL_ROOM
        return {
            "seal_key": key.hex(),
            "session": self._who.session.id,
            "shared": self._who.session.id if is_small else None,
            "invented": self._who.session.invented,
            **await self._own(),
        }

    async def do(self, message: Message) -> Message:
        """Carry out keep, choose, post, withdraw, read, or what is about a card."""
        who, desk = self._who, self._desk
        match message.get("do"):
            case "keep":
                await desk.keep(
                    who,
                    str(message["exercise"]),
                    _blob(message["sealed"]),
                    complete=message["complete"] is True,
                    counts=_texts(message["counts"]),
                )
            case "choose":
                counts = _texts(message["counts"])
                await desk.choose(who, _blob(message["sealed"]), counts)
            case "post":
                await desk.post(who, str(message["field"]), str(message["text"]))
            case "withdraw":
                await desk.withdraw(who, str(message["field"]))
            case "card":
                return await card_request(desk.cards, who, message)
            case "read":
                return await self._own()
            case _:
                raise DeskError("unknown_request")
        return {}

    def listen(self, push: Push) -> list[Callable[[], None]]:
        """Say that something changed; the kernel reads it when it wants."""

        def changed() -> None:
            push({"event": "changed"})

        bell = self._desk.bell
        return [
            bell.listen(("states", self._who.session.id), changed),
            bell.listen(("participant", self._who.participant_id), changed),
        ]

    async def _own(self) -> Message:
        own = await self._desk.own(self._who)
        return {
            "answers": {name: to_text(blob) for name, blob in own.answers.items()},
            "status": {
                name: {
                    "open": state.is_open,
                    "opened": state.was_opened,
                    "shown": state.is_shown,
                    "picture": state.picture if state.is_shown else None,
                }
                for name, state in own.states.items()
            },
            "wall": own.wall,
            "day": await self._desk.day(self._who.session.id) | self._desk.leaving,
            "mail": await waiting_mail(self._desk.cards, self._who),
        }


def _blob(value: Any) -> bytes:
    blob = from_text(str(value))
    if not 0 < len(blob) <= MAX_LINE // 2:
        raise DeskError("too_long")
    return blob


def _texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise DeskError("wrong_message")
    return {str(key): str(item) for key, item in value.items()}
