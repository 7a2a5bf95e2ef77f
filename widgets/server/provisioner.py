"""Starts kernels for Jupyter: forked where the page is ready, else the ordinary way."""

from __future__ import annotations

from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

PAGE = "WORKBOOK_PAGE"


class ForkingProvisioner(LocalProvisioner):
    """A local kernel that costs a fork instead of a start.

    Which page it is for stands in the environment that it is to have.
    """

    async def launch_kernel(
        self, cmd: list[str], **kwargs: Any
    ) -> KernelConnectionInfo:
        """Fork for a page, start a process for anything else; raises NoFork."""
        page = kwargs["env"].pop(PAGE, None)
        if page is None:
            return await super().launch_kernel(cmd, **kwargs)
        manager: Any = self.parent
        process = await manager.parent.forks.fork(
            page,
            manager.connection_file,
            kernel=manager.kernel_id,
            env=kwargs["env"],
            cwd=str(kwargs["cwd"]),
        )
        self.process = process
        self.pid = self.pgid = process.pid  # it leads a group of its own
        return self.connection_info
