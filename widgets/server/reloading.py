"""Starting anew when code or content changes, for whoever writes it."""

from __future__ import annotations

from pathlib import Path

from tornado import autoreload

from .forks import WATCHED

ENDINGS = {".css", ".html", ".ipynb", ".js", ".py", ".toml"}


def begin() -> None:
    """Take the place of this process by a new one whenever a file changes.

    Needs a running event loop. Pages that are open connect again by themselves.
    """
    for path in _files():
        autoreload.watch(str(path))
    autoreload.start()


def _files() -> list[Path]:
    found = (path for folder in WATCHED for path in folder.rglob("*"))
    return [one for one in found if one.suffix in ENDINGS and _is_ours(one)]


def _is_ours(path: Path) -> bool:
    return "node_modules" not in path.parts
