"""The family of exercise types: one Python module per type, found by its file name."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from .base import Exercise

# What the types are made of.
PARTS = {
    "base",
    "card_exercise",
    "conditions",
    "date_fields",
    "fields",
    "kinds",
    "list_fields",
    "means",
    "number_fields",
    "overlap",
    "pairs",
    "paper",
    "template",
    "texts",
}


@cache
def types() -> dict[str, type[Exercise]]:
    """Every exercise type by the name of its file, which is also its key in TOML.

    Raises TypeError when a file defines no exercise type, or more than one.
    """
    names = (info.name for info in iter_modules(__path__))
    return {name: _type_in(name) for name in sorted(names) if name not in PARTS}


def _type_in(name: str) -> type[Exercise]:
    module = import_module(f"{__name__}.{name}")
    found = [
        item
        for item in vars(module).values()
        if isinstance(item, type)
        and issubclass(item, Exercise)
        and item.__module__ == module.__name__
    ]
    if len(found) != 1:
        raise TypeError(f"{module.__name__} must define exactly one exercise type")
    return found[0]
