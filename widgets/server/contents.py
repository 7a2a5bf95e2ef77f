"""What the contents page says: modules, how far I am, what the trainer has open."""

from __future__ import annotations

import json
from collections.abc import Hashable
from dataclasses import dataclass
from hashlib import blake2b

from ..content import Module
from .desk import Desk, Visitor


@dataclass(frozen=True)
class Line:
    """One module on the contents page."""

    module: Module
    done: int
    total: int
    is_open_now: bool
    is_for_home: bool  # the session's programme has no time for it

    @property
    def is_done(self) -> bool:
        """Tell whether every exercise of the module is done."""
        return self.done == self.total


def lines(desk: Desk, visitor: Visitor) -> list[Line]:
    """Return the modules in order, as this participant stands."""
    planned = {id.split("/")[0] for id in desk.programme(visitor.session)}
    return [
        Line(
            module,
            done=sum(visitor.progress.get(name, False) for name in module.exercises),
            total=len(module.exercises),
            is_open_now=any(
                _is_opened(desk, visitor, name) for name in module.exercises
            ),
            is_for_home=module.slug not in planned,
        )
        for module in desk.workbook.modules.values()
    ]


def _is_opened(desk: Desk, visitor: Visitor, exercise: str) -> bool:
    """Tell whether the trainer opened it: what is open by itself does not count."""
    if desk.is_free(visitor.session, exercise):
        return False
    return visitor.states[exercise].is_open


def focus(found: list[Line], visitor: Visitor) -> Line | None:
    """Return the module in which the room is now: what the projector shows, if open."""
    shown = str(visitor.session.focus.get("exercise") or "").split("/")[0]
    opened = [line for line in found if line.is_open_now]
    return next(
        (line for line in opened if line.module.slug == shown),
        opened[-1] if opened else None,
    )


def unfinished(found: list[Line]) -> Line:
    """Return the module to go on with: the first that is not done, else the last."""
    planned = [line for line in found if not line.is_for_home] or found
    return next((line for line in planned if not line.is_done), planned[-1])


def version(desk: Desk, visitor: Visitor) -> str:
    """Return a mark that differs whenever the contents page would look different."""
    return mark(seen(lines(desk, visitor), visitor))


def seen(found: list[Line], visitor: Visitor) -> tuple[Hashable, ...]:
    """Return what can be seen on the contents page and may change in a session."""
    at = focus(found, visitor)
    return (
        *(
            (line.module.slug, line.done, line.is_open_now, line.is_for_home)
            for line in found
        ),
        at.module.slug if at else None,
        visitor.session.ended_at is not None,
        visitor.counting,
    )


def mark(seen: tuple[Hashable, ...]) -> str:
    """Return a short mark for what is seen."""
    return blake2b(json.dumps(seen).encode(), digest_size=6).hexdigest()
