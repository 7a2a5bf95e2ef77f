"""The results that both implementations of the exchange model are held to."""

import json
from pathlib import Path
from random import Random
from typing import Any

from widgets.simulation import RANGES, Parameters

DATA = Path(__file__).parent / "data"
GOLDEN: dict[str, dict[str, Any]] = json.loads(
    (DATA / "simulation.json").read_text("utf-8")
)
# What is changed in a fair exchange, and what is said of it in each language.
SENTENCES: list[dict[str, Any]] = json.loads(
    (DATA / "run_sentences.json").read_text("utf-8")
)
CLOSE = 1e-4


def any_exchange(chance: Random, **fixed: Any) -> Parameters:
    """An exchange from anywhere, within what a participant may set."""
    free = {name: chance.uniform(*limits) for name, limits in RANGES.items()}
    free["delay"] = chance.randint(*map(int, RANGES["delay"]))
    start = {name: chance.random() for name in ("effort", "offer", "trust")}
    return Parameters(**free | start | fixed)
