"""What exercises are made of: options and the kinds of fields."""

import re
import unicodedata
from abc import abstractmethod
from collections.abc import Iterable, Mapping
from random import Random
from typing import Annotated, Any, Literal, Self

from pydantic import (
    PositiveInt,
    StringConstraints,
    model_validator,
)

from .means import mean_of
from .texts import Language, Model, Text

Privacy = Literal["A", "C", "S", "W"]
Group = Literal["L", "P", "B", "thought", "feeling", "behaviour"]
Code = Literal[
    "too_long",
    "too_many_words",
    "unknown_option",
    "unknown_field",
    "wrong_type",
    "not_for_wall",
    "empty",
    "too_small",
    "too_large",
    "too_many",
    "too_many_lines",
    "no_such_date",
]
Answer = dict[str, Any]
Value = str | int | list[str]

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_]*$")]
Concept = Annotated[str, StringConstraints(pattern=r"^S(0[1-9]|1\d|2[0-5])$")]

SKIPPED = "skipped"
DONT_KNOW = "dont_know"


class AnswerError(ValueError):
    """An answer that cannot be kept: which field, why (a code) and which limit."""

    def __init__(self, field: str, code: Code, limit: int | None = None) -> None:
        super().__init__(f"{field}: {code}" + ("" if limit is None else f" ({limit})"))
        self.field, self.code, self.limit = field, code, limit


class Option(Model):
    """One thing to choose; `group` gives it a colour and a shape of its own."""

    key: Key
    label: Text
    group: Group | None = None


# Controls but the line end, and the code points that never are characters.
_LAST = "".join(chr(65536 * plane - end) for plane in range(1, 18) for end in (1, 2))
UNFIT = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef{_LAST}]")


def clean(text: str) -> str:
    """Typed text without control characters or half characters; line ends are newlines.

    Emoji, joiners and right-to-left marks are part of what people write, and stay.
    """
    # JavaScript can cut a character in two; UTF-16 joins pairs and drops lone halves.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    lines = re.sub(r"\r\n?", "\n", whole).replace("\t", " ")
    # Last, since a control character can stand between a letter and its accent.
    return unicodedata.normalize("NFC", UNFIT.sub("", lines))


