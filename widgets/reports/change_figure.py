"""How a change of the group stands in a figure: its numbers, and their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Say = Mapping[str, str]
REASONS = (
    "politeness",
    "yardstick",
    "regression",
    "dropout",
    "same_day",
    "self_report",
)
PLACES = ("before", "after", "mean", "low", "high", "from", "to", "limit")


def places(row: Mapping[str, Any]) -> dict[str, float] | None:
    """What a drawing needs, None where a mean would give people away."""
    change = row["change"]
    return change and {key: float(change[key]) for key in PLACES}


def numbers(row: Mapping[str, Any], say: Say) -> Iterator[tuple[str, float, str]]:
    """The means, the change, its interval: label, number, and how people read it."""
    change = row["change"]
    if not change:
        return
    labels = {
        "before": f"{say['change_means']}: {say['change_before']}",
        "after": f"{say['change_means']}: {say['change_now']}",
        "mean": say["change_alone"],
        "low": say["change_low"],
        "high": say["change_high"],
        "g": "g",
    }
    for key, label in labels.items():
        if change.get(key) is not None:
            yield label, change[key], change["said"][key]


def remarks(row: Mapping[str, Any], say: Say) -> tuple[str, ...]:
    """What has to be said wherever the change is shown."""
    change = row["change"]
    if not change:
        return ()
    told = [say["change_text"].format_map({**change, **change["said"]})]
    if change["has_zero"]:
        told.append(say["change_zero"])
    reasons = "; ".join(say[f"misleading_{one}"].split(":")[0] for one in REASONS)
    return (*told, say["change_cause"], f"{say['misleading']} {reasons}.")
