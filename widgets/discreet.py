"""Errors in a log without what somebody typed: of which kind, and where."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType


class Discreet(logging.Formatter):
    """Says where an error was and of which kind, never what somebody typed."""

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """Return the kind of the error and the places that it passed."""
        places = traceback.extract_tb(ei[2])
        lines = [f"  {one.filename}:{one.lineno} {one.name}" for one in places]
        return "\n".join(
            ["Traceback without words:", *lines, ei[0].__name__ if ei[0] else ""]
        )
