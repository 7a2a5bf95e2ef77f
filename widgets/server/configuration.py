"""What `workbook serve` was asked to do, and what that means for Voilà and Jupyter."""

from __future__ import annotations

import logging
import socket
import ssl
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from traitlets.config import Config

from . import module_pages, pages
from .address import Network
from .channel import MAX_FRAME, Channel
from .desk import Desk
from .identity import OwnKernelOnly, WorkbookIdentity
from .kernels import Kernels
from .keys import Keys

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


@dataclass(frozen=True)
class Settings:
    """What `workbook serve` was asked to do."""

    host: str
    port: int
    base_url: str
    data_dir: Path
    database: str
    keys: Keys
    max_pages: int | None = None
    proxies: tuple[Network, ...] = ()
    encryption: ssl.SSLContext | None = None
    drain: int = 0
    backup_every: int = 0
    ready: Callable[[Desk], None] = field(default=lambda desk: None)


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


def configuration(settings: Settings) -> Config:
    """Return the configuration that closes Voilà down to what participants need."""
    path = urlsplit(settings.base_url).path if settings.base_url else "/"
    config = Config()
    config.Voila.base_url = "/" + f"{path.strip('/')}/".lstrip("/")
    config.Voila.root_dir = str(module_pages.NOTEBOOKS)
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
        "cookie_secret": settings.keys.cookie_secret,
        "default_handler_class": pages.NotFound,
    }
    voila = config.VoilaConfiguration
    voila.template = "workbook"
    voila.http_keep_alive_timeout = 3  # seconds, to look whether a kernel still lives
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
