"""The style sheets, scripts and drawings of the pages, by name.

Each is read and compressed once; a request costs a look-up.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

import brotli

from ..esm import family, styles
from ..looks import STYLES as SHARED

EXERCISES, STYLES = "exercises.js", "exercises.css"
MODULE, PLAIN = "module.css", "plain.css"
_HERE = Path(__file__).parent
_MADE = {EXERCISES: family, STYLES: styles}
# Sheets that stand on the same page are one file: a phone asks once.
_SETS = {
    MODULE: (
        *("tokens.css", "header.css", "frame.css", "fields.css", STYLES),
        *("change_result.css", "day.css", "steps.css", "paper.css"),
    ),
    PLAIN: ("tokens.css", "header.css", "pages.css"),
}
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# The parts of the front end's bundle carry the hash of their content in their name.
_HASHED = re.compile(r"-[A-Z0-9]{8}\.js$")
_IMPORT = re.compile(rb'\bfrom"\./([\w.-]+)"')


@dataclass(frozen=True)
class Asset:
    """A file as it is sent: its bytes by encoding, its type, its content's hash."""

    encoded: dict[str, bytes]
    type: str
    hash: str
    is_hashed: bool

    @property
    def content(self) -> bytes:
        """The file as it is."""
        return self.encoded[""]

    def accepted(self, accept: str) -> tuple[str, bytes]:
        """Return the smallest form that the visitor accepts, with its encoding."""
        asked = {part.split(";")[0].strip() for part in accept.split(",")}
        name = next((one for one in ("br", "gzip") if one in asked), "")
        return name, self.encoded[name]


@cache
def _paths() -> dict[str, Path]:
    files = [*(_HERE / "static").glob("**/*"), *(_HERE.parent / it for it in SHARED)]
    return {path.name: path for path in files if path.suffix in _TYPES}


def _read(name: str) -> bytes:
    if name in _SETS:
        return b"\n".join(map(_read, _SETS[name]))
    if name in _MADE:
        return _MADE[name](_HERE.parent / "exercises").encode()
    return _paths()[name].read_bytes()


@cache
def asset(name: str) -> Asset:
    """Return one file of the pages; raises KeyError for any other name."""
    content = _read(name)
    encoded = {
        "": content,
        "gzip": gzip.compress(content, mtime=0),
        "br": brotli.compress(content, mode=brotli.MODE_TEXT),
    }
    digest = blake2b(content, digest_size=6).hexdigest()
    kind = _TYPES[Path(name).suffix]
    return Asset(encoded, kind, digest, bool(_HASHED.search(name)))


def prepare() -> None:
    """Read and compress everything now, so that nobody waits for it later."""
    for name in (*_SETS, *_MADE, *_paths()):
        asset(name)


def imports(name: str) -> list[str]:
    """Return the names of the files that a bundled script cannot begin without."""
    return sorted({one.decode() for one in _IMPORT.findall(asset(name).content)})


def asset_url(base_url: str, name: str) -> str:
    """Return the address of a file, with its hash so that it may be kept for long."""
    return f"{base_url}static/{name}?v={asset(name).hash}"
