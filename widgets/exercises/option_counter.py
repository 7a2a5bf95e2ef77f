"""What one could do in a stuck situation, before a mirror and after it."""

from functools import cached_property
from typing import Any

from .base import (
    Answer,
    Exercise,
    Field,
    Language,
    LinesField,
    NumberField,
    Text,
    TextField,
    by_key,
)


class OptionCounter(Exercise):
    """List options twice; only how many were gained is counted, never a text.

    The sentences hold {before} and {after}; `one` is for a single option before.
    """

    stuck: TextField
    before: LinesField
    later: LinesField
    gain: NumberField
    one: Text
    several: Text
    no_more: Text

    @cached_property
    def _by_key(self) -> dict[str, Field]:
        return by_key((self.stuck, self.before, self.later))

    @property
    def asked(self) -> dict[str, Field]:
        """The situation and the two lists."""
        return self._by_key

    @property
    def fields(self) -> dict[str, Field]:
        """What is asked, and the gain that follows from it."""
        return by_key((*self._by_key.values(), self.gain))

    def public(self, language: Language, answer: Answer) -> dict[str, Any]:
        """What the browser draws; the gain is named, for it may be counted."""
        label = self.gain.label.in_(language) if self.gain.label else ""
        gain = {"label": label, "privacy": self.gain.privacy}
        return super().public(language, answer) | {"gain": gain}

    def counted(self, answer: Answer) -> dict[str, str]:
        """How many options were gained, once both lists have some."""
        if not self.is_complete(answer):
            return {}
        before, after = self._counts(answer)
        return self.gain.counted(max(0, after - before))

    def feedback(self, answer: Answer, language: Language) -> dict[str, Any]:
        """Both numbers in a sentence, {} while a list is empty."""
        found = super().feedback(answer, language)
        if not self.is_complete(answer):
            return found
        before, after = self._counts(answer)
        sentence = (self.one if before == 1 else self.several).in_(language)
        said = [sentence.format(before=before, after=after)]
        if after <= before:
            said.append(self.no_more.in_(language))
        return {"text": "\n\n".join([*said, *found.values()])}

    def _counts(self, answer: Answer) -> tuple[int, int]:
        return (
            _different(answer[self.before.key]),
            _different(answer[self.later.key]),
        )


def _different(lines: list[str]) -> int:
    # The same option written twice is one option.
    return len({line.casefold().rstrip(".!?") for line in lines})
