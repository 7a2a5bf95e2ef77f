"""What makes private answers private: secrets, keys, sealing and opening.

A participant's secret never reaches the disk of the server. Everything here follows
from it with HKDF-SHA256, and answers are sealed with AES-256-GCM; what one participant
writes to another is sealed to a public key (X25519). No cryptography of our own.
"""

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# Crockford's base 32: https://www.crockford.com/base32.html
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET_LENGTH = 20
STEP = 256
_FORGIVEN = str.maketrans("OIL", "011", "- \t\r\n\u00a0\u2010\u2011\u2013")
_VERSION = b"\x01"
_NONCE = 12
_TAG = 16
_PREFIX = 4
_TO_VERSION = b"\x02"
_PUBLIC = 32
# So wide that every card is as long as any other.
_TO_STEP = 4096


class VaultError(Exception):
    """Something in the vault could not be used."""


class BadSecret(VaultError):
    """The text is not a personal code."""


class WrongKey(VaultError):
    """The key does not fit, or what was sealed has been changed."""


class BadBlob(VaultError):
    """The bytes were not sealed by a version of the workbook that we know."""


@dataclass(frozen=True)
class Keys:
    """All that follows from one secret."""

    participant_id: str
    seal: bytes
    count: bytes

    def __repr__(self) -> str:
        """Name the participant only: keys must not end up in a log."""
        return f"Keys(participant_id={self.participant_id!r})"


def new_secret() -> str:
    """Make a secret by chance: 20 characters, 100 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SECRET_LENGTH))


def normalise_secret(text: str) -> str:
    """Read a secret as a person types it; raises `BadSecret`."""
    secret = text.translate(_FORGIVEN).upper().translate(_FORGIVEN)
    if len(secret) != SECRET_LENGTH or not set(secret) <= set(ALPHABET):
        raise BadSecret(f"a personal code has {SECRET_LENGTH} letters and digits")
    return secret


def shown_secret(secret: str) -> str:
    """Write a secret as a person reads it: XXXX-XXXX-XXXX-XXXX-XXXX."""
    return grouped(normalise_secret(secret))


def grouped(text: str) -> str:
    """Put a dash after every four characters."""
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def derive(secret: str) -> Keys:
    """Derive the keys of a secret; raises `BadSecret`."""
    plain = normalise_secret(secret).encode()
    return Keys(
        participant_id=participant_id(secret),
        seal=_expand(plain, "seal", 32),
        count=_expand(plain, "count", 32),
    )


def participant_id(secret: str) -> str:
    """Derive only how the store calls the participant; raises `BadSecret`."""
    return _expand(normalise_secret(secret).encode(), "participant", 16).hex()


def seal(key: bytes, value: Any, *, session: str, field: str) -> bytes:
    """Seal a JSON value for one field of one session; its length is padded."""
    nonce = os.urandom(_NONCE)
    padded = _padded(value, STEP)
    sealed = AESGCM(key).encrypt(nonce, padded, _bound(session, field))
    return _VERSION + nonce + sealed


def open_sealed(key: bytes, blob: bytes, *, session: str, field: str) -> Any:
    """Open what `seal` sealed; raises `WrongKey` or `BadBlob`."""
    if blob[:1] != _VERSION or len(blob) < 1 + _NONCE + STEP + _TAG:
        raise BadBlob("this was not sealed by a version of the workbook that we know")
    nonce, sealed = blob[1 : 1 + _NONCE], blob[1 + _NONCE :]
    return _opened(key, nonce, sealed, _bound(session, field))


def public_key(seal_key: bytes) -> bytes:
    """The key with which others seal something that only this participant opens."""
    return _private_key(seal_key).public_key().public_bytes_raw()


def seal_to(public: bytes, value: Any, *, session: str, field: str) -> bytes:
    """Seal a JSON value to somebody's public key; who sealed it stays unknown.

    Raises `BadBlob` when that is no key.
    """
    once = X25519PrivateKey.generate()
    ours = once.public_key().public_bytes_raw()
    key = _agreed(once, public, ours + public)
    nonce = os.urandom(_NONCE)
    padded = _padded(value, _TO_STEP)
    sealed = AESGCM(key).encrypt(nonce, padded, _bound(session, field, _TO_VERSION))
    return _TO_VERSION + ours + nonce + sealed


def open_from(seal_key: bytes, blob: bytes, *, session: str, field: str) -> Any:
    """Open what `seal_to` sealed to this participant; raises as `open_sealed`."""
    head = 1 + _PUBLIC + _NONCE
    if blob[:1] != _TO_VERSION or len(blob) < head + _TO_STEP + _TAG:
        raise BadBlob("this was not sealed by a version of the workbook that we know")
    theirs, nonce = blob[1 : 1 + _PUBLIC], blob[1 + _PUBLIC : head]
    private = _private_key(seal_key)
    ours = private.public_key().public_bytes_raw()
    key = _agreed(private, theirs, theirs + ours)
    return _opened(key, nonce, blob[head:], _bound(session, field, _TO_VERSION))


def count_token(count_key: bytes, session: str, field_id: str) -> str:
    """Name the one counted value of a participant for a field; unlinkable."""
    return _token(count_key, "count", session, field_id)


def wall_token(count_key: bytes, session: str, field_id: str) -> str:
    """Name the one wall text of a participant for a field; unlinkable."""
    return _token(count_key, "wall", session, field_id)


def _private_key(seal_key: bytes) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(_expand(seal_key, "mail", 32))


def _agreed(private: X25519PrivateKey, public: bytes, both: bytes) -> bytes:
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        raise BadBlob("this is no public key") from None
    return _expand(shared, "to", 32, salt=both)


def _padded(value: Any, step: int) -> bytes:
    plain = json.dumps(value, ensure_ascii=False, allow_nan=False)
    # A lone half of an emoji is no reason to lose somebody's answer.
    data = plain.encode("utf-8", "surrogatepass")
    framed = len(data).to_bytes(_PREFIX, "big") + data
    return framed + bytes(-len(framed) % step)


def _opened(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> Any:
    try:
        padded = AESGCM(key).decrypt(nonce, sealed, bound)
    except InvalidTag:
        raise WrongKey("the key does not fit this answer, or it was changed") from None
    length = int.from_bytes(padded[:_PREFIX], "big")
    data = padded[_PREFIX : _PREFIX + length]
    return json.loads(data.decode("utf-8", "surrogatepass"))


def _expand(secret: bytes, label: str, length: int, salt: bytes | None = None) -> bytes:
    info = f"workbook/1/{label}".encode()
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


def _joined(*parts: str) -> bytes:
    # JSON keeps ("a", "bc") and ("ab", "c") apart.
    return json.dumps(parts).encode()


def _bound(session: str, field: str, version: bytes = _VERSION) -> bytes:
    return version + _joined(session, field)


def _token(key: bytes, label: str, session: str, field_id: str) -> str:
    message = _joined(label, session, field_id)
    return hmac.new(key, message, hashlib.sha256).hexdigest()
