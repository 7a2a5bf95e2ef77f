"""The server: standalone Voilà, closed down, with the workbook's pages around it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import logging
import shutil
import socket
import ssl
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import tornado.ioloop
import tornado.web
from jupyter_server.services.kernels.handlers import _kernel_id_regex
from jupyter_server.utils import url_path_join
from traitlets.config import Config
from voila.app import Voila

from ..content import load
from ..replicas import Listener, Topic
from ..store import Store
from . import assets, closed, module_pages, pages
from .address import Network
from .admin import AdminRole
from .channel import MAX_FRAME, Channel
from .desk import Desk
from .identity import OwnKernelOnly, WorkbookIdentity, owner_name
from .kernels import Kernels
from .lines import Lines
from .press import Press
from .quiet import log_request

ROOT = Path(__file__).parents[2]
JUPYTER = Path(__file__).parents[1] / "jupyter"
HOUR = 3600 * 1000
# Voilà's page has inline scripts and anywidget imports its modules from blob: URLs.
CONTENT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


class ServeError(Exception):
    """The server cannot start; the message says why and what to do."""


@dataclass(frozen=True)
class Settings:
    """What `workbook serve` was asked to do."""

    host: str
    port: int
    base_url: str
    data_dir: Path
    database: str
    trainer_key: str
    cookie_secret: bytes
    max_pages: int | None = None
    proxies: tuple[Network, ...] = ()
    encryption: ssl.SSLContext | None = None
    ready: Callable[[Desk], None] = field(default=lambda desk: None)


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
            "trainer_key": asked.trainer_key,
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
        self.store = Store(self.workbook_settings.database)
        self.store.migrate()
        super().start()

    def listen(self) -> None:
        """Listen on the port that was asked for, and say so when it is taken."""
        asked = self.workbook_settings
        try:
            self.app.listen(asked.port, asked.host, ssl_options=asked.encryption)
        except OSError as error:
            shutil.rmtree(self.connection_dir, ignore_errors=True)
            raise ServeError(_port_trouble(error, asked.port)) from error
        self.ioloop = tornado.ioloop.IOLoop.current()
        self.ioloop.add_callback(self._open)
        expire = tornado.ioloop.PeriodicCallback(self.desk.expire, HOUR)
        expire.start()
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            self.log.info("stopping")
        finally:
            self.stop()

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
        self._listener = self.store.listener(self._hear, self.desk.bell.ring_all)
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


def public_url(settings: Settings) -> str:
    """Return the address that phones in the room use."""
    given = urlsplit(settings.base_url)
    if given.scheme:
        return settings.base_url.rstrip("/")
    host = settings.host
    if host in ("", "0.0.0.0", "::"):
        host = local_address()
    path = settings.base_url.strip("/")
    scheme = "https" if settings.encryption else "http"
    return f"{scheme}://{host}:{settings.port}/{path}".rstrip("/")


def local_address() -> str:
    """Return this machine's address in the local network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


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


def configuration(settings: Settings) -> Config:
    """Return the configuration that closes Voilà down to what participants need."""
    path = urlsplit(settings.base_url).path if settings.base_url else "/"
    config = Config()
    config.Voila.base_url = "/" + f"{path.strip('/')}/".lstrip("/")
    config.Voila.root_dir = str(ROOT / "notebooks")
    config.Voila.open_browser = False
    config.Voila.log_level = logging.WARNING
    config.Voila.identity_provider_class = WorkbookIdentity
    config.Voila.authorizer_class = OwnKernelOnly
    config.Voila.kernel_websocket_connection_class = Channel
    config.Voila.connection_dir_root = tempfile.gettempdir()
    config.Voila.tornado_settings = {
        "headers": HEADERS,
        "websocket_max_message_size": MAX_FRAME,
        "ws_ping_interval": 10_000,
        "ws_ping_timeout": 25_000,
        # The quickest level: what a page hears is hardly bigger by it.
        "websocket_compression_options": {"compression_level": 1, "mem_level": 5},
        "cookie_secret": settings.cookie_secret,
        "default_handler_class": pages.NotFound,
    }
    voila = config.VoilaConfiguration
    voila.template = "workbook"
    voila.strip_sources = True
    voila.show_tracebacks = False
    voila.allow_template_override = "NO"
    voila.allow_theme_override = "NO"
    voila.file_allowlist = [r"a^"]
    voila.multi_kernel_manager_class = Kernels
    voila.prelaunch_hook = module_pages.introduce
    voila.extension_allowlist = [r"a^"]
    config.MappingKernelManager.cull_idle_timeout = 5400
    config.MappingKernelManager.cull_interval = 30
    config.MappingKernelManager.buffer_offline_messages = False
    config.KernelRestarter.restart_limit = 0
    config.KernelManager.transport = "ipc"
    config.HistoryManager.enabled = False
    return config


def serve(settings: Settings) -> None:
    """Serve until stopped; raises ServeError or a store's error with a clear line."""
    server = WorkbookServer(config=configuration(settings))
    server.workbook_settings = settings
    server.initialize([])
    server.start()
