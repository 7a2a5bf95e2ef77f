"""Where one exercise stands in one session: what the rules change and the store keeps.

It stands alone so that the rules and the store need not know each other.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class State:
    """One exercise in one session; `picture` is the group result, frozen when shown."""

    is_open: bool = False
    was_opened: bool = False
    is_shown: bool = False
    picture: dict[str, Any] | None = None
    pictured: int = 0
