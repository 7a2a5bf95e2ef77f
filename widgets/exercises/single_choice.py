"""One question with one choice."""

from .base import ChoiceField, Exercise, Field


class SingleChoice(Exercise):
    """Choose one of several options."""

    field: ChoiceField

    @property
    def asked(self) -> dict[str, Field]:
        """The one choice."""
        return {self.field.key: self.field}
