"""What may be typed after an option, and one clear line about what may not."""

from __future__ import annotations

import argparse
import ipaddress
from typing import Any, NoReturn


class OneLine(argparse.ArgumentParser):
    """A parser that answers wrong use with one clear line and exit status 2."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is."""
        self.exit(2, f"{self.prog}: {message} (try {self.prog} --help)\n")


def port(text: str) -> int:
    """A port to listen on."""
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def at_least_one(text: str) -> int:
    """A whole number, 1 or more."""
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("give a whole number, 1 or more")
    return int(text)


def network(text: str) -> Any:
    """An address, or a network of addresses."""
    try:
        return ipaddress.ip_network(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            "give an address, or a network such as 10.0.0.0/8"
        ) from None


def seconds(text: str) -> int:
    """Whole seconds, ten minutes at most."""
    if not text.isdigit() or int(text) > 600:
        raise argparse.ArgumentTypeError("give whole seconds, from 0 to 600")
    return int(text)


def minutes(text: str) -> int:
    """Whole minutes."""
    if not text.isdigit():
        raise argparse.ArgumentTypeError("give whole minutes, 0 for never")
    return int(text)
