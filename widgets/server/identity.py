"""Who somebody is, for Jupyter Server: a participant, the trainer, or nobody."""

from __future__ import annotations

from typing import Any

from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.identity import IdentityProvider, User
from tornado.web import RequestHandler

from .. import vault
from . import cookies

TRAINER = "trainer"


def owners(handler: Any) -> set[str]:
    """Return the names under which this browser may own a kernel."""
    # A request is asked more than once; its cookies stay the same.
    found: set[str] | None = getattr(handler, "_owners", None)
    if found is None:
        found = handler._owners = _owners(handler)
    return found


def _owners(handler: Any) -> set[str]:
    names = set()
    if cookies.is_trainer(handler):
        names.add(TRAINER)
    secret = cookies.secret_of(handler)
    if secret is not None:
        names.add(participant_owner(secret))
    return names


def participant_owner(secret: str) -> str:
    """Return the name that owns a participant's kernels."""
    return owner_name(vault.participant_id(secret))


def owner_name(participant_id: str) -> str:
    """Return the name that owns the kernels of this participant."""
    return f"participant:{participant_id}"


class WorkbookIdentity(IdentityProvider):
    """Reads who somebody is from our signed cookies; there are no passwords."""

    def get_user(self, handler: RequestHandler) -> User | None:
        """Return the visitor, or None for a passer-by."""
        names = sorted(owners(handler))
        return User(username=names[0]) if names else None

    def get_handlers(self) -> list[Any]:
        """Offer none of Jupyter's own log-in pages."""
        return []

    @property
    def auth_enabled(self) -> bool:
        """Tell Jupyter Server that not everybody is in."""
        return True


class OwnKernelOnly(Authorizer):
    """Lets a browser reach the kernels that were started for it, and nothing else."""

    def is_authorized(
        self, handler: Any, user: User, action: str, resource: str
    ) -> bool:
        """Tell whether this request concerns a kernel of this very browser."""
        kernel_id = handler.path_kwargs.get("kernel_id") or next(
            iter(handler.path_args), None
        )
        if resource != "kernels" or kernel_id is None:
            return False
        owner = handler.kernel_manager.owner(str(kernel_id))
        return owner is not None and owner in owners(handler)
