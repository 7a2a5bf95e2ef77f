"""Why the server cannot start."""


class ServeError(Exception):
    """The server cannot start; the message says why and what to do."""
