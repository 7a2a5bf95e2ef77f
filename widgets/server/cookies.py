"""The two cookies: a participant's secret, and the sign that the trainer is in."""

from __future__ import annotations

from tornado.web import RequestHandler

from .. import vault

PARTICIPANT = "workbook"
PARTICIPANT_DAYS = 120
TRAINER = "workbook-trainer"
TRAINER_DAYS = 0.5
LANGUAGE = "workbook-language"


def secret_of(handler: RequestHandler) -> str | None:
    """Return the personal secret of this request, None without a sound one."""
    value = handler.get_signed_cookie(PARTICIPANT, max_age_days=PARTICIPANT_DAYS)
    try:
        return vault.normalise_secret(value.decode()) if value else None
    except (vault.BadSecret, UnicodeDecodeError):
        return None


def is_trainer(handler: RequestHandler) -> bool:
    """Tell whether this request comes from a signed-in trainer."""
    value = handler.get_signed_cookie(TRAINER, max_age_days=TRAINER_DAYS)
    return value == b"trainer"


def keep_secret(handler: RequestHandler, base_url: str, secret: str) -> None:
    """Put the personal secret in the participant's cookie."""
    handler.set_signed_cookie(
        PARTICIPANT,
        secret,
        expires_days=PARTICIPANT_DAYS,
        path=base_url,
        httponly=True,
        samesite="Lax",
        secure=is_secure(handler),
    )


def sign_in_trainer(handler: RequestHandler, base_url: str) -> None:
    """Let this browser be the trainer's for half a day."""
    handler.set_signed_cookie(
        TRAINER,
        "trainer",
        expires_days=TRAINER_DAYS,
        path=base_url,
        httponly=True,
        samesite="Strict",
        secure=is_secure(handler),
    )


def is_secure(handler: RequestHandler) -> bool:
    """Tell whether the visitor's side of the connection is encrypted."""
    # A proxy that ends TLS says so in a header. Whoever forges it only gets a
    # cookie that their own browser then refuses to send.
    forwarded = handler.request.headers.get("X-Forwarded-Proto", "")
    return "https" in (handler.request.protocol, forwarded.split(",")[0].strip())
