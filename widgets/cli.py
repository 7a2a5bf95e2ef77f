"""The command `workbook`: serve a training, manage sessions, check the content."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import backup, guide_command, rehearse_command, restore
from .arguments import OneLine, at_least_one, minutes, network, port, seconds

COMMANDS = ("open", "close", "show", "hide")


class Wrong(Exception):
    """Wrong use; the message says in one line what is wrong."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = OneLine(prog="workbook", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    _add_serve(commands)
    _add_session(commands)
    commands.add_parser("check", help="check every module, exercise and notebook")
    for command in (backup, restore):
        _add_place(command.add(commands))
    guide_command.add(commands)
    _add_place(rehearse_command.add(commands))
    lab = commands.add_parser("lab", help="open the notebooks in JupyterLab")
    lab.add_argument("rest", nargs="*", help="passed on to JupyterLab, after --")
    return top


def _add_place(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data-dir", type=Path, help="where answers and keys stand")
    command.add_argument(
        "--database", help="sqlite:///… or postgresql://… (WORKBOOK_DATABASE)"
    )


def _add_serve(commands: Any) -> None:
    serve = commands.add_parser("serve", help="serve the workbook in a training")
    serve.add_argument("--host", default="0.0.0.0", help="address to listen on")
    serve.add_argument("--port", type=port, default=8866)
    _add_place(serve)
    serve.add_argument("--base-url", default="/", help="path, or the whole address")
    serve.add_argument("--certificate", type=Path, help="serve HTTPS: a PEM file")
    serve.add_argument("--certificate-key", type=Path, help="its key, if apart")
    serve.add_argument("--trainer-key", help="the key for /trainer (else it is made)")
    _add_many_machines(serve)
    serve.add_argument("--no-browser", action="store_true", help="open no page")
    serve.add_argument(
        "--reload",
        action="store_true",
        help="for authors: start anew when a file changes; opens no page",
    )
    serve.add_argument(
        "--max-pages",
        type=at_least_one,
        help="module pages open at once, the rest waits in line (else as many as fit)",
    )
    serve.add_argument(
        "--backup-every",
        type=minutes,
        default=10,
        help="minutes between two copies while something changes; 0 makes none",
    )
    serve.add_argument(
        "--demo", action="store_true", help="add a session with an invented cohort"
    )


def _add_many_machines(serve: argparse.ArgumentParser) -> None:
    serve.add_argument(
        "--secrets",
        type=Path,
        default=os.environ.get("WORKBOOK_SECRETS"),
        help="a file with the keys that all replicas share (WORKBOOK_SECRETS)",
    )
    serve.add_argument(
        "--drain",
        type=seconds,
        default=0,
        help="seconds at most for open pages to go to another replica (SIGTERM)",
    )
    serve.add_argument(
        "--proxy",
        type=network,
        action="append",
        default=[],
        help="address or network of a proxy on another machine",
    )


def _add_session(commands: Any) -> None:
    session = commands.add_parser("session", help="make and steer sessions")
    actions = session.add_subparsers(dest="action", required=True)
    new = actions.add_parser("new", help="make a session")
    new.add_argument("--title", default="")
    new.add_argument("--language", choices=("nl", "en"), default="nl")
    new.add_argument("--variant", default="half-day")
    new.add_argument(
        "--rehearsal", action="store_true", help="for invented people, for one day"
    )
    listing = actions.add_parser("list", help="list the sessions")
    for command in (new, listing):
        command.add_argument("--json", action="store_true", help="one JSON object")
        _add_place(command)
    for name in COMMANDS:
        command = actions.add_parser(name, help=f"{name} an exercise or its result")
        command.add_argument("code")
        command.add_argument("exercise")
        _add_place(command)
    export = actions.add_parser("export", help="write what was shown to a file")
    export.add_argument("code")
    export.add_argument(
        "--format", choices=("pdf", "xlsx", "csv", "zip"), default="pdf"
    )
    export.add_argument("--output", type=Path, required=True, help="the file to write")
    _add_place(export)
    for name in ("end", "delete"):
        command = actions.add_parser(name, help=f"{name} a session")
        command.add_argument("code")
        _add_place(command)


def data_dir(given: Path | None) -> Path:
    """Return the folder of the server's data, made if need be; raises OSError."""
    import platformdirs

    folder = given or Path(platformdirs.user_data_dir("leadership-workbook", False))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    probe = folder / ".writable"
    probe.touch()
    probe.unlink()
    return folder.resolve()


def database_url(given: str | None, folder: Path) -> str:
    """Return the address of the database: what was given, else a file in the folder.

    WORKBOOK_DATABASE gives one that the list of processes does not show.
    """
    given = given or os.environ.get("WORKBOOK_DATABASE")
    return given or f"sqlite:///{folder / 'workbook.db'}"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status, 2 with one clear line for wrong use."""
    asked = parser().parse_args(argv)
    root = Path(__file__).parents[1]
    shared = str(Path(__file__).parent / "jupyter")
    os.environ["JUPYTER_PATH"] = os.pathsep.join(
        filter(None, (shared, os.environ.get("JUPYTER_PATH")))
    )
    try:
        if asked.command == "check":
            return _check(root)
        if asked.command == "guide":
            problem = guide_command.run(asked)
            return _wrong(problem) if problem else 0
        if asked.command == "lab":
            return _lab(root, asked.rest)
        folder = data_dir(asked.data_dir)
        if asked.command == "serve":
            return _serve(asked, folder)
        if asked.command in ("backup", "restore"):
            act = backup.run if asked.command == "backup" else restore.run
            print(act(asked, folder, database_url(asked.database, folder)))
            return 0
        if asked.command == "rehearse":
            request = {"do": "look", "code": asked.code}
            found = _ask(asked, folder, "rehearse", request)
            problem = rehearse_command.run(asked, found["session"])
            return _wrong(f"rehearse: {problem}") if problem else 0
        return _session(asked, folder)
    except (Wrong, backup.BackupError) as wrong:
        return _wrong(str(wrong))
    except OSError as error:
        return _wrong(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "))


def _wrong(text: str) -> int:
    print(f"workbook: {text}", file=sys.stderr)
    return 2


def _check(root: Path) -> int:
    from .check import check

    problems = check(root)
    for problem in problems:
        print(problem)
    if not problems:
        print("workbook check: everything is in order")
    return 2 if problems else 0


def _lab(root: Path, rest: Sequence[str]) -> int:
    import subprocess

    folder = str(root / "notebooks")
    return subprocess.call([sys.executable, "-m", "jupyterlab", folder, *rest])


def _serve(asked: argparse.Namespace, folder: Path) -> int:
    from .content import ContentError
    from .server.start import start
    from .server.trouble import ServeError
    from .store import StoreError

    try:
        start(asked, folder, database_url(asked.database, folder))
    except (StoreError, ContentError, ServeError) as error:
        return _wrong(str(error))
    return 0


def _ask(
    asked: argparse.Namespace, folder: Path, name: str, request: dict[str, Any]
) -> dict[str, Any]:
    """Ask the running server, else the database; raises Wrong."""
    from .server.desk import DeskError
    from .server.door import ask
    from .store import StoreError

    try:
        return asyncio.run(ask(folder, database_url(asked.database, folder), request))
    except DeskError as error:
        raise Wrong(f"{name}: {_said(error.code)}") from error
    except StoreError as error:
        raise Wrong(str(error)) from error


def _session(asked: argparse.Namespace, folder: Path) -> int:
    names = ("title", "language", "variant", "rehearsal", "code", "exercise")
    request = {name: value for name, value in vars(asked).items() if name in names}
    request["do"] = asked.action
    reply = _ask(asked, folder, f"session {asked.action}", request)
    if asked.action == "export":
        return _export(reply, asked.format, asked.output)
    _print_sessions(reply, as_json=getattr(asked, "json", False))
    return 0


def _export(found: dict[str, Any], ending: str, output: Path) -> int:
    from .content import load
    from .reports.session_files import printed
    from .reports.session_report import session_report

    # Printed before the file is opened: a report that fails leaves the old file whole.
    content = printed(session_report(load(), found), ending)
    output.write_bytes(content)
    return 0


def _said(code: str) -> str:
    from .content import words

    return words("en")["errors"].get(f"command_{code}", code.replace("_", " "))


def _print_sessions(reply: dict[str, Any], *, as_json: bool) -> None:
    found = reply.get("session", reply if "sessions" in reply else None)
    if as_json and found is not None:
        print(json.dumps(found, ensure_ascii=False))
        return
    for row in reply.get("sessions", [reply["session"]] if "session" in reply else []):
        state = "ended" if row["ended"] else "open"
        mark = "  (rehearsal)" if row["invented"] else ""
        print(f"{row['code']}  {state:5}  {row['title']}  {row['join_url']}{mark}")


if __name__ == "__main__":
    sys.exit(main())
