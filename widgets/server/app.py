"""The server: standalone Voilà, closed down, with the workbook's pages around it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import logging
import shutil
from pathlib import Path
from typing import Any

import tornado.ioloop
import tornado.web
from jupyter_server.services.kernels.handlers import _kernel_id_regex
from jupyter_server.utils import url_path_join
from voila.app import Voila

from ..content import load
from ..copies import KEYS
from ..replicas import Listener, Topic
from ..store import Store
from . import assets, closed, module_pages, pages
from .admin import AdminRole
from .configuration import Settings, configuration, public_url
from .copies import LOOK, AutomaticCopies
from .desk import Desk
from .identity import owner_name
from .lines import Lines
from .press import Press
from .quiet import News, log_request
from .trouble import ServeError

HOUR = 3600 * 1000
MOST_BYTES = 16 * 2**20  # of one request; somebody's own file takes a few hundred kB
OTHER_KEYS = (
    "another replica on this database runs with other keys; give both the same file "
    "with --secrets (or WORKBOOK_SECRETS), and the same --trainer-key if you use it"
)


class WorkbookServer(Voila):  # type: ignore[misc]
    """Voilà with our pages, our kernels and our doors; nothing else is served."""

    name = "voila"
    workbook_settings: Settings
    _listener: Listener | None = None

    def init_settings(self) -> dict[str, Any]:
        """Add what our own pages read to the settings."""
        settings: dict[str, Any] = super().init_settings()
        asked = self.workbook_settings
        self.desk = Desk(self.store, load(), public_url(asked))
        self.press = Press()
        self.lines = Lines(self.desk, Path(self.connection_dir) / "room.sock")
        self.kernel_manager.lines = self.lines
        self.kernel_manager.limit = asked.max_pages or self.kernel_manager.limit
        self.desk.on_forget = self._forget_kernels
        self.kernel_manager.ipython_folder = _ipython_folder(Path(self.connection_dir))
        return settings | {
            "desk": self.desk,
            "trainer_key": asked.keys.trainer_key,
            "proxies": asked.proxies,
            "forks": self.kernel_manager.forks,
            "press": self.press,
            "log_function": log_request,
        }

    def init_handlers(self) -> list[Any]:
        """Return all that is served: Voilà's page machinery and our own pages."""
        base = self.server_url
        kernel = url_path_join(base, rf"/api/kernels/{_kernel_id_regex}")
        voila = self._for_pages()
        slugs = "|".join(self.desk.workbook.modules)
        return [
            (kernel, closed.OwnKernel),
            (kernel + "/channels", closed.OwnChannel),
            (url_path_join(base, r"/voila/api/shutdown/(.*)"), closed.OwnShutdown),
            (
                url_path_join(base, rf"/(nl|en)/({slugs})"),
                module_pages.ModulePage,
                voila,
            ),
            (
                url_path_join(base, r"/trainer/([A-Za-z0-9]+)/(control|screen)"),
                module_pages.TrainerPage,
                voila,
            ),
            *pages.handlers(base),
        ]

    def _for_pages(self) -> dict[str, Any]:
        return {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }

    def _draw_pages(self) -> None:
        drawing = module_pages.draw_all(
            self.app.settings, self.desk, **self._for_pages()
        )
        self._drawing = asyncio.ensure_future(drawing)

    def start(self) -> None:
        """Open the store, then serve until stopped."""
        for log in (self.log, tornado.log.gen_log, logging.getLogger("asyncio")):
            log.addFilter(News())
        asked = self.workbook_settings
        self.store = Store(asked.database)
        keys = asked.data_dir / KEYS
        self.copies = AutomaticCopies(self.store, keys, asked.backup_every)
        self.store.migrate()
        if self.store.has_strangers(asked.keys.mark):
            raise ServeError(OTHER_KEYS)
        super().start()

    def listen(self) -> None:
        """Listen on the port that was asked for, and say so when it is taken."""
        asked = self.workbook_settings
        try:
            self.app.listen(
                asked.port,
                asked.host,
                ssl_options=asked.encryption,
                max_body_size=MOST_BYTES,
            )
        except OSError as error:
            shutil.rmtree(self.connection_dir, ignore_errors=True)
            raise ServeError(_port_trouble(error, asked.port)) from error
        self.ioloop = tornado.ioloop.IOLoop.current()
        self.ioloop.add_callback(self._open)
        expire = tornado.ioloop.PeriodicCallback(self.desk.expire, HOUR)
        expire.start()
        tornado.ioloop.PeriodicCallback(self.copies.look, LOOK).start()
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            self.log.info("stopping")
        finally:
            self.stop()

    def _handle_signal_stop(self, sig: int, frame: Any) -> None:
        self.ioloop.add_callback_from_signal(self._leave)

    async def _leave(self) -> None:
        """Take nobody in, give open pages time to go elsewhere, then stop."""
        self.kernel_manager.is_closed = True
        self.desk.leave()
        until = self.ioloop.time() + self.workbook_settings.drain
        while self.ioloop.time() < until and self.kernel_manager.is_in_use():
            await asyncio.sleep(0.2)
        self.ioloop.stop()

    async def _forget_kernels(self, participant_id: str) -> None:
        await self.kernel_manager.shutdown_of(owner_name(participant_id))

    def _hear(self, topic: Topic) -> None:
        """Ring what another replica changed; who is gone there has no kernel here."""
        kind, name = topic
        if kind == "gone":
            self._ending = asyncio.ensure_future(self._forget_kernels(name))
        self.desk.bell.ring(topic)

    async def _open(self) -> None:
        assets.prepare()
        await self.lines.start()
        self._listener = self.store.listener(
            self.workbook_settings.keys.mark, self._hear, self.desk.bell.ring_all
        )
        if self._listener is not None:
            self._listener.start()
        self.kernel_manager.forks.on_ready = self._draw_pages
        self.kernel_manager.forks.start()
        await self.desk.expire()
        handle = {
            "address": self.lines.address,
            "capability": self.lines.issue(AdminRole(self.desk)),
        }
        self._door = self.workbook_settings.data_dir / "server.json"
        self._door.touch(mode=0o600)
        self._door.write_text(json.dumps(handle), encoding="utf-8")
        self.workbook_settings.ready(self.desk)

    def stop(self) -> None:
        """End kernels, lines and the store, in this order."""
        with contextlib.suppress(AttributeError):
            self._door.unlink(missing_ok=True)
        if self._listener is not None:
            self._listener.stop()
        super().stop()
        self.kernel_manager.forks.stop()
        asyncio.get_event_loop().run_until_complete(self.lines.stop())
        self.press.close()
        self.desk.close()
        self.store.close()


def _port_trouble(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use; choose another one with --port"
    if error.errno == errno.EACCES:
        return f"port {port} is not allowed; choose one above 1023 with --port"
    return f"port {port}: {error.strerror}"


def _ipython_folder(parent: Path) -> Path:
    """Make a bare IPython profile: no history, no start-up files of anybody."""
    profile = parent / "ipython" / "profile_default"
    profile.mkdir(parents=True)
    (profile / "ipython_kernel_config.py").write_text(
        "c = get_config()\nc.HistoryManager.enabled = False\n", encoding="utf-8"
    )
    return profile.parent


def serve(settings: Settings) -> None:
    """Serve until stopped; raises ServeError or a store's error with a clear line."""
    server = WorkbookServer(config=configuration(settings))
    server.workbook_settings = settings
    server.initialize([])
    server.start()
