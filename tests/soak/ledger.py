"""What one participant knows of their answers: sent, acknowledged, found back."""

from __future__ import annotations

from dataclasses import dataclass, field

from widgets.exercises.base import Answer


@dataclass
class Ledger:
    """By exercise: the newest answer that was acknowledged, and all sent since then."""

    saved: dict[str, Answer] = field(default_factory=dict)
    underway: dict[str, list[Answer]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    acknowledged: int = 0  # over all, also those that a newer one replaced

    def sends(self, exercise: str, answer: Answer) -> None:
        """Note an answer before it leaves."""
        self.underway.setdefault(exercise, []).append(answer)

    def acknowledge(self, exercise: str, answer: Answer) -> None:
        """Note that the page said "saved": from now on nothing older may come back."""
        self.saved[exercise] = answer
        self.underway.pop(exercise, None)
        self.acknowledged += 1

    def possible(self, exercise: str) -> list[Answer]:
        """What may stand in the store now."""
        saved = [self.saved[exercise]] if exercise in self.saved else [{}]
        return saved + self.underway.get(exercise, [])

    def look(self, exercise: str, found: object) -> None:
        """Compare with what a fresh page shows, and note it when an answer was lost."""
        possible = self.possible(exercise)
        if exercise in self.saved and found not in possible:
            self.lost.append(f"{exercise}: {found!r} instead of {possible!r}")
