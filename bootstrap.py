"""Make `.venv` with the locked versions, once; every make target starts with this.

Needs nothing but Python's standard library, and touches no Python but its own
`.venv`. Uses uv where it is installed, else venv and pip.

    python3 bootstrap.py            what running the workbook needs
    python3 bootstrap.py --test     and what its tests need
    python3 bootstrap.py --lock     write both locks anew from pyproject.toml
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
OLDEST = (3, 11)
NEWER = ("python3.11", "python3.12", "python3.13", "python3.14")
RUN, TEST = "requirements.lock", "requirements-test.lock"


class CannotSetUp(Exception):
    """Something outside this project is missing; the message says what to do."""


def program(name: str, venv: Path = VENV) -> Path:
    """Where a program of the virtual environment is, on this kind of machine."""
    return venv / ("Scripts" if WINDOWS else "bin") / (name + ".exe" * WINDOWS)


def run(*command: str | Path, hint: str) -> None:
    """Run a command; when it fails, show what it said and then the hint."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        raise CannotSetUp(hint)


def fingerprint(lock: str) -> str:
    """What the environment was made from: this lock, and how we are installed."""
    parts = [(ROOT / name).read_bytes() for name in (lock, "pyproject.toml")]
    return hashlib.sha256(b"\0".join([*parts, str(ROOT).encode()])).hexdigest()


def stamp(lock: str) -> Path:
    """The file that remembers the fingerprint of the last complete installation."""
    return VENV / f".{lock}.done"


def is_ready(lock: str) -> bool:
    """Whether `.venv` holds exactly what this lock says."""
    done = stamp(lock)
    return (
        program("python").exists()
        and done.exists()
        and done.read_text("utf-8") == fingerprint(lock)
    )


def make_venv(uv: str | None) -> None:
    """Make `.venv` where there is none that works; never touch a foreign folder."""
    if program("python").exists():
        return
    if VENV.exists():
        if not (VENV / "pyvenv.cfg").exists():
            raise CannotSetUp(f"{VENV} is not a virtual environment; move it away.")
        shutil.rmtree(VENV)
    if uv:
        version = "{}.{}".format(*sys.version_info)
        run(
            *(uv, "venv", "--quiet", "--python", version, VENV),
            hint="uv could not make .venv; what it said stands above.",
        )
        return
    try:
        run(
            *(sys.executable, "-m", "venv", VENV),
            hint="Python cannot make virtual environments here. Install uv, or on "
            "Debian and Ubuntu the package python3-venv, and try again.",
        )
    except CannotSetUp:
        shutil.rmtree(VENV, ignore_errors=True)
        raise


def install(lock: str, uv: str | None) -> None:
    """Install the lock with its hashes, and the workbook itself as it stands here."""
    python = program("python")
    if uv:
        start = [uv, "pip", "install", "--quiet", "--python", str(python)]
        locked = ["--compile-bytecode"]
    else:
        if not program("pip").exists():
            run(python, "-m", "ensurepip", hint="pip is missing from .venv.")
        start = [str(python), "-m", "pip", "install", "--quiet", "--no-input"]
        start.append("--disable-pip-version-check")
        locked = []
    hint = (
        "Installing did not work; what the installer said stands above. "
        "The first time needs the internet. Then try again: nothing is broken."
    )
    run(*start, *locked, "--require-hashes", "-r", lock, hint=hint)
    run(*start, "--no-build-isolation", "--no-deps", "-e", ".", hint=hint)


def set_up(lock: str) -> None:
    """Make `.venv` as the lock says, or find in a moment that it is already so."""
    if is_ready(lock) or (lock == RUN and is_ready(TEST)):
        return
    uv = shutil.which("uv")
    how = "uv" if uv else "pip"
    print(f"Setting up .venv with {how}; this takes a few minutes, once.", flush=True)
    for old in (RUN, TEST):
        stamp(old).unlink(missing_ok=True)
    make_venv(uv)
    install(lock, uv)
    stamp(lock).write_text(fingerprint(lock), "utf-8")
    print("Ready.", flush=True)


def write_locks() -> None:
    """Write both locks anew, with hashes and without the address of any registry."""
    with tempfile.TemporaryDirectory() as folder:
        uv = shutil.which("uv")
        if uv is None:
            venv = Path(folder) / "uv"
            run(sys.executable, "-m", "venv", venv, hint="No uv, and no venv either.")
            pip = (program("python", venv), "-m", "pip", "install", "-q", "uv")
            run(*pip, hint="uv could not be installed.")
            uv = str(program("uv", venv))
        compile_ = (uv, "pip", "compile", "pyproject.toml", "--group", "build")
        options = (
            *("--quiet", "--upgrade", "--universal", "--python-version", "3.11"),
            *("--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"),
            *("--custom-compile-command", "make lock"),
        )
        test = ("--extra", "test", "--constraints", RUN)
        hint = "The locks could not be made; what uv said stands above."
        run(*compile_, *options, "--output-file", RUN, hint=hint)
        run(*compile_, *options, *test, "--output-file", TEST, hint=hint)


def with_new_python(arguments: Sequence[str]) -> int:
    """Start again with a Python that is new enough, or say what is needed."""
    for name in NEWER:
        found = shutil.which(name)
        # A version manager's stand-in may be there without the Python behind it.
        if found and not subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL):
            return subprocess.call([found, __file__, *arguments])
    wanted = ".".join(map(str, OLDEST))
    if uv := shutil.which("uv"):
        here = (uv, "run", "--no-project", "--python", f">={wanted}", __file__)
        return subprocess.call([*here, *arguments])
    have = ".".join(map(str, sys.version_info[:2]))
    needs = f"The workbook needs Python {wanted} or newer; this is {have}."
    print(needs, file=sys.stderr)
    return 2


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask; 0 when done, 2 with a clear line when not."""
    if sys.version_info < OLDEST:  # whoever starts us may have an older one first
        return with_new_python(arguments)
    asked = argparse.ArgumentParser(description="Make .venv with the locked versions.")
    asked.add_argument("--test", action="store_true", help="with what tests need")
    asked.add_argument("--lock", action="store_true", help="write both locks anew")
    options = asked.parse_args(arguments)
    try:
        if options.lock:
            write_locks()
        else:
            set_up(TEST if options.test else RUN)
    except (CannotSetUp, OSError) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
