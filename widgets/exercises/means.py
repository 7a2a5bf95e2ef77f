"""A mean as people read it, with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .fields import Language


def mean_of(picture: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """What a mean adds to the row of its field; nothing where none may be told."""
    found = picture.get("mean")
    if not found:
        return {}
    said = {key: decimals(found[key], 1, language) for key in ("mean", "low", "high")}
    return {"mean": {**found, "said": said}}


def decimals(number: float, places: int, language: Language) -> str:
    """A number as people read it: 3,7 in Dutch and 3.7 in English."""
    # Adding zero turns a rounded -0.0 into 0.0.
    text = f"{round(number, places) + 0.0:.{places}f}".replace("-", "−")
    return text.replace(".", ",") if language == "nl" else text
