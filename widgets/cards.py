"""Invitations to send somebody a card, and the sealed cards that wait for them."""

from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from . import statements
from .database import Database
from .schema import InvitationRow, cards, invitations, participants


class Cards(Database):
    """An invitation is good for one card; who wrote a card is nowhere."""

    def invite(self, row: InvitationRow, at_most: int) -> bool:
        """Keep an invitation; `False` when there are so many for its exercise."""
        with self.transaction():
            mine = self.invitations(row.participant_id)
            if sum(one.exercise == row.exercise for one in mine) >= at_most:
                return False
            rest = asdict(row)
            key = {"code": rest.pop("code")}
            owner = participants.c.id
            return self._put(invitations, key, rest, owner, row.participant_id)

    def invitation(self, code: str) -> InvitationRow | None:
        """Find an invitation by its code."""
        found = self._rows(sa.select(invitations).where(invitations.c.code == code))
        return InvitationRow(**found[0]._mapping) if found else None

    def invitations(self, participant_id: str) -> list[InvitationRow]:
        """List the invitations of a participant, the oldest first."""
        rows = self._rows(statements.INVITATIONS, who=participant_id)
        return [InvitationRow(**row._mapping) for row in rows]

    def end_invitations(self, now: datetime) -> None:
        """Delete the invitations whose time is over."""
        self._erase(sa.delete(invitations).where(invitations.c.until <= now))

    def uninvite(self, participant_id: str, code: str) -> bool:
        """Take an invitation back; `False` when there was none."""
        mine = invitations.c.participant_id == participant_id
        gone = sa.delete(invitations).where(mine, invitations.c.code == code)
        return self._erase(gone) > 0

    def give_card(self, code: str, card_id: str, sealed: bytes) -> str | None:
        """Use up an invitation; gives for whom the card waits now, None without one."""
        with self.transaction():
            row = self.invitation(code)
            if row is None or not self.uninvite(row.participant_id, code):
                return None
            rest = {"participant_id": row.participant_id, "sealed": sealed}
            owner = participants.c.id
            self._put(cards, {"id": card_id}, rest, owner, row.participant_id)
            return row.participant_id

    def cards(self, participant_id: str) -> dict[str, bytes]:
        """Give the sealed cards that wait for a participant, in no meaningful order."""
        rows = self._rows(statements.CARDS, who=participant_id)
        return {row.id: row.sealed for row in rows}

    def drop_card(self, participant_id: str, card_id: str) -> None:
        """Delete a card that its receiver has, also the bytes."""
        mine = cards.c.participant_id == participant_id
        self._erase(sa.delete(cards).where(mine, cards.c.id == card_id))
