"""One's own words beside those that a partner gave: a window of four panes."""

from random import Random
from typing import Any

from .base import (
    SKIPPED,
    Answer,
    AnswerError,
    Field,
    Language,
    Line,
    Model,
    MultiField,
    Text,
    by_key,
)
from .card_exercise import CARDS, CardExercise

FIXED = "fixed"  # one's own words are chosen, before those of others are seen


class Pane(Model):
    """One pane: what it is called, and what it says when it is empty."""

    title: Text
    empty: Text


class WordWindow(CardExercise):
    """Choose words, give words to who asked for them, and see where they meet."""

    own: MultiField
    peer: MultiField
    both: Pane
    surprise: Pane
    little: Pane
    unknown: Pane

    @property
    def card(self) -> dict[str, Field]:
        """The words for a partner."""
        return by_key((self.peer,))

    @property
    def asked(self) -> dict[str, Field]:
        """One's own words, and those for a partner."""
        return by_key((self.own, self.peer))

    def public(self, language: Language, answer: Answer) -> dict[str, Any]:
        """What the browser draws; words of others only when one's own are chosen."""
        cards = answer.get(CARDS, [])
        return super().public(language, answer) | {
            "card": list(self.card),
            "own": self.own.key,
            "cards": cards if answer.get(FIXED) else [],
            "has_words": bool(cards),
        }

    def _check(self, answer: Answer, before: Answer) -> Answer:
        cards = self._check_cards(answer, before)
        fixed = answer.pop(FIXED, False)
        if not isinstance(fixed, bool):
            raise AnswerError(FIXED, "wrong_type")
        checked = self._check_fields(answer) | cards
        if before.get(FIXED):
            checked[self.own.key] = before[self.own.key]
        elif fixed and not self.own.is_filled(checked.get(self.own.key)):
            raise AnswerError(self.own.key, "empty")
        return checked | ({FIXED: True} if fixed or before.get(FIXED) else {})

    def is_complete(self, answer: Answer) -> bool:
        """Whether one's own words are chosen; words of others may come or not."""
        return bool(answer.get(FIXED)) and not answer.get(SKIPPED)

    def invent(self, chance: Random) -> Answer:
        """Somebody who chose their own words, and words for a partner."""
        return super().invent(chance) | {FIXED: True}

    def feedback(self, answer: Answer, language: Language) -> dict[str, Any]:
        """The four panes, once there are words of one's own and of somebody else."""
        if not self.is_complete(answer) or not answer.get(CARDS):
            return {}
        panes = [
            {
                "key": key,
                "title": pane.title.in_(language),
                "empty": pane.empty.in_(language),
                "words": words,
            }
            for key, pane, words in self._panes(answer, language)
        ]
        return {"panes": panes}

    def _panes(
        self, answer: Answer, language: Language
    ) -> list[tuple[str, Pane, list[str]]]:
        own = set(answer[self.own.key])
        theirs = {key for card in answer[CARDS] for key in card[self.peer.key]}

        def words(keys: set[str]) -> list[str]:
            chosen = (one for one in self.own.options if one.key in keys)
            return [one.label.in_(language) for one in chosen]

        return [
            ("both", self.both, words(own & theirs)),
            ("surprise", self.surprise, words(theirs - own)),
            ("little", self.little, words(own - theirs)),
            ("unknown", self.unknown, []),
        ]

    def on_paper(self, answer: Answer, language: Language) -> list[Line]:
        """One's own words, the panes when there are any, and words for a partner."""
        own, give = super().on_paper(answer, language)
        panes = [
            Line(label=one["title"], text=", ".join(one["words"]) or one["empty"])
            for one in self.feedback(answer, language).get("panes", [])
        ]
        return [own, *panes, give]
