"""Fields whose value is a whole number."""

from random import Random
from typing import Any, Literal, Self

from pydantic import NonNegativeInt, model_validator

from .fields import DONT_KNOW, AnswerError, BaseField, Option, Value
from .texts import Language, Text

BINS = 5
MOST_COUNTED = 12  # more different numbers than this are no picture of a group


class _Number(BaseField):
    min: NonNegativeInt = 0
    max: NonNegativeInt

    def check(self, value: object) -> int:
        """The number; raises AnswerError."""
        if isinstance(value, bool) or not isinstance(value, int):
            raise AnswerError(self.key, "wrong_type")
        if value < self.min:
            raise AnswerError(self.key, "too_small", self.min)
        if value > self.max:
            raise AnswerError(self.key, "too_large", self.max)
        return value

    def invent(self, chance: Random) -> int:
        """Any number, those in the middle more often."""
        return round(chance.triangular(self.min, self.max))

    def public(self, language: Language) -> dict[str, Any]:
        """What the browser needs to draw the field."""
        return super().public(language) | {"min": self.min, "max": self.max}

    @model_validator(mode="after")
    def _has_room(self) -> Self:
        if self.min >= self.max:
            raise ValueError("min must be smaller than max")
        return self


class SliderField(_Number):
    """A place between two ends; it has none until somebody gives it one.

    Counted in five bins of equal width, so that no number stands for one person.
    """

    kind: Literal["slider"] = "slider"
    max: NonNegativeInt = 100
    low: Text
    high: Text
    middle: Text | None = None

    @property
    def choices(self) -> tuple[Option, ...]:
        """The five bins, from low to high."""
        names = {1: self.low, BINS: self.high}
        return tuple(
            Option(key=f"bin{number}", label=self._label(number, names.get(number)))
            for number in range(1, BINS + 1)
        )

    def _label(self, number: int, end: Text | None) -> Text:
        places = f"{self._edge(number - 1)}–{self._edge(number) - 1}"
        if end is None:
            return Text(nl=places, en=places)
        return Text(nl=f"{places} ({end.nl})", en=f"{places} ({end.en})")

    def _edge(self, number: int) -> int:
        # The first whole number of a bin.
        return self.min - (self.min - self.max - 1) * number // BINS

    def counted(self, value: int) -> dict[str, str]:
        """The bin that holds the number."""
        number = BINS * (value - self.min) // (self.max - self.min + 1)
        return {self.key: f"bin{number + 1}"}

    def in_words(self, value: Any, language: Language) -> str:
        """The number between its ends."""
        ends = f"{self.low.in_(language)} – {self.high.in_(language)}"
        return f"{value} ({ends})"

    def public(self, language: Language) -> dict[str, Any]:
        """What the browser needs to draw the field."""
        return super().public(language) | {
            "low": self.low.in_(language),
            "high": self.high.in_(language),
            "middle": self.middle and self.middle.in_(language),
        }

    @model_validator(mode="after")
    def _has_bins(self) -> Self:
        if self.max - self.min + 1 < BINS:
            raise ValueError(f"a slider needs at least {BINS} places")
        return self


class NumberField(_Number):
    """A whole number; counted as it is, `count_to` and more as one."""

    kind: Literal["number"] = "number"
    count_to: NonNegativeInt | None = None

    @property
    def choices(self) -> tuple[Option, ...]:
        """The numbers that are counted apart; none when they are too many."""
        last = self.max if self.count_to is None else self.count_to
        if last - self.min >= MOST_COUNTED:
            return ()
        return tuple(self._option(number) for number in range(self.min, last + 1))

    @property
    def options(self) -> tuple[Option, ...]:
        """Nothing to choose from on paper: a number is written."""
        return ()

    def _option(self, number: int) -> Option:
        is_more = self.count_to is not None and number == self.count_to < self.max
        label = f"{number}+" if is_more else str(number)
        key = f"{number}plus" if is_more else str(number)
        return Option(key=key, label=Text(nl=label, en=label))

    def counted(self, value: int) -> dict[str, str]:
        """The number, or the one that stands for all from there on."""
        last = self.max if self.count_to is None else self.count_to
        return {self.key: self._option(min(value, last)).key}

    def in_words(self, value: Any, language: Language) -> str:
        """The number itself."""
        return str(value)

    @model_validator(mode="after")
    def _counts_within(self) -> Self:
        if self.count_to is not None and not self.min < self.count_to <= self.max:
            raise ValueError("count_to must lie above min, and not above max")
        return self


class ScaleField(BaseField):
    """A whole number from 1 to 5, or "dont_know"."""

    kind: Literal["scale"] = "scale"
    low: Text | None = None
    high: Text | None = None
    dont_know: Text = Text(nl="weet ik niet", en="don't know")

    @property
    def choices(self) -> tuple[Option, ...]:
        """The numbers and "dont_know"."""
        labels = {str(n): Text(nl=str(n), en=str(n)) for n in range(1, 6)}
        labels[DONT_KNOW] = self.dont_know
        return tuple(Option(key=key, label=label) for key, label in labels.items())

    def invent(self, chance: Random) -> Value:
        """Mostly somewhere in the middle, sometimes not known."""
        return chance.choice((1, 2, 3, 3, 4, 4, 5, DONT_KNOW))

    def check(self, value: object) -> Value:
        """The number or "dont_know"; raises AnswerError."""
        if value == DONT_KNOW:
            return DONT_KNOW
        if isinstance(value, bool) or not isinstance(value, int):
            raise AnswerError(self.key, "wrong_type")
        if value not in range(1, 6):
            raise AnswerError(self.key, "unknown_option")
        return value

    def public(self, language: Language) -> dict[str, Any]:
        """What the browser needs to draw the field."""
        return super().public(language) | {
            "low": self.low and self.low.in_(language),
            "high": self.high and self.high.in_(language),
            "dont_know": self.dont_know.in_(language),
        }
