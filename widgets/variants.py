"""How the minutes of a training go to modules and exercises."""

from functools import cached_property
from typing import Self

from pydantic import Field, PositiveInt, model_validator

from .exercises.base import Key, Model, Text


class Times(Model):
    """The minutes of one module: its total, its exercises, and the rest."""

    total: PositiveInt
    exercises: dict[Key, PositiveInt]
    debrief: int = 0

    @property
    def planned(self) -> int:
        """What the parts add up to."""
        return sum(self.exercises.values()) + self.debrief


class Variant(Model):
    """One way to spread the workbook over time, in minutes.

    `breaks` come after the module they are named by; with the module `second_day` a
    second day begins.
    """

    slug: str
    title: Text
    minutes: PositiveInt
    modules: dict[Key, Times]
    breaks: dict[Key, PositiveInt] = Field(default_factory=dict)
    second_day: Key | None = None

    @model_validator(mode="after")
    def _knows_modules(self) -> Self:
        for name in (*self.breaks, *([self.second_day] if self.second_day else [])):
            if name not in self.modules:
                raise ValueError(f"breaks, second_day: no minutes for module {name!r}")
        return self

    @model_validator(mode="after")
    def _fits(self) -> Self:
        modules = sum(times.total for times in self.modules.values())
        needed = modules + sum(self.breaks.values())
        if needed > self.minutes:
            sums = f"{needed} minutes, more than {self.minutes}"
            raise ValueError(f"the modules and breaks add up to {sums}")
        return self

    @cached_property
    def exercises(self) -> dict[str, int]:
        """The minutes of each exercise by its id; those left out are not here."""
        return {
            f"{module}/{exercise}": minutes
            for module, times in self.modules.items()
            for exercise, minutes in times.exercises.items()
        }
