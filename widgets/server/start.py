"""Starting the server: keys, the limits of the machine, and the first words."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import tempfile
import webbrowser
from pathlib import Path

import segno

from . import encryption, leftovers, reloading
from .app import serve
from .configuration import Settings
from .demo import Cohort
from .desk import Desk
from .keys import keys

FILES = 16384  # a participant takes about 14 descriptors


def start(asked: argparse.Namespace, folder: Path, database: str) -> None:
    """Serve as the command line asked; raises ServeError and store errors."""
    kept = keys(folder, asked.secrets, asked.trainer_key)
    raise_file_limit()
    write_no_core()
    leftovers.clear(Path(tempfile.gettempdir()))
    encrypted = encryption.context(asked.certificate, asked.certificate_key)

    def ready(desk: Desk) -> None:
        if asked.reload:
            reloading.begin()
        tasks.append(asyncio.ensure_future(_welcome(asked, desk, kept.trainer_key)))

    tasks: list[asyncio.Future[None]] = []
    serve(
        Settings(
            host=asked.host,
            port=asked.port,
            base_url=asked.base_url,
            data_dir=folder,
            database=database,
            keys=kept,
            drain=asked.drain,
            max_pages=asked.max_pages,
            proxies=tuple(asked.proxy),
            backup_every=asked.backup_every,
            encryption=encrypted,
            ready=ready,
        )
    )


def raise_file_limit() -> None:
    """Allow as many open files as a full room needs."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        limit = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))


def write_no_core() -> None:
    """Let no crash write what people typed to disk; kernels inherit it."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


async def _welcome(asked: argparse.Namespace, desk: Desk, trainer_key: str) -> None:
    if asked.demo:
        await Cohort(desk).begin()
    base = desk.base_url
    say = sys.stderr
    print("\nLeiderschap & persoonlijk leiderschap\n", file=say)
    print(f"  Trainer       {base}/trainer", file=say)
    print(f"  Key           {trainer_key}", file=say)
    print(f"  Participants  {base}/", file=say)
    if asked.demo:
        rows = [row for row in await desk.sessions() if row.invented]
        print(f"  Demo          {base}/join/{rows[0].code}", file=say)
    print(file=say)
    segno.make(f"{base}/", error="m").terminal(out=say, compact=True, border=2)
    if said := encryption.warning(base):
        print(f"\n  {said}", file=say)
    print("\n  Stop with Ctrl-C.\n", file=say, flush=True)
    if not (asked.no_browser or asked.reload):
        # The key stands after the #, so that it reaches no log; the page takes it away.
        webbrowser.open(f"{base}/trainer#{trainer_key}")
