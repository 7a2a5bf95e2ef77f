"""One short text."""

from .base import Exercise, Field, TextField


class ShortText(Exercise):
    """Write one text in words of your own."""

    field: TextField

    @property
    def asked(self) -> dict[str, Field]:
        """The one text."""
        return {self.field.key: self.field}
