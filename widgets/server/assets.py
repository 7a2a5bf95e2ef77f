"""The style sheets, scripts and drawings of the plain pages, by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

_HERE = Path(__file__).parent
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Asset:
    """A file as it is sent: its bytes, its type and the hash of its content."""

    content: bytes
    type: str
    hash: str


@cache
def _paths() -> dict[str, Path]:
    files = [*(_HERE / "static").iterdir(), _HERE.parent / "tokens.css"]
    return {path.name: path for path in files if path.suffix in _TYPES}


@cache
def asset(name: str) -> Asset:
    """Return one file of the pages; raises KeyError for any other name."""
    path = _paths()[name]
    content = path.read_bytes()
    digest = blake2b(content, digest_size=6).hexdigest()
    return Asset(content, _TYPES[path.suffix], digest)


def asset_url(base_url: str, name: str) -> str:
    """Return the address of a file, with its hash so that it may be kept for long."""
    return f"{base_url}static/{name}?v={asset(name).hash}"
