"""Words in Dutch and in English, and numbers as each of the two writes them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Language = Literal["nl", "en"]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Model(BaseModel):
    """Content: read once, never changed, no keys that nobody reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Model):
    """The same words in Dutch and in English."""

    nl: Words
    en: Words

    def in_(self, language: Language) -> str:
        """The words in one language."""
        return self.nl if language == "nl" else self.en


def decimals(number: float, places: int, language: Language) -> str:
    """A number as people read it: 3,7 in Dutch and 3.7 in English."""
    # Adding zero turns a rounded -0.0 into 0.0.
    text = f"{round(number, places) + 0.0:.{places}f}".replace("-", "−")
    return text.replace(".", ",") if language == "nl" else text
