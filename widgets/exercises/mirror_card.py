"""A card on which somebody says what they saw, for one other person."""

from dataclasses import replace
from functools import cached_property
from random import Random
from typing import Any

from .base import (
    SKIPPED,
    Answer,
    AnswerError,
    ChoiceField,
    Exercise,
    Field,
    Language,
    Line,
    NumberField,
    Text,
    TextField,
    by_key,
)

CODE, CARDS, CHOICES = "code", "cards", "choices"
AWAY = "away"
MOST_CARDS = 60
LONGEST_CODE = 40


class MirrorCard(Exercise):
    """Give a card to who asked for one; receive cards and decide what becomes of them.

    The three fields of a card hold the draft, until it is sent. What was received
    stands under `cards`, with the id that the server gave it, and what was decided
    about it under `choices`; a card that was thrown away leaves nothing but its id.
    """

    saw: TextField
    effect: TextField
    option: TextField
    keep: ChoiceField
    takeaway: TextField
    given: NumberField
    received: Text

    @cached_property
    def card(self) -> dict[str, TextField]:
        """The three fields of a card."""
        return {field.key: field for field in (self.saw, self.effect, self.option)}

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

    def _check(self, answer: Answer, before: Answer) -> Answer:
        own = {name: answer.pop(name, None) for name in (CODE, CARDS, CHOICES)}
        given = answer.pop(self.given.key, 0)
        checked = self._check_fields(answer)
        if own[CODE] not in (None, ""):
            checked[CODE] = _code(own[CODE])
        number = max(self.given.check(given), before.get(self.given.key, 0))
        if number:
            checked[self.given.key] = number
        choices = self._choices(own[CHOICES])
        # A browser that lags behind neither loses a card nor brings one back.
        cards = before[CARDS] if CARDS in before else self._cards(own[CARDS])
        left = [one for one in cards if choices.get(one["id"]) != AWAY]
        if cards or CARDS in before:
            checked[CARDS] = left
        return checked | ({CHOICES: choices} if choices else {})

    def _cards(self, cards: object) -> list[dict[str, str]]:
        if cards is None:
            return []
        if not isinstance(cards, list) or len(cards) > MOST_CARDS:
            raise AnswerError(CARDS, "wrong_type")
        return [self.read(one, _id(one)) for one in cards]

    def read(self, card: object, id: str) -> dict[str, str]:
        """A card as it came in, checked; raises AnswerError."""
        if not isinstance(card, dict):
            raise AnswerError(CARDS, "wrong_type")
        texts = {key: field.check(card.get(key)) for key, field in self.card.items()}
        return {"id": id} | texts

    def _choices(self, choices: object) -> dict[str, str]:
        if choices is None:
            return {}
        if not isinstance(choices, dict) or len(choices) > 10 * MOST_CARDS:
            raise AnswerError(CHOICES, "wrong_type")
        return {_short(id): str(self.keep.check(one)) for id, one in choices.items()}

    def draft(self, answer: Answer) -> dict[str, str]:
        """The card that is being written; raises AnswerError when a part is empty."""
        for key, field in self.card.items():
            if not field.is_filled(answer.get(key)):
                raise AnswerError(key, "empty")
        return {key: answer[key] for key in self.card}

    def when_sent(self, answer: Answer) -> Answer:
        """The answer after its card was sent: the draft is gone."""
        gone = {*self.card, CODE}
        left = {key: value for key, value in answer.items() if key not in gone}
        number = min(answer.get(self.given.key, 0) + 1, self.given.max)
        return left | {self.given.key: number}

    def with_card(self, answer: Answer, card: dict[str, str]) -> Answer:
        """The answer with a card that came in; once, and never again if thrown away."""
        cards = answer.get(CARDS, [])
        known = {*answer.get(CHOICES, {}), *(one["id"] for one in cards)}
        if card["id"] in known:
            return answer
        return answer | {CARDS: [*cards, card]}

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
        self, card: dict[str, str], choice: str | None, language: Language
    ) -> list[Line]:
        heading = self.received.in_(language)
        if choice:
            heading = f"{heading} – {self.keep.in_words(choice, language)}"
        first, *rest = (
            Line(label=field.label.in_(language) if field.label else "", text=card[key])
            for key, field in self.card.items()
        )
        return [replace(first, heading=heading), *rest]


def _code(code: object) -> str:
    if not isinstance(code, str):
        raise AnswerError(CODE, "wrong_type")
    if len(code) > LONGEST_CODE:
        raise AnswerError(CODE, "too_long", LONGEST_CODE)
    return code.strip()


def _id(card: object) -> str:
    return _short(card.get("id") if isinstance(card, dict) else None)


def _short(id: object) -> str:
    if not isinstance(id, str) or not 0 < len(id) <= LONGEST_CODE:
        raise AnswerError(CARDS, "wrong_type")
    return id
