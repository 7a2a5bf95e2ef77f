"""What the desk knows of a participant: as a visitor, and for their kernel."""

from __future__ import annotations

from dataclasses import dataclass, field

from .. import session as rules
from .. import vault
from ..store import SessionRow


@dataclass(frozen=True)
class Visitor:
    """A participant as their own request shows them."""

    participant_id: str
    session: SessionRow
    counting: bool
    progress: dict[str, bool]
    states: dict[str, rules.State]
    keys: vault.Keys = field(repr=False)

    @property
    def capability(self) -> Capability:
        """What a kernel for this participant may do."""
        return Capability(self.participant_id, self.session, self.keys.count)


@dataclass(frozen=True)
class Capability:
    """What one kernel may do: act for one participant in one session."""

    participant_id: str
    session: SessionRow
    count_key: bytes


@dataclass(frozen=True)
class Own:
    """A participant's sealed answers, what is open, and where their texts stand."""

    answers: dict[str, bytes]
    states: dict[str, rules.State]
    wall: dict[str, str]


@dataclass(frozen=True)
class Kept:
    """A sealed answer to be kept, and what is counted of it."""

    exercise: str
    sealed: bytes
    complete: bool
    counts: dict[str, str]