class BaseField(Model):
    """What all kinds of fields share; `privacy` says who may ever see the value."""

    kind: str
    key: Key
    label: Text | None = None
    hint: Text | None = None
    privacy: Privacy
    wall: bool = False
    optional: bool = False  # an exercise is complete without it
    own_situation: bool = False
    mean: bool = False  # whether a group sees the mean of its numbers
    lints: tuple[str, ...] = ()

    @property
    def choices(self) -> tuple[Option, ...]:
        """What can be counted in this field, in the order in which it is shown."""
        return ()

    @property
    def option_keys(self) -> tuple[str, ...]:
        """The keys of the choices."""
        return tuple(option.key for option in self.choices)

    @abstractmethod
    def check(self, value: object) -> Value:
        """The value as it may be kept; raises AnswerError."""

    def invent(self, chance: Random) -> Value:
        """A value as somebody might choose it, for a rehearsal."""
        keys = self.option_keys
        # The first options more often than the last: invented people agree a little.
        return chance.choices(keys, weights=range(len(keys) + 2, 2, -1))[0]

    def is_filled(self, value: object) -> bool:
        """Whether this value counts as an answer."""
        return value is not None

    @property
    def counted_fields(self) -> tuple["BaseField", ...]:
        """The choices or pairs as which this field is counted: most often one."""
        return (self._as_choice(self.key, self.choices),)

    def counted(self, value: Any) -> dict[str, str]:
        """What counts of a value: for each of `counted_fields` an option key."""
        return {self.key: str(value)}

    def drawn(self, shown: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """This field in the fields of a group picture, None when it is not there."""
        own = shown.get(self.key) or {}
        return own if own.get("n") is not None else None

    def shown(self, picture: Mapping[str, Any], language: Language) -> dict[str, Any]:
        """What this field adds to its own row of a group picture."""
        return mean_of(picture, language)

    def in_words(self, value: Any, language: Language) -> str:
        """A value as a participant reads it back later."""
        labels = {option.key: option.label for option in self.choices}
        return labels[key].in_(language) if (key := str(value)) in labels else key

    def _as_choice(self, key: str, options: tuple[Option, ...]) -> "ChoiceField":
        return ChoiceField(
            key=key,
            label=self.label,
            options=options,
            privacy=self.privacy,
            own_situation=self.own_situation,
            mean=self.mean,
        )

    def public(self, language: Language) -> dict[str, Any]:
        """What the browser needs to draw the field."""
        return {
            "key": self.key,
            "kind": self.kind,
            "label": self.label and self.label.in_(language),
            "hint": self.hint and self.hint.in_(language),
            "privacy": self.privacy,
            "wall": self.wall,
        }

    def _one_of(self, keys: Iterable[str], value: object) -> str:
        if not isinstance(value, str):
            raise AnswerError(self.key, "wrong_type")
        if value not in keys:
            raise AnswerError(self.key, "unknown_option")
        return value

    @model_validator(mode="after")
    def _is_of_its_kind(self) -> Self:
        if self.lints and self.kind not in ("text", "lines"):
            raise ValueError("lints are about words; this field has none")
        if self.privacy == "C" and not self.choices:
            raise ValueError("privacy C counts choices; this field has none")
        if self.mean and not any(key.isdecimal() for key in self.option_keys):
            raise ValueError("a mean is of numbers; no choice of this field is one")
        return self


class TextField(BaseField):
    """Words of the participant's own; one row means one line."""

    kind: Literal["text"] = "text"
    max_length: PositiveInt = 200
    max_words: PositiveInt | None = None
    rows: PositiveInt = 3

    def check(self, value: object) -> str:
        """The cleaned text; raises AnswerError."""
        if not isinstance(value, str):
            raise AnswerError(self.key, "wrong_type")
        text = clean(value)
        if self.rows == 1:
            text = text.replace("\n", " ")
        if len(text) > self.max_length:
            raise AnswerError(self.key, "too_long", self.max_length)
        if self.max_words is not None and len(text.split()) > self.max_words:
            raise AnswerError(self.key, "too_many_words", self.max_words)
        return text

    def invent(self, chance: Random) -> str:
        """Words that show that nobody wrote them."""
        return chance.choice(("verzonnen antwoord", "invented answer"))

    def is_filled(self, value: object) -> bool:
        """Whether there is more than white space."""
        return isinstance(value, str) and bool(value.strip())

    def public(self, language: Language) -> dict[str, Any]:
        """What the browser needs to draw the field."""
        limits = {"max_length": self.max_length, "max_words": self.max_words}
        return super().public(language) | limits | {"rows": self.rows}


class WithOptions(BaseField):
    """A field that offers a list of options."""

    options: tuple[Option, ...]

    def in_words(self, value: Any, language: Language) -> str:
        """The labels of what was chosen."""
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(self.labels(chosen, language))

    def labels(self, chosen: list[str], language: Language) -> list[str]:
        """The labels that belong to these keys, in the same order."""
        labels = {option.key: option.label.in_(language) for option in self.options}
        return [labels[key] for key in chosen if key in labels]

    def public(self, language: Language) -> dict[str, Any]:
        """What the browser needs to draw the field."""
        labels = {one.key: one.label.in_(language) for one in self.options}
        options = [{"key": key, "label": label} for key, label in labels.items()]
        return super().public(language) | {"options": options}

    @model_validator(mode="after")
    def _keys_differ(self) -> Self:
        if len({option.key for option in self.options}) < len(self.options):
            raise ValueError("two options have the same key")
        return self


class WithOneOption(WithOptions):
    """A field that takes one of its options."""

    @property
    def choices(self) -> tuple[Option, ...]:
        """The options."""
        return self.options

    def check(self, value: object) -> str:
        """The chosen key; raises AnswerError."""
        return self._one_of(self.option_keys, value)


class ChoiceField(WithOneOption):
    """One of several options."""

    kind: Literal["choice"] = "choice"


class ChecksField(WithOptions):
    """Boxes to tick for oneself; none ticked is an answer too, and none is counted."""

    kind: Literal["checks"] = "checks"

    def check(self, value: object) -> list[str]:
        """The ticked keys, once each, in the options' order; raises AnswerError."""
        if not isinstance(value, list):
            raise AnswerError(self.key, "wrong_type")
        keys = [option.key for option in self.options]
        ticked = {self._one_of(keys, item) for item in value}
        return [key for key in keys if key in ticked]

    def invent(self, chance: Random) -> list[str]:
        """Any of the boxes."""
        keys = [option.key for option in self.options]
        return [key for key in keys if chance.random() < 0.5]

    def is_filled(self, value: object) -> bool:
        """Always: leaving all boxes empty is fine."""
        return True
