"""When an exercise says something about an answer."""

from collections.abc import Iterator, Mapping

from pydantic import Field as content
from pydantic import PositiveInt

from .fields import Answer, Key, TextField
from .kinds import Field
from .number_fields import NumberField, SliderField
from .texts import Model

Options = dict[Key, tuple[Key, ...]]


class Condition(Model):
    """What must hold of an answer, all of it.

    `when` and `also` want one of these options, in a list at least one of them;
    `without` wants none of them. `above` and `below` are about numbers that were
    given; `filled` and `empty` about anything. `brief` wants a text of fewer words than
    this, or none yet.
    """

    when: Options = content(default_factory=dict)
    also: Options = content(default_factory=dict)
    without: Options = content(default_factory=dict)
    above: dict[Key, int] = content(default_factory=dict)
    below: dict[Key, int] = content(default_factory=dict)
    filled: tuple[Key, ...] = ()
    empty: tuple[Key, ...] = ()
    brief: dict[Key, PositiveInt] = content(default_factory=dict)

    def holds(self, answer: Answer, fields: Mapping[str, Field]) -> bool:
        """Whether all of it holds."""
        wanted = (*self.when.items(), *self.also.items())
        unwanted = self.without.items()
        has = {key for key in fields if fields[key].is_filled(answer.get(key))}
        return (
            all(_chosen(answer, key) & set(keys) for key, keys in wanted)
            and not any(_chosen(answer, key) & set(keys) for key, keys in unwanted)
            and all(key in has and answer[key] > n for key, n in self.above.items())
            and all(key in has and answer[key] < n for key, n in self.below.items())
            and has.issuperset(self.filled)
            and has.isdisjoint(self.empty)
            and all(_words(answer, key) < n for key, n in self.brief.items())
        )

    def problems(self, fields: Mapping[str, Field]) -> Iterator[str]:
        """What is wrong with the names, in words for an author."""
        options = (self.when, self.also, self.without)
        numbers = (*self.above, *self.below)
        asked = [key for table in options for key in table]
        for key in (*asked, *numbers, *self.filled, *self.empty, *self.brief):
            if key not in fields:
                yield f"no field {key!r}; there are {', '.join(fields)}"
                return
        for key, value in (
            (k, v) for table in options for k in table for v in table[k]
        ):
            if value not in fields[key].option_keys:
                yield f"{key} has no option {value!r}"
        for key in numbers:
            if not isinstance(fields[key], NumberField | SliderField):
                yield f"{key} is no number"
        for key in self.brief:
            if not isinstance(fields[key], TextField):
                yield f"{key} is no text"


def _chosen(answer: Answer, key: str) -> set[str]:
    value = answer.get(key)
    return set(value) if isinstance(value, list) else {str(value)}


def _words(answer: Answer, key: str) -> int:
    return len(str(answer.get(key) or "").split())
