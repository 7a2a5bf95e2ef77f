"""How the minutes of a training go to modules and exercises."""

from typing import Literal

from pydantic import NonNegativeInt, PositiveInt

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


class Pause(Model):
    """The time after a module in which the workbook asks nothing, in minutes.

    A `next_part` is another day, which opens with these minutes of looking back.
    """

    after: Key
    kind: Literal["break", "lunch", "next_part", "closing"] = "break"
    minutes: NonNegativeInt


class Variant(Model):
    """One way to spread the workbook over time, in minutes."""

    slug: str
    title: Text
    minutes: PositiveInt
    modules: dict[Key, Times]
    pauses: tuple[Pause, ...] = ()

    @property
    def planned(self) -> int:
        """What modules and pauses add up to."""
        in_modules = sum(times.total for times in self.modules.values())
        return in_modules + sum(pause.minutes for pause in self.pauses)

    @property
    def exercises(self) -> dict[str, int]:
        """The minutes of each exercise by its id; those left out are not here."""
        return {
            f"{module}/{exercise}": minutes
            for module, times in self.modules.items()
            for exercise, minutes in times.exercises.items()
        }
