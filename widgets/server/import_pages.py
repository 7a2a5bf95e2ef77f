"""Answers that come in from a file which a participant took home before."""

from __future__ import annotations

from typing import Any

from ..reports.own_file import OwnFileError, read_own_file
from .me_pages import Me
from .take_home import take_in


class Import(Me):
    """POST /me/import: take answers over from a file."""

    async def post(self) -> None:
        """Take over what fits, all of it or nothing, and say how much that was."""
        secret, _ = await self.participant()
        files: list[Any] = self.request.files.get("file", [])
        replace = self.get_body_argument("replace", "") == "yes"
        try:
            read = read_own_file(files[0].body if files else b"")
        except OwnFileError as error:
            self.set_status(422)
            await self.show_mine(problem=error.code)
            return
        found = await take_in(self.desk, secret, read, replace=replace)
        numbers = f"taken={len(found.answers)}&stayed={found.stayed}"
        self.go(f"me?{numbers}&strange={found.strange}#import")
