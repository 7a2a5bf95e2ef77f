"""A server's kernels that only sleep: real processes, nothing of Python's kernel."""

import asyncio
import contextlib

import psutil
from jupyter_client.kernelspec import KernelSpecManager
from tornado.web import HTTPError

from widgets.server.admin import AdminRole
from widgets.server.kernels import Guest, Kernels, current_guest


@contextlib.asynccontextmanager
async def kernels(server, folder):
    specs = KernelSpecManager(kernel_dirs=[str(folder)], ensure_native_kernel=False)
    made = Kernels(kernel_spec_manager=specs, connection_dir=str(server.place))
    made.lines = server.lines
    try:
        yield made
    finally:
        for kernel_id in made.list_kernel_ids():
            with contextlib.suppress(HTTPError):  # one that never came up
                await made.shutdown_kernel(kernel_id, now=True)


class House:
    """A server's kernels, and a way to start one as a request would."""

    def __init__(self, made, server):
        self.made, self.server = made, server

    async def start(self, owner="anna", **options):
        async def request():
            role = AdminRole(self.server.desk)
            current_guest.set(Guest(owner, role))
            return await self.made.start_kernel(kernel_name="python3", **options)

        return await asyncio.create_task(request())

    def process(self, kernel_id):
        return psutil.Process(self.made.get_kernel(kernel_id).provisioner.pid)

    async def end(self, kernel_id):
        await self.made.shutdown_kernel(kernel_id, now=True)


def run(server, folder, story):
    async def whole():
        async with kernels(server, folder) as made:
            return await story(House(made, server))

    return asyncio.run(whole())
