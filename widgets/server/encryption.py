"""HTTPS by a certificate of one's own, and a plain word where there is none."""

from __future__ import annotations

import ipaddress
import ssl
from pathlib import Path
from urllib.parse import urlsplit

from .trouble import ServeError


class CertificateError(ServeError):
    """A certificate or key that cannot be used; says which file and why."""


def context(certificate: Path | None, key: Path | None) -> ssl.SSLContext | None:
    """Return what encrypts, None when nothing was asked; raises CertificateError.

    The key may stand in the certificate's file.
    """
    if certificate is None:
        if key is not None:
            raise CertificateError("--certificate-key needs --certificate as well")
        return None
    for file in filter(None, (certificate, key)):
        if not file.is_file():
            raise CertificateError(f"{file}: there is no such file")
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        made.load_cert_chain(certificate, key)
    except ssl.SSLError as error:
        why = error.reason or "cannot be read"
        raise CertificateError(
            f"{certificate}: no certificate in PEM with its key ({why}); "
            "give the key with --certificate-key if it stands in another file"
        ) from None
    return made


def warning(address: str) -> str:
    """Say who can read along at this address, "" when nobody or only this machine."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "https" or host == "localhost":
        return ""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        is_local = host.endswith((".local", ".internal", ".lan")) or "." not in host
    else:
        if found.is_loopback:
            return ""
        is_local = found.is_private
    if is_local:
        return (
            "Not encrypted: who is on the same network can read along. "
            "Use --certificate, or a proxy with HTTPS."
        )
    return (
        "NOT ENCRYPTED, AND REACHABLE FROM OUTSIDE: everybody between a phone and this "
        "machine can read what people type. Use --certificate, or a proxy with HTTPS."
    )
