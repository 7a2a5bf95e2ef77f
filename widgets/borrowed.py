"""Options that a field borrows from a field of another exercise, kept in one place."""

from collections.abc import Callable
from typing import Any

Table = dict[str, Any]


def with_options(
    table: Table, read: Callable[[str], Table | None]
) -> tuple[Table, dict[str, str]]:
    """The table with the options in place, and the names of those that are nowhere.

    A field borrows with `options = "strengths/talents.strengths"`.
    """
    missing: dict[str, str] = {}
    whole = dict(table)
    for key, part in table.items():
        name = part.get("options") if isinstance(part, dict) else None
        if isinstance(name, str):
            options = _options(name, read)
            whole[key] = part | {"options": options}
            missing |= {} if options else {key: name}
    return whole, missing


def _options(name: str, read: Callable[[str], Table | None]) -> list[Table]:
    id, _, field = name.partition(".")
    there = (read(f"modules/{id}.toml") or {}).get("field", [])
    found = (one.get("options", []) for one in there if one.get("key") == field)
    return next(found, [])
