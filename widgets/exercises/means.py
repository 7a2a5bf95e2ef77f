"""A mean as people read it, with its interval."""

from collections.abc import Mapping
from typing import Any

from .texts import Language, decimals


def mean_of(picture: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """What a mean adds to the row of its field; nothing where none may be told."""
    found = picture.get("mean")
    if not found:
        return {}
    said = {key: decimals(found[key], 1, language) for key in ("mean", "low", "high")}
    return {"mean": {**found, "said": said}}
