"""Starting anew when code or content changes, for whoever writes it."""

from __future__ import annotations

from tornado import autoreload

from .forks import ENDINGS, watched


def begin() -> None:
    """Take the place of this process by a new one whenever a file changes.

    Needs a running event loop. Pages that are open connect again by themselves.
    """
    for path in watched(ENDINGS | {".css", ".html", ".js"}):
        autoreload.watch(str(path))
    autoreload.start()
