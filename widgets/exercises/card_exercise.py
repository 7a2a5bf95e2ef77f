"""What exercises with cards share: a draft to send, and the cards that came in."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from .base import Answer, AnswerError, Exercise, Field

CODE, CARDS, CHOICES = "code", "cards", "choices"
AWAY = "away"
MOST_CARDS = 60
LONGEST_CODE = 40

Card = dict[str, Any]


class CardExercise(Exercise):
    """Give a card to who asked for one; receive cards and decide what becomes of them.

    The fields of a card hold the draft, until it is sent. What was received stands
    under `cards`, with the id that the server gave it, and what was decided about it
    under `choices`; a card that was thrown away leaves nothing but its id.
    """

    @property
    @abstractmethod
    def card(self) -> dict[str, Field]:
        """The fields of a card."""

    def decided(self, choice: object) -> str:
        """What may be decided about a card; raises AnswerError."""
        if choice != AWAY:
            raise AnswerError(CHOICES, "unknown_option")
        return AWAY

    def _check_cards(self, answer: Answer, before: Answer) -> Answer:
        """Take code, cards and choices out of an answer, and give them as checked."""
        code, came, said = (answer.pop(name, None) for name in (CODE, CARDS, CHOICES))
        checked: Answer = {CODE: _code(code)} if code not in (None, "") else {}
        choices = self._choices(said)
        # A browser that lags behind neither loses a card nor brings one back.
        cards = before[CARDS] if CARDS in before else self._cards(came)
        left = [one for one in cards if choices.get(one["id"]) != AWAY]
        if cards or CARDS in before:
            checked[CARDS] = left
        return checked | ({CHOICES: choices} if choices else {})

    def _cards(self, cards: object) -> list[Card]:
        if cards is None:
            return []
        if not isinstance(cards, list) or len(cards) > MOST_CARDS:
            raise AnswerError(CARDS, "wrong_type")
        return [self.read(one, _id(one)) for one in cards]

    def read(self, card: object, id: str) -> Card:
        """A card as it came in, checked; raises AnswerError."""
        if not isinstance(card, dict):
            raise AnswerError(CARDS, "wrong_type")
        parts = {key: field.check(card.get(key)) for key, field in self.card.items()}
        return {"id": id} | self.draft(parts)

    def _choices(self, choices: object) -> dict[str, str]:
        if choices is None:
            return {}
        if not isinstance(choices, dict) or len(choices) > 10 * MOST_CARDS:
            raise AnswerError(CHOICES, "wrong_type")
        return {_short(id): self.decided(one) for id, one in choices.items()}

    def draft(self, answer: Answer) -> Card:
        """The card that is being made; raises AnswerError when a part is empty."""
        for key, field in self.card.items():
            if not field.is_filled(answer.get(key)):
                raise AnswerError(key, "empty")
        return {key: answer[key] for key in self.card}

    def when_sent(self, answer: Answer) -> Answer:
        """The answer after its card was sent: the draft is gone."""
        gone = {*self.card, CODE}
        return {key: value for key, value in answer.items() if key not in gone}

    def with_card(self, answer: Answer, card: Card) -> Answer:
        """The answer with a card that came in; once, and never again if thrown away."""
        cards = answer.get(CARDS, [])
        known = {*answer.get(CHOICES, {}), *(one["id"] for one in cards)}
        if card["id"] in known:
            return answer
        return answer | {CARDS: [*cards, card]}


def with_cards(exercises: Mapping[str, Exercise]) -> tuple[str, ...]:
    """The exercises from which a card goes to one other participant."""
    return tuple(id for id, one in exercises.items() if isinstance(one, CardExercise))


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
