"""What a participant's kernel may ask about cards, as messages on its line."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import segno

from ..schema import InvitationRow
from ..sealed import from_text, to_text
from ..vault import grouped
from .card_desk import CardDesk
from .desk import Capability
from .sessions import DeskError

Message = dict[str, Any]


async def card_request(desk: CardDesk, who: Capability, message: Message) -> Message:
    """Carry out invite, uninvite, find, give or taken; raises DeskError."""
    exercise = str(message.get("exercise"))
    match message.get("act"):
        case "invite":
            await desk.invite(who, exercise, from_text(str(message["public"])))
        case "uninvite":
            await desk.uninvite(who, str(message["code"]))
        case "find":
            public = await desk.find(who, exercise, str(message["code"]))
            return {"public": to_text(public)}
        case "give":
            sealed = from_text(str(message["sealed"]))
            await desk.give(who, exercise, str(message["code"]), sealed)
        case "taken":
            await desk.taken(who, str(message["card"]))
        case _:
            raise DeskError("unknown_request")
    return {}


async def waiting_mail(desk: CardDesk, who: Capability) -> Message:
    """Return the open invitations and the sealed cards of a participant."""
    mail = await desk.mail(who)
    start = f"{desk.base_url}/{who.session.language}"
    return {
        "invitations": [
            {
                "exercise": row.exercise,
                "code": grouped(row.code),
                "until": row.until.isoformat(),
                "qr": _squares(f"{start}/{_place(row)}"),
            }
            for row in mail.invitations
        ],
        "cards": {name: to_text(sealed) for name, sealed in mail.cards.items()},
    }


def _place(row: InvitationRow) -> str:
    """Where in the workbook this code is asked for: the exercise finds it by name."""
    module, _, step = row.exercise.partition("/")
    return f"{module}?{step}={row.code}#{step}"


@lru_cache(maxsize=512)  # each piece of news asks for it again
def _squares(text: str) -> list[str]:
    """A QR code as rows of 0 and 1: the page draws it."""
    rows = segno.make(text, error="m").matrix
    return ["".join(str(int(cell)) for cell in row) for row in rows]
