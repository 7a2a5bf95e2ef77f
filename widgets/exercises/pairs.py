"""What was asked twice: the first answer beside the second, counted without a link.

The difference is made where the answers are, in the participant's own kernel. Before,
now and difference each count under a token of their own: nobody can join them again.
"""

from collections.abc import Iterable

from .fields import ChoiceField, Language, Option, Text

CHANGES = (
    Option(key="up", label=Text(nl="hoger", en="higher")),
    Option(key="same", label=Text(nl="gelijk", en="equal")),
    Option(key="down", label=Text(nl="lager", en="lower")),
)
WHEN = {
    "before": Text(nl="eerder", en="before"),
    "now": Text(nl="nu", en="now"),
    "change": Text(nl="verschil", en="difference"),
}


def pair_fields(key: str, name: Text, numbers: Iterable[int]) -> list[ChoiceField]:
    """The three counts of one pair; small groups of people are hidden."""
    labels = {number: Text(nl=str(number), en=str(number)) for number in numbers}
    places = tuple(Option(key=str(n), label=label) for n, label in labels.items())
    options = {"before": places, "now": places, "change": CHANGES}
    return [
        ChoiceField(
            key=f"{key}_{when}",
            label=Text(nl=f"{name.nl}, {said.nl}", en=f"{name.en}, {said.en}"),
            privacy="C",
            own_situation=True,
            options=options[when],
        )
        for when, said in WHEN.items()
    ]


def counted_pair(key: str, before: float, now: float) -> dict[str, str]:
    """What counts of one pair: both in whole numbers, and which way it went."""
    way = "up" if now > before else "down" if now < before else "same"
    return {
        f"{key}_before": _whole(before),
        f"{key}_now": _whole(now),
        f"{key}_change": way,
    }


def one_decimal(number: float, language: Language) -> str:
    """A number as people read it: 3,7 in Dutch and 3.7 in English."""
    text = f"{number:.1f}"
    return text.replace(".", ",") if language == "nl" else text


def _whole(number: float) -> str:
    # Halves go up; Python's own rounding sends them to the even neighbour.
    return str(int(number + 0.5))
