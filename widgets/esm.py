"""One ES module out of several, one style sheet too: each is sent as one text."""

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
    _refuse_same_names(entry.name, script)
    return script


@cache
def family(folder: Path) -> str:
    """All scripts of a folder as one, each exported by its name; shared files once.

    Raises BundleError as `bundle` does.
    """
    entries = sorted(path.resolve() for path in folder.glob("*.js"))
    files: dict[Path, str] = {}
    for entry in entries:
        files = _ordered(entry, (), files)
    shared = "\n".join(
        _inlined(text) for path, text in files.items() if path not in entries
    )
    _refuse_same_names(folder.name, shared)
    return "\n".join(
        [shared, *(_member(entry.stem, files[entry]) for entry in entries)]
    )


@cache
def styles(folder: Path) -> str:
    """All style sheets of a folder as one."""
    return "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.css")))


def _member(name: str, text: str) -> str:
    # In a function of its own, so that two types may use the same name inside.
    body = re.sub(r"^export default ", "return ", _inlined(text), flags=re.MULTILINE)
    return f"export const {name} = (() => {{\n{body}}})();\n"


def _refuse_same_names(what: str, script: str) -> None:
    twice = [name for name, times in Counter(NAME.findall(script)).items() if times > 1]
    if twice:
        raise BundleError(f"{what}: two files define {', '.join(twice)}")


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
