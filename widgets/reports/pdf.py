"""Documents as PDFs that screen readers can read too (PDF/UA-1)."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst
from typst import Fonts, TypstError

from ..content import words
from .document import GROUPS, Document, colours, sayings
from .guide import Guide

TEMPLATE = Path(__file__).with_name("workbook.typ")
GUIDE = Path(__file__).with_name("guide.typ")
LAST_LATIN = "\u024f"
LONGEST_WORD = 40  # without a place to break; more would run off the page
# With this machine's own fonts, twice: what they lack is named. Then without them.
TRIES = (True, True, False, False)
_LACKING = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def workbook_pdf(document: Document) -> bytes:
    """Print a participant's workbook."""
    ours = {"words": sayings(document.language), "groups": GROUPS}
    qr = _qr(document.personal.address)
    return printed(TEMPLATE, asdict(document), ours, qr=qr)


def guide_pdf(guide: Guide) -> bytes:
    """Print a trainer's guide."""
    said = words(guide.language)
    ours = {"words": said["guide"] | {"name": said["pages"]["name"]}}
    return printed(GUIDE, asdict(guide), ours)


def printed(
    template: Path, typed: dict[str, Any], ours: dict[str, Any], **inputs: str
) -> bytes:
    """Print data with a template; typst refuses what is not accessible.

    A character that no font here can draw, such as an emoji, is printed as its name.
    """
    ours = ours | {"colours": colours()}
    lacking: set[str] = set()
    for system_fonts in TRIES:
        data = json.dumps(_printable(typed, lacking) | ours)
        try:
            return _compiled(template, system_fonts, {"document": data} | inputs)
        except TypstError as error:
            refused = error
            lacking |= _lacking(error.diagnostic)
    raise refused


def _compiled(template: Path, system_fonts: bool, inputs: dict[str, str]) -> bytes:
    return typst.compile(
        template,
        font_paths=_fonts(system_fonts),
        ignore_system_fonts=True,  # those that may be used were found once
        sys_inputs=inputs,
        pdf_standards="ua-1",
    )


@cache
def _fonts(system: bool) -> Fonts:
    return Fonts(include_system_fonts=system)


def _lacking(diagnostic: str) -> set[str]:
    """The characters that the compiler could not draw."""
    found = "".join(_LACKING.findall(diagnostic))
    named = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found)
    # It names a mark together with the letter below it, which every font has.
    return {one for one in named if one > LAST_LATIN}


def _printable(value: Any, lacking: set[str]) -> Any:
    """The same data: what cannot be drawn is named, endless words may break."""
    if isinstance(value, dict):
        return {key: _printable(item, lacking) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(item, lacking) for item in value]
    if not isinstance(value, str):
        return value
    named = "".join(_named(one) if one in lacking else one for one in value)
    return re.sub(rf"\S{{{LONGEST_WORD}}}", "\\g<0>\u200b", named)


def _named(character: str) -> str:
    # Joiners, accents and skin tones only change how their neighbours look.
    if unicodedata.category(character) in ("Cf", "Mn", "Me", "Sk"):
        return ""
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    return f"[{name.lower()}]"


def _qr(address: str) -> str:
    buffer = io.BytesIO()
    segno.make(address, error="m").save(buffer, kind="svg", xmldecl=False, border=2)
    return buffer.getvalue().decode()
