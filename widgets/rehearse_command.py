"""The command `workbook rehearse`: invented people take part, each with a phone."""

from __future__ import annotations

import argparse
import asyncio
import sys
from typing import Any
from urllib.parse import urlsplit

from .invented import PEOPLE

USUAL_PEOPLE = 15
MAKE_ONE = "make one with workbook session new --rehearsal, or under Prepare"


def _people(text: str) -> int:
    if not text.isdecimal() or int(text) not in PEOPLE:
        problem = f"give a whole number from {PEOPLE[0]} to {PEOPLE[-1]}"
        raise argparse.ArgumentTypeError(problem)
    return int(text)


def _url(text: str) -> str:
    at = urlsplit(text)
    if at.scheme not in ("http", "https") or not at.netloc:
        raise argparse.ArgumentTypeError("an address looks like http://127.0.0.1:8866/")
    return text.rstrip("/")


def add(commands: Any) -> argparse.ArgumentParser:
    """Add the command to those of the command line."""
    rehearse: argparse.ArgumentParser = commands.add_parser(
        "rehearse", help="let invented people take part in a rehearsal"
    )
    rehearse.add_argument("code", help="of a session that is a rehearsal")
    many = f"from {PEOPLE[0]} to {PEOPLE[-1]}, else {USUAL_PEOPLE}"
    rehearse.add_argument("--people", type=_people, default=USUAL_PEOPLE, help=many)
    rehearse.add_argument(
        "--seed", type=int, default=1, help="a number: the same one, the same answers"
    )
    rehearse.add_argument(
        "--once", action="store_true", help="answer what is open now, then leave"
    )
    rehearse.add_argument("--url", type=_url, help="of the server, if not as it says")
    return rehearse


def run(asked: argparse.Namespace, session: dict[str, Any]) -> str:
    """Rehearse until it ends; returns what is wrong, "" when all went well."""
    code = session["code"]
    if not session["invented"]:
        return f"{code} is no rehearsal, and invented people stay out; {MAKE_ONE}"
    if session["ended"]:
        return f"rehearsal {code} has ended; {MAKE_ONE}"
    from .invented import Person
    from .phone_page import PhoneError
    from .rehearsal import Rehearsal, look, rehearse

    url = asked.url or session["join_url"].rpartition("/join/")[0]
    is_self_study = session["variant"] == "self-study"
    rehearsal = Rehearsal(url, code, is_self_study, asked.once)
    people = [Person(number, asked.seed) for number in range(asked.people)]
    try:
        asyncio.run(look(rehearsal))
        said = f"{asked.people} invented people join at {url}; Ctrl-C lets them leave"
        print(said, file=sys.stderr)
        asyncio.run(rehearse(rehearsal, people))
    except KeyboardInterrupt:
        pass
    except PhoneError as error:
        if error.status:
            return f"the server at {url} says no: {error}"
        return f"no server answers at {url} ({error}); start it, or give its --url"
    print(f"{asked.people} people, {rehearsal.answers} answers")
    return ""
