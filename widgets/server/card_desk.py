"""Cards between two participants: who asks for one gets one, and nobody else does.

An invitation is good for one card and for an hour. The server passes a sealed card on;
it cannot read it, and does not keep who wrote it.
"""

from __future__ import annotations

import secrets
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from .. import session as rules
from ..exercises.card_exercise import with_cards
from ..schema import InvitationRow
from ..store import Store
from .sessions import DeskError, Sessions

if TYPE_CHECKING:
    from .desk import Capability

CODE_LENGTH = 8  # 36 bits, for a code that lives an hour
LIFE = timedelta(minutes=60)
AT_MOST = 3  # open at once
PUBLIC_KEY = 32
LONGEST_CARD = 8192

# So many wrong codes within so many seconds, and then it is time for a pause.
WRONG_CODES = 10
PAUSE = 600


@dataclass(frozen=True)
class Mail:
    """The invitations of a participant, and the sealed cards that wait for them."""

    invitations: list[InvitationRow]
    cards: dict[str, bytes]


class CardDesk:
    """Invites, finds an invitation by its code, and passes a sealed card on."""

    def __init__(self, desk: Sessions, store: Store) -> None:
        self._desk = desk
        self._store = store
        self._wrong: defaultdict[str, list[float]] = defaultdict(list)

    @property
    def base_url(self) -> str:
        """The address of the workbook, to lead a partner to."""
        return self._desk.base_url

    async def mail(self, who: Capability) -> Mail:
        """Return what waits for a participant."""
        return await self._desk.run(self._mail, who.participant_id)

    def _mail(self, participant_id: str) -> Mail:
        now = datetime.now(UTC)
        invitations = self._store.invitations(participant_id)
        still = [row for row in invitations if row.until > now]
        return Mail(still, self._store.cards(participant_id))

    async def invite(self, who: Capability, exercise: str, public_key: bytes) -> None:
        """Ask for one card; raises DeskError ended or too_many_invitations."""
        is_known = exercise in with_cards(self._desk.workbook.exercises)
        if len(public_key) != PUBLIC_KEY or not is_known:
            raise DeskError("wrong_message")
        until = (datetime.now(UTC) + LIFE).replace(second=0, microsecond=0)
        row = InvitationRow(
            code=rules.new_code(CODE_LENGTH),
            participant_id=who.participant_id,
            session_id=who.session.id,
            public_key=public_key,
            until=until,
            exercise=exercise,
        )
        if not await self._desk.run(self._invite, row):
            raise DeskError("too_many_invitations")

    def _invite(self, row: InvitationRow) -> bool:
        self._require_running(row.session_id)
        self._store.end_invitations(datetime.now(UTC))
        self._tell(row.participant_id)
        return self._store.invite(row, AT_MOST)

    async def uninvite(self, who: Capability, code: str) -> None:
        """Take an invitation back; a double click is no error."""
        plain = rules.normalise_code(code)
        await self._desk.run(self._uninvite, who.participant_id, plain)

    def _uninvite(self, participant_id: str, code: str) -> None:
        if self._store.uninvite(participant_id, code):
            self._tell(participant_id)

    async def find(self, who: Capability, exercise: str, code: str) -> bytes:
        """Return the public key to seal a card to; raises as `give` does."""
        row = await self._desk.run(self._find, who, exercise, code)
        return row.public_key

    async def give(
        self, who: Capability, exercise: str, code: str, sealed: bytes
    ) -> None:
        """Leave a sealed card for whoever made this invitation, and use it up.

        Raises DeskError no_invitation, own_invitation, other_exercise, too_often,
        too_long or ended.
        """
        if len(sealed) > LONGEST_CARD:
            raise DeskError("too_long")
        await self._desk.run(self._give, who, exercise, code, sealed)

    def _give(self, who: Capability, exercise: str, code: str, sealed: bytes) -> None:
        row = self._find(who, exercise, code)
        receiver = self._store.give_card(row.code, secrets.token_hex(16), sealed)
        if receiver is None:
            raise DeskError("no_invitation")
        self._tell(receiver)

    def _find(self, who: Capability, exercise: str, code: str) -> InvitationRow:
        if self._store.participant(who.participant_id) is None:
            raise DeskError("unknown_participant")
        self._require_running(who.session.id)
        self._require_patience(who.participant_id)
        row = self._store.invitation(rules.normalise_code(code))
        is_open = row is not None and row.until > datetime.now(UTC)
        # Unknown, used, taken back, over or of another session: all sound the same.
        if row is None or not is_open or row.session_id != who.session.id:
            self._wrong[who.participant_id].append(time.monotonic())
            raise DeskError("no_invitation")
        if row.participant_id == who.participant_id:
            raise DeskError("own_invitation")
        if row.exercise != exercise:
            raise DeskError("other_exercise")
        return row

    def _require_running(self, session_id: str) -> None:
        row = self._store.session_by_id(session_id)
        if row is None or row.ended_at is not None:
            raise DeskError("ended")

    def _require_patience(self, participant_id: str) -> None:
        since = time.monotonic() - PAUSE
        recent = [at for at in self._wrong.get(participant_id, ()) if at > since]
        if recent:
            self._wrong[participant_id] = recent
        else:
            self._wrong.pop(participant_id, None)
        if len(recent) >= WRONG_CODES:
            raise DeskError("too_often")

    async def taken(self, who: Capability, card_id: str) -> None:
        """Delete a card: its receiver has it among their own sealed answers."""
        await self._desk.run(self._store.drop_card, who.participant_id, card_id)

    def _tell(self, participant_id: str) -> None:
        self._store.tell(("participant", participant_id))
