"""A card on which somebody says what they saw, for one other person."""

from dataclasses import replace
from functools import cached_property
from random import Random
from typing import Any

from .base import (
    SKIPPED,
    Answer,
    ChoiceField,
    Field,
    Language,
    Line,
    NumberField,
    Text,
    TextField,
    by_key,
)
from .card_exercise import CARDS, CHOICES, Card, CardExercise


class MirrorCard(CardExercise):
    """A card of three texts; whoever receives one keeps, parks or throws it away."""

    saw: TextField
    effect: TextField
    option: TextField
    keep: ChoiceField
    takeaway: TextField
    given: NumberField
    received: Text

    @cached_property
    def card(self) -> dict[str, Field]:
        """The three fields of a card."""
        return by_key((self.saw, self.effect, self.option))

    @property
    def asked(self) -> dict[str, Field]:
        """The fields of the card that one gives, and what one takes along."""
        return by_key((*self.card.values(), self.takeaway))

    @property
    def fields(self) -> dict[str, Field]:
        """Also what is decided about a card, and how many were given."""
        return by_key((*self.asked.values(), self.keep, self.given))

    def public(self, language: Language, answer: Answer) -> dict[str, Any]:
        """What the browser draws, with the cards that this participant received."""
        return super().public(language, answer) | {
            "card": list(self.card),
            "keep": self.keep.public(language),
            "takeaway": self.takeaway.key,
            "given": {
                "label": (self.given.label or self.title).in_(language),
                "privacy": self.given.privacy,
                "number": answer.get(self.given.key, 0),
            },
            "received": self.received.in_(language),
            "cards": answer.get(CARDS, []),
        }

    def decided(self, choice: object) -> str:
        """One of the options of `keep`; raises AnswerError."""
        return str(self.keep.check(choice))

    def _check(self, answer: Answer, before: Answer) -> Answer:
        own = self._check_cards(answer, before)
        given = answer.pop(self.given.key, 0)
        checked = self._check_fields(answer)
        number = max(self.given.check(given), before.get(self.given.key, 0))
        return checked | own | ({self.given.key: number} if number else {})

    def when_sent(self, answer: Answer) -> Answer:
        """The answer after its card was sent: no draft, and one more to count."""
        number = min(answer.get(self.given.key, 0) + 1, self.given.max)
        return super().when_sent(answer) | {self.given.key: number}

    def is_complete(self, answer: Answer) -> bool:
        """Whether a card was given or written, or one that came was decided about."""
        if answer.get(SKIPPED):
            return False
        written = all(
            field.is_filled(answer.get(key)) for key, field in self.card.items()
        )
        return bool(written or answer.get(self.given.key) or answer.get(CHOICES))

    def invent(self, chance: Random) -> Answer:
        """Somebody who gave one or two cards."""
        return {
            self.takeaway.key: self.takeaway.invent(chance),
            self.given.key: chance.choice((1, 1, 2)),
        }

    def on_paper(self, answer: Answer, language: Language) -> list[Line]:
        """The card to write, the cards that were received, and what one takes along."""
        lines = dict(zip(self.asked, super().on_paper(answer, language), strict=True))
        takeaway = lines.pop(self.takeaway.key)
        choices = answer.get(CHOICES, {})
        got = [
            line
            for card in answer.get(CARDS, [])
            for line in self._card_on_paper(card, choices.get(card["id"]), language)
        ]
        return [*lines.values(), *got, takeaway]

    def _card_on_paper(
        self, card: Card, choice: str | None, language: Language
    ) -> list[Line]:
        heading = self.received.in_(language)
        if choice:
            heading = f"{heading} – {self.keep.in_words(choice, language)}"
        first, *rest = (
            Line(label=field.label.in_(language) if field.label else "", text=card[key])
            for key, field in self.card.items()
        )
        return [replace(first, heading=heading), *rest]
