"""The server's own keys: what signs its cookies, and the trainer's."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from .. import vault
from .trouble import ServeError

SHORTEST = 32  # bytes that sign a cookie


@dataclass(frozen=True)
class Keys:
    """What all replicas of one workbook must have in common."""

    trainer_key: str = field(repr=False)
    cookie_secret: bytes = field(repr=False)

    @property
    def mark(self) -> int:
        """What keys are compared by; nobody finds the keys from it."""
        both = self.cookie_secret + self.trainer_key.encode()
        return int.from_bytes(hashlib.sha256(both).digest()[:4], "big") >> 1


def keys(folder: Path, file: Path | None, trainer_key: str | None = None) -> Keys:
    """Return the keys of a file, else the folder's own; raises ServeError.

    Args:
        trainer_key: instead of the one that is kept.
    """
    kept = of_file(file) if file else _of_folder(folder)
    return replace(kept, trainer_key=trainer_key) if trainer_key else kept


def _of_folder(folder: Path) -> Keys:
    """Return the keys that were made here once, readable by their user only."""
    file = folder / "secrets.json"
    if not file.exists():
        made = {
            "trainer_key": vault.grouped(vault.new_secret())[:14],
            "cookie_secret": secrets.token_hex(SHORTEST),
        }
        file.touch(mode=0o600)
        file.write_text(json.dumps(made), encoding="utf-8")
    return of_file(file)


def of_file(file: Path) -> Keys:
    """Return the keys of a file; raises ServeError."""
    try:
        found: Any = json.loads(file.read_text(encoding="utf-8"))
        trainer_key = str(found["trainer_key"])
        cookie_secret = bytes.fromhex(found["cookie_secret"])
    except OSError as error:
        raise ServeError(f"{file}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError):
        raise ServeError(_wanted(file)) from None
    if len(cookie_secret) < SHORTEST or not trainer_key.strip():
        raise ServeError(_wanted(file))
    return Keys(trainer_key, cookie_secret)


def _wanted(file: Path) -> str:
    return (
        f'{file} has to be {{"trainer_key": "…", "cookie_secret": "…"}}: a key to sign '
        f"in with, and {2 * SHORTEST} or more hexadecimal digits (openssl rand -hex 32)"
    )
