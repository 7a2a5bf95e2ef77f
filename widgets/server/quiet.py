"""A log that says which page failed and how, never for whom or with which words."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from tornado.iostream import StreamClosedError
from tornado.web import Finish, HTTPError, RequestHandler

from ..discreet import Discreet

log = logging.getLogger("workbook")

# Said at every start, of things that are as they should be: our own notebooks carry no
# signature, and Jupyter counts in milliseconds where Tornado takes them for seconds.
KERNEL_DIED = "Kernel died before replying"
EXPECTED = ("Notebook %s is not trusted", "The websocket_ping_timeout (")


class Quiet(RequestHandler):
    """Logs an error without the address, which holds codes, and without its words."""

    def log_exception(self, *exc_info: Any) -> None:
        """Log where an unforeseen error was; a refusal is told by its status."""
        if isinstance(exc_info[1], HTTPError | Finish | StreamClosedError):
            return  # also of a visitor who did not wait
        kind, error, trace = exc_info
        places = Discreet().formatException((kind, error, trace))
        log.error("%s: %s\n%s", type(self).__name__, kind and kind.__name__, places)


class News(logging.Filter):
    """Lets through what a trainer should read in the terminal."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether this is news; that a kernel died is said elsewhere."""
        error = record.exc_info[1] if record.exc_info else None
        return (
            not f"{record.msg}".startswith(EXPECTED) and KERNEL_DIED not in f"{error}"
        )


def log_request(handler: RequestHandler) -> None:
    """Log a request that failed here by page, method and status."""
    status = handler.get_status()
    # Who waits for a place is no fault.
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR and status != 503:
        page, method = type(handler).__name__, handler.request.method
        log.error("%d %s %s", status, method, page)
