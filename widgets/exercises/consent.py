"""The agreement at the start: what happens with answers, and whether they count."""

from typing import Any

from .base import Answer, ChoiceField, Exercise, Field, Language, Text


class Consent(Exercise):
    """Choose "yes" (count me in) or "no" (only for me); nothing is chosen beforehand.

    Who chooses "yes" adds one to the count of `counted_field`, without a name.
    """

    points: tuple[Text, ...]
    field: ChoiceField
    counted_field: ChoiceField

    @property
    def asked(self) -> dict[str, Field]:
        """The choice itself, which nobody else sees."""
        return {self.field.key: self.field}

    @property
    def fields(self) -> dict[str, Field]:
        """The choice, and the anonymous count of those who take part."""
        return self.asked | {self.counted_field.key: self.counted_field}

    def public(self, language: Language, answer: Answer) -> dict[str, Any]:
        """What the browser draws; the points are the agreement, one sentence each."""
        points = [point.in_(language) for point in self.points]
        return super().public(language, answer) | {"points": points}

    def counted(self, answer: Answer) -> dict[str, str]:
        """One "yes" of somebody who counts, nothing of anybody else."""
        is_in = answer.get(self.field.key) == "yes"
        return {self.counted_field.key: "yes"} if is_in else {}
