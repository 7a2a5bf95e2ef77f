"""What a forked kernel may use, tried in processes of this test's own."""

import errno
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from widgets import limits
from widgets.server.forks import Forks

pytestmark = pytest.mark.skipif(not Forks.is_possible(), reason="for Linux")
NOBODY = 65534
DUMPABLE = 4


def run(code):
    whole = f"from widgets.limits import *\n{code}"
    return subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True)


def test_more_memory_than_its_share_is_an_error_in_the_kernel_only():
    fits = "kept = bytearray(20 * 2**20)"
    much = "try: bytearray(40 * 2**20)\nexcept MemoryError: print('no')"
    said = run(f"set_limits(memory=30 * 2**20)\n{fits}\ndel kept\n{much}")
    assert (said.returncode, said.stdout) == (0, "no\n"), said.stderr


def test_a_kernel_that_never_ends_is_ended():
    said = run("set_limits(seconds=1)\nwhile True: pass")
    assert said.returncode in (-signal.SIGXCPU, -signal.SIGKILL)


def test_no_program_that_it_starts_gets_more_rights():
    said = run("set_limits()\nprint(Path('/proc/self/status').read_text())")
    assert "NoNewPrivs:\t1" in said.stdout


def network():
    return Path("/proc/self/ns/net").readlink()


def apart(story):
    """Whether a story holds in a process of its own."""
    pid = os.fork()
    if pid == 0:
        try:
            os._exit(0 if story() else 1)
        finally:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def reaches_nothing():
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", 9)) == errno.ENETUNREACH


@pytest.mark.parametrize("user", [0, NOBODY])
def test_who_left_the_network_reaches_nothing(user):
    def story():
        before, group = network(), os.getegid()
        if os.geteuid() == 0 and user:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
            limits._libc.prctl(DUMPABLE, 1, 0, 0, 0)  # as of who logged in
            group = user
        who = os.geteuid()
        if not limits.leave_the_network():
            return network() == before  # this system does not allow it
        ours, theirs = socket.socketpair()
        ours.send(b"x")
        same = theirs.recv(1) == b"x" and (os.geteuid(), os.getegid()) == (who, group)
        return same and network() != before and reaches_nothing()

    assert apart(story)
