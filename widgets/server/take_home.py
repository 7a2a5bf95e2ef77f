"""A participant's own answers, opened for the request that carries their secret."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import vault
from ..reports.own_file import Found, fitting
from ..sealed import Answer, OwnAnswers
from .desk import Capability, Desk, DeskError, Kept


async def _admitted(desk: Desk, secret: str) -> tuple[Capability, vault.Keys]:
    admitted = await desk.admit(secret)
    if admitted is None:
        raise DeskError("unknown_participant")
    return admitted


async def own_answers(desk: Desk, secret: str) -> dict[str, Answer]:
    """Return every answer of a participant, opened."""
    who, keys = await _admitted(desk, secret)
    own = OwnAnswers(keys.seal, who.session.id)
    return own.open_all((await desk.own(who)).answers)


async def come_in(
    desk: Desk, code: str, language: str, counting: bool, earlier: str | None
) -> str:
    """Let somebody in, with the answers of their earlier workbook if they bring one.

    The earlier workbook stays as it is. What was answered there counts nothing here:
    it was no answer to this room.
    """
    brought = await own_answers(desk, earlier) if earlier else {}
    secret = await desk.join(code, language, counting)
    if brought:  # nearly everybody comes with nothing, and all at once
        await take_in(desk, secret, brought, replace=False, counts=False)
    return secret


async def take_in(
    desk: Desk,
    secret: str,
    read: Mapping[str, Any],
    *,
    replace: bool,
    counts: bool = True,
) -> Found:
    """Keep the answers of a file that fit, in one step, as if they were typed now."""
    who, keys = await _admitted(desk, secret)
    own = OwnAnswers(keys.seal, who.session.id)
    workbook = desk.workbook
    found = Found({}, 0, 0)

    def choose(sealed: Mapping[str, bytes]) -> list[Kept]:
        nonlocal found
        have = own.open_all(sealed)
        agreed = have.get(workbook.agreement, {}).get("counting") == "yes"
        found = fitting(workbook, read, have, replace=replace)
        mine = have | found.answers
        return [
            Kept(
                id,
                own.seal(id, answer),
                complete=workbook.exercise(id).is_complete(answer),
                counts=workbook.again_after(id, mine).counted(answer)
                if counts and agreed
                else {},
            )
            for id, answer in found.answers.items()
        ]

    await desk.change(who, choose)
    return found
