"""One ES module out of several: a widget's script is sent as one text."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

IMPORT = re.compile(r'^import \{[^}]*\} from "(\.[^"]+)";\n', re.MULTILINE)
ANY_IMPORT = re.compile(r"^(?:import\b|export\b[^;(]*\bfrom\b).*", re.MULTILINE)
NAME = re.compile(
    r"^(?:export )?(?:async )?(?:function\*?|const|let|class) (\w+)", re.MULTILINE
)


class BundleError(Exception):
    """A script that cannot be made one with its imports: which file, and why."""


@cache
def bundle(entry: Path) -> str:
    """The script with everything it imports written above it, each file once.

    Raises BundleError for an import that is not `import { names } from "./file.js";`,
    for a file that is not there, for files that need each other, and for two files
    that give the same name to different things.
    """
    files = _ordered(entry.resolve(), (), {})
    texts = [_inlined(text) for text in list(files.values())[:-1]]
    script = "\n".join([*texts, IMPORT.sub("", files[entry.resolve()])])
    twice = [name for name, times in Counter(NAME.findall(script)).items() if times > 1]
    if twice:
        raise BundleError(f"{entry.name}: two files define {', '.join(twice)}")
    return script


def _ordered(
    file: Path, on_the_way: tuple[Path, ...], found: dict[Path, str]
) -> dict[Path, str]:
    # Depth first: what is needed stands above what needs it.
    if file in on_the_way:
        raise BundleError(f"{file.name}: needs itself")
    if file in found:
        return found
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        needed_by = on_the_way[-1].name if on_the_way else file.name
        raise BundleError(f"{needed_by}: cannot read {file.name}") from error
    _refuse_other_imports(file, text)
    for path in IMPORT.findall(text):
        _ordered((file.parent / path).resolve(), (*on_the_way, file), found)
    found[file] = text
    return found


def _refuse_other_imports(file: Path, text: str) -> None:
    other = ANY_IMPORT.search(IMPORT.sub("", text))
    if other:
        raise BundleError(
            f"{file.name}: cannot bundle `{other.group()}`;"
            ' write import { names } from "./file.js";'
        )
    if re.search(r"^import \{[^}]*\bas\b", text, re.MULTILINE):
        raise BundleError(f"{file.name}: an import cannot be renamed")


def _inlined(text: str) -> str:
    return re.sub(r"^export (?!default)", "", IMPORT.sub("", text), flags=re.MULTILINE)
