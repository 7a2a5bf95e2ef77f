"""How the minutes of a training go to modules and exercises."""

from functools import cached_property

from pydantic import PositiveInt

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
    """One way to spread the workbook over time, in minutes."""

    slug: str
    title: Text
    minutes: PositiveInt
    modules: dict[Key, Times]

    @cached_property
    def exercises(self) -> dict[str, int]:
        """The minutes of each exercise by its id; those left out are not here."""
        return {
            f"{module}/{exercise}": minutes
            for module, times in self.modules.items()
            for exercise, minutes in times.exercises.items()
        }
