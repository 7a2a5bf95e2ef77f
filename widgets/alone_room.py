"""The surroundings of somebody who works alone: answers are files in a folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .content import load
from .sealed import Answer

Done = Callable[[str | None], None]
OPEN = {"open": True, "opened": True, "shown": False, "picture": None}


class AloneRoom:
    """One person without a server: answers are files in a local folder."""

    alone = True
    shared: str | None = None
    mail = None

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.note = {
            "nl": f"Je werkt alleen. Je antwoorden blijven op dit apparaat: {folder}",
            "en": f"You work alone. Your answers stay on this device: {folder}",
        }
        self._watching: list[Callable[[], None]] = []

    @property
    def counting(self) -> bool | None:
        """Nobody is counted alone."""
        choice = self.answer(load().agreement).get("counting")
        return None if choice is None else choice == "yes"

    def _file(self, exercise: str) -> Path:
        return self.folder / f"{exercise}.json"

    def answer(self, exercise: str) -> Answer:
        """Return the kept answer; a file that is not ours counts as none."""
        try:
            kept = json.loads(self._file(exercise).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def written(self, exercise: str) -> dict[str, float]:
        """Nobody notes it here."""
        return {}

    def status(self, exercise: str) -> dict[str, Any]:
        """Everything is open to somebody who works alone."""
        return dict(OPEN)

    def wall(self, exercise: str) -> dict[str, str]:
        """There is no wall without a room."""
        return {}

    def day(self) -> dict[str, Any]:
        """Nobody leads the day of who works alone."""
        return {}

    def keep(
        self,
        exercise: str,
        answer: Answer,
        *,
        complete: bool,
        counted: Mapping[str, str],
        done: Done,
    ) -> None:
        """Write the answer beside its old file, then put it in its place."""
        file = self._file(exercise)
        fresh = file.with_suffix(".new")
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            file.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(answer, ensure_ascii=False, indent=1)
            fresh.touch(mode=0o600)
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(file)
        except OSError:
            done("not_saved")
            return
        done(None)
        self._changed()

    def post(self, exercise: str, field: str, text: str, done: Done) -> None:
        """There is nobody to show it to."""
        done("alone")

    def withdraw(self, exercise: str, field: str, done: Done) -> None:
        """There is nothing to take back."""
        done("alone")

    def choose(self, counting: bool, done: Done) -> None:
        """Keep the choice as the answer that it is."""
        answer = {"counting": "yes" if counting else "no"}
        self.keep(load().agreement, answer, complete=True, counted={}, done=done)

    def watch(self, callback: Callable[[], None]) -> None:
        """Call back when another exercise of this kernel kept something."""
        self._watching.append(callback)

    def _changed(self) -> None:
        for callback in list(self._watching):
            callback()
