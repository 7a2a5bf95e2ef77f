"""Cards to place in groups; the explanation comes when all of them have a place."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from random import Random
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from .base import (
    Answer,
    AnswerError,
    ChoiceField,
    Exercise,
    Field,
    Key,
    Language,
    Line,
    Model,
    Option,
    Privacy,
    Text,
    by_key,
)
from .pairs import PairField, pair

TOTAL = Text(nl="Op dezelfde plek als wij", en="In the same place as we put them")
CARDS = Text(nl="kaarten", en="cards")
BEFORE = Text(
    nl="De vorige keer lag {score} van de {of} op dezelfde plek als bij ons.",
    en="Last time {score} of {of} were in the same place as ours.",
)


class Card(Model):
    """One statement, the group it belongs to, and why."""

    key: Key
    form: Key = "A"
    answer: Key
    text: Text
    why: Text


class SortCards(Exercise):
    """Place every card of one form; which form and what order is left to chance.

    An answer is {"form", "order", "placed": {card: group}, "done"}.
    """

    picture_kind: ClassVar[Literal["bars", "stacked"]] = "stacked"

    groups: tuple[Option, ...]
    cards: tuple[Card, ...]
    show_right: bool = False  # whether the group result marks where a card belongs

    @cached_property
    def _forms(self) -> dict[str, tuple[Card, ...]]:
        names = dict.fromkeys(card.form for card in self.cards)
        return {
            form: tuple(card for card in self.cards if card.form == form)
            for form in names
        }

    @cached_property
    def _by_key(self) -> dict[str, Field]:
        # Asked again, only the totals count; where a card lies stays with its owner.
        own: Privacy = "A" if self.like else "C"
        return by_key(
            ChoiceField(key=card.key, label=card.text, privacy=own, options=self.groups)
            for card in self.cards
        )

    @cached_property
    def _belongs(self) -> dict[str, str]:
        return {card.key: card.answer for card in self.cards}

    @property
    def asked(self) -> dict[str, Field]:
        """One field per card, of all forms."""
        return self._by_key

    @cached_property
    def _pairs(self) -> dict[str, Field]:
        most = max(len(cards) for cards in self._forms.values())
        total = PairField(
            key="total",
            label=TOTAL,
            privacy="C",
            own_situation=True,
            places=tuple(range(most + 1)),
            unit=CARDS,
        )
        return by_key([total])

    @property
    def fields(self) -> dict[str, Field]:
        """The cards; asked again also the totals of both times as a pair."""
        return self.asked | (self._pairs if self.like else {})

    def start(self, shared: str | None = None) -> Answer:
        """A form and an order by chance; people who share a chance get the same form.

        Two forms in a small room would leave too few answers to every statement for
        a group result.
        """
        # Forked kernels share the state of `random`; the system's own is fresh in each.
        own = secrets.SystemRandom()
        return self._dealt(own, own if shared is None else Random(shared))

    def _dealt(self, chance: Random, form_chance: Random) -> Answer:
        had = self._earlier.get("form")
        # Who sorts again gets the cards that are new.
        form = form_chance.choice([one for one in self._forms if one != had])
        order = [card.key for card in self._forms[form]]
        chance.shuffle(order)
        return {"form": form, "order": order, "placed": {}, "done": False}

    def invent(self, chance: Random) -> Answer:
        """All cards of one form, two in three of them where they belong."""
        answer = self._dealt(chance, chance)
        groups = [group.key for group in self.groups]
        placed = {
            key: self._belongs[key] if chance.random() < 0.67 else chance.choice(groups)
            for key in answer["order"]
        }
        return answer | {"placed": placed, "done": True}

    def public(self, language: Language, answer: Answer) -> dict[str, Any]:
        """What the browser draws: the cards of the participant's own form, shuffled."""
        order = answer.get("order") or []
        fields = [self.asked[key].public(language) for key in order]
        groups = [
            {
                "key": group.key,
                "label": group.label.in_(language),
                "group": group.group,
            }
            for group in self.groups
        ]
        cards = [{"id": field["key"], "text": field["label"]} for field in fields]
        own = {"fields": fields, "cards": cards, "groups": groups}
        return super().public(language, answer) | own

    def _check(self, answer: Answer, before: Answer) -> Answer:
        for key in answer:
            if key not in {"form", "order", "placed", "done"}:
                raise AnswerError(str(key), "unknown_field")
        if before.get("done"):
            # The explanation was shown: what was placed is what was thought before it.
            return {key: value for key, value in before.items() if key != "skipped"}
        if before.get("placed"):
            answer = answer | {"form": before["form"], "order": before["order"]}
        if "form" not in answer:
            return self._nothing_placed(answer)
        order = self._check_order(answer)
        placed = self._check_placed(answer.get("placed", {}), order)
        is_done = answer.get("done", False)
        if not isinstance(is_done, bool):
            raise AnswerError("done", "wrong_type")
        is_done = is_done and len(placed) == len(order)
        return {
            "form": answer["form"],
            "order": order,
            "placed": placed,
            "done": is_done,
        }

    def _nothing_placed(self, answer: Answer) -> Answer:
        if any(answer.values()):
            raise AnswerError("form", "unknown_option")
        return {}

    def _check_order(self, answer: Answer) -> list[str]:
        form, order = answer["form"], answer.get("order")
        if not isinstance(form, str) or not isinstance(order, list):
            raise AnswerError("form", "wrong_type")
        if not all(isinstance(key, str) for key in order):
            raise AnswerError("order", "wrong_type")
        cards = [card.key for card in self._forms.get(form, ())]
        if not cards or sorted(order) != sorted(cards):
            raise AnswerError("form", "unknown_option")
        return order

    def _check_placed(self, placed: object, order: list[str]) -> dict[str, Any]:
        if not isinstance(placed, dict):
            raise AnswerError("placed", "wrong_type")
        for key in placed:
            if key not in order:
                raise AnswerError(str(key), "unknown_field")
        return self._check_fields(placed)

    def is_complete(self, answer: Answer) -> bool:
        """Whether all cards were placed and the participant said so."""
        return bool(answer.get("done")) and not answer.get("skipped")

    def counted(self, answer: Answer) -> dict[str, str]:
        """Where each card was placed, once that is final."""
        if not self.is_complete(answer):
            return {}
        if not self.like:
            return dict(answer["placed"])
        if not self._earlier.get("done"):
            return {}
        return {"total": pair(self._right(self._earlier), self._right(answer))}

    def _right(self, answer: Answer) -> int:
        placed = answer["placed"].items()
        return sum(self._belongs[card] == group for card, group in placed)

    def feedback(self, answer: Answer, language: Language) -> dict[str, Any]:
        """Score, and per card its group and why; {} before all are placed."""
        if not answer.get("done"):
            return {}
        placed = answer["placed"]
        cards = {
            card.key: {
                "answer": card.answer,
                "right": placed[card.key] == card.answer,
                "why": card.why.in_(language),
            }
            for card in self.cards
            if card.key in placed
        }
        score = sum(card["right"] is True for card in cards.values())
        found = super().feedback(answer, language)
        if self.like and self._earlier.get("done"):
            said, of = BEFORE.in_(language), len(self._earlier["placed"])
            before = said.format(score=self._right(self._earlier), of=of)
            found["text"] = "\n".join([before, found.get("text", "")]).strip()
        return found | {
            "score": score,
            "of": len(cards),
            "cards": cards,
        }

    def on_paper(self, answer: Answer, language: Language) -> list[Line]:
        """The cards of one's own form, and the explanation once it was shown."""
        first = [card.key for card in next(iter(self._forms.values()))]
        placed = super().on_paper(answer.get("placed", {}), language)
        lines = dict(zip(self.asked, placed, strict=True))
        explained = self.feedback(answer, language).get("cards", {})
        return [
            replace(lines[key], why=self._why(explained.get(key), language))
            for key in answer.get("order", first)
        ]

    def _why(self, card: dict[str, Any] | None, language: Language) -> Line | None:
        if card is None:
            return None
        group = next(one for one in self.groups if one.key == card["answer"])
        label = group.label.in_(language)
        return Line(label=label, text=card["why"], group=group.group, rows=0)

    def result(self, picture: Mapping[str, Any], language: Language) -> dict[str, Any]:
        """The labelled rows, the most disputed statement first."""
        result = super().result(picture, language)
        if self.like:
            return result | {"kind": "change"}
        if not all(group.group for group in self.groups):
            result["kind"] = "bars"  # parts of one bar are told apart by their signs
        for row in result["rows"] if self.show_right else ():
            for cell in row["cells"]:
                cell["right"] = cell["key"] == self._belongs[row["key"]]
        result["rows"].sort(key=_agreement)
        return result

    @model_validator(mode="after")
    def _answers_are_groups(self) -> Self:
        keys = {group.key for group in self.groups}
        for card in self.cards:
            if card.answer not in keys:
                raise ValueError(f"card {card.key}: no group {card.answer}")
        return self


def _agreement(row: dict[str, Any]) -> float:
    return max((cell["share"] or 0.0 for cell in row["cells"]), default=0.0)
