"""The command `workbook guide`: the trainer's guide of a variant, as a PDF."""

from __future__ import annotations

import argparse
from datetime import time
from pathlib import Path
from typing import Any


def _clock(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a time looks like 09:00") from None


def add(commands: Any) -> None:
    """Add the command to those of the command line."""
    guide = commands.add_parser("guide", help="print the trainer's guide as a PDF")
    guide.add_argument("--variant", default="half-day")
    guide.add_argument("--language", choices=("nl", "en"), default="nl")
    guide.add_argument("--start", type=_clock, default=time(9), help="such as 09:00")
    guide.add_argument("--output", type=Path, help="the file to write")


def run(asked: argparse.Namespace) -> str:
    """Write the guide; returns what is wrong, "" when it is written; raises OSError."""
    from .content import load, words
    from .problems import nearest
    from .programme import planned
    from .reports.guide import guide
    from .reports.pdf import guide_pdf

    workbook = load()
    if asked.variant not in workbook.variants:
        hint = nearest(asked.variant, workbook.variants)
        return f"unknown variant {asked.variant!r}{hint}"
    whole = guide(
        workbook,
        workbook.variants[asked.variant],
        planned(workbook, asked.variant),
        asked.language,
        start=asked.start,
    )
    output = asked.output or Path(f"{words(asked.language)['guide']['file']}.pdf")
    output.write_bytes(guide_pdf(whole))
    return ""
