"""What a group does together, and for how long: a variant's plan or a choice."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from .content import Variant, Workbook


def planned(
    workbook: Workbook, variant: str, chosen: Collection[str] | None = None
) -> dict[str, int]:
    """The minutes of what is done together, in the workbook's order.

    `chosen` holds exercises by id, None for those that the variant has time for. What
    is always open cannot be left out: in it, everybody chooses whether to count.
    """
    own = workbook.variants[variant].exercises
    together = own if chosen is None else {*chosen, *_always(workbook, own)}
    return {
        id: minutes_of(workbook, workbook.variants[variant], id)
        for id in workbook.exercises
        if id in together
    }


def _always(workbook: Workbook, own: Collection[str]) -> list[str]:
    return [id for id in own if id in workbook.exercises and _is_always(workbook, id)]


def _is_always(workbook: Workbook, id: str) -> bool:
    return workbook.exercises[id].always_open


def minutes_of(workbook: Workbook, variant: Variant, id: str) -> int:
    """The minutes for an exercise: the variant's, else those of one that has it."""
    for one in (variant, *workbook.variants.values()):
        if id in one.exercises:
            return one.exercises[id]
    return 0


def debrief_of(variant: Variant, slug: str) -> int:
    """The minutes in which a module is talked over."""
    return variant.modules[slug].debrief if slug in variant.modules else 0


def total(variant: Variant, programme: Mapping[str, int]) -> int:
    """All minutes of a programme: exercises, talking them over, and breaks."""
    slugs = {id.partition("/")[0] for id in programme}
    talk = sum(debrief_of(variant, slug) for slug in slugs)
    return sum(programme.values()) + talk + sum(variant.breaks.values())
