"""A situation with a choice; what comes of it is told after choosing."""

import secrets
from typing import Any, Literal

from .base import (
    Answer,
    AnswerError,
    ChoiceField,
    Exercise,
    Field,
    Language,
    Model,
    Option,
    Text,
    TextField,
    by_key,
)

ORDER = "order"
Effect = Literal[-1, 0, 1]


class Effects(Model):
    """A trainer's judgement: 1 brings something, 0 changes little, -1 costs something.

    `now` is about the result, `other` about the other person, `later` about one's own
    steering and influence.
    """

    now: Effect
    other: Effect
    later: Effect


class Road(Option):
    """One thing to do in the situation, and what comes of it."""

    consequence: Text
    effects: Effects

    def told(self, language: Language) -> dict[str, Any]:
        """All there is to say about this road."""
        return {
            "key": self.key,
            "label": self.label.in_(language),
            "consequence": self.consequence.in_(language),
            "effects": self.effects.model_dump(),
        }


class Crossing(ChoiceField):
    """The choice between the roads."""

    options: tuple[Road, ...]


class Scenario(Exercise):
    """Choose what you would do; no choice is right or wrong, and it may be changed.

    An answer is {"order", choice, text}; the order of the roads is left to chance.
    """

    choice: Crossing
    own: TextField
    after: Text  # what the situation is about

    @property
    def asked(self) -> dict[str, Field]:
        """The choice, and what one would do oneself."""
        return by_key((self.choice, self.own))

    def start(self, shared: str | None = None) -> Answer:
        """The roads in an order of one's own: the counts are per road."""
        order = list(self.choice.option_keys)
        # Forked kernels share the state of `random`; the system's own is fresh in each.
        secrets.SystemRandom().shuffle(order)
        return {ORDER: order}

    def _check(self, answer: Answer, before: Answer) -> Answer:
        order = answer.pop(ORDER, before.get(ORDER))
        own = {} if order is None else {ORDER: self._in_order(order)}
        return own | self._check_fields(answer)

    def _in_order(self, order: object) -> list[str]:
        """Every road once; what an author took out is gone, what is new comes last."""
        if not isinstance(order, list):
            raise AnswerError(ORDER, "wrong_type")
        keys = self.choice.option_keys
        return list(dict.fromkeys([*(key for key in order if key in keys), *keys]))

    def is_complete(self, answer: Answer) -> bool:
        """Whether a road was chosen; the text is for oneself."""
        return not answer.get("skipped") and self.choice.key in answer

    def feedback(self, answer: Answer, language: Language) -> dict[str, Any]:
        """What came of the choice, and the roads not taken; {} before the choice."""
        if not self.is_complete(answer):
            return {}
        roads = {road.key: road.told(language) for road in self.choice.options}
        order = self._in_order(answer.get(ORDER, []))
        taken = roads[answer[self.choice.key]]
        others = [roads[key] for key in order if key != taken["key"]]
        return super().feedback(answer, language) | {"taken": taken, "others": others}
