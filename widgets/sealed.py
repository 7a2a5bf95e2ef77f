"""A participant's own answers, sealed: what kernel and server both know of them."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from . import vault
from .content import Workbook

Answer = dict[str, Any]
Written = dict[str, float]
WRITTEN = "~written"  # no field is called so


class OwnAnswers:
    """Seals and opens the answers of one participant in one session.

    Each blob is bound to its session and exercise, so that it cannot be moved.
    """

    def __init__(self, seal_key: bytes, session_id: str) -> None:
        self._key = seal_key
        self._session = session_id

    def seal(
        self, exercise: str, answer: Answer, written: Written | None = None
    ) -> bytes:
        """Return an answer as a sealed blob, with when each field was written."""
        whole = {**answer, WRITTEN: written} if written else answer
        return vault.seal(self._key, whole, session=self._session, field=exercise)

    def open(self, exercise: str, blob: bytes) -> Answer:
        """Return what was sealed for this exercise; raises vault errors."""
        return self.open_dated(exercise, blob)[0]

    def open_dated(self, exercise: str, blob: bytes) -> tuple[Answer, Written]:
        """Return the same with when each field was written, where that was noted."""
        opened = vault.open_sealed(
            self._key, blob, session=self._session, field=exercise
        )
        answer = dict(opened)
        return answer, dict(answer.pop(WRITTEN, {}))

    def open_all(self, blobs: Mapping[str, bytes]) -> dict[str, Answer]:
        """Open every blob of a mapping from exercise to blob."""
        return {exercise: self.open(exercise, blob) for exercise, blob in blobs.items()}


def counted(workbook: Workbook, answers: Mapping[str, Answer]) -> dict[str, str]:
    """Return every value that may be counted now: field id to option key."""
    return {
        f"{exercise}.{field}": value
        for exercise, answer in answers.items()
        if exercise in workbook.exercises
        for asked in [workbook.again_after(exercise, answers)]
        for field, value in asked.counted(answer).items()
    }


def to_text(blob: bytes) -> str:
    """Return a blob as text for a JSON line."""
    return base64.b64encode(blob).decode("ascii")


def from_text(text: str) -> bytes:
    """Return the blob of a JSON line; raises ValueError when it is not one."""
    return base64.b64decode(text, validate=True)
