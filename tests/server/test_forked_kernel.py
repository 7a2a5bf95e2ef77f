"""Forked kernels of one person, from a real server."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from e2e.house import house
from guests import Running

from widgets.server.forks import Forks
from widgets.server.kernels import PER_OWNER

pytestmark = pytest.mark.skipif(
    not Forks.is_possible(), reason="this system starts every kernel the ordinary way"
)


@pytest.fixture(scope="module")
def served():
    with house() as running:
        yield Running(running, None)


def test_of_tabs_that_open_at_once_the_newest_stay(served):
    late = served.participant()
    with ThreadPoolExecutor(PER_OWNER + 4) as tabs:
        pages = list(tabs.map(lambda _: served.open(late), range(PER_OWNER + 4)))
    alive = [kernel for kernel in pages if served.alive(late, kernel) == 200]
    assert len(alive) == PER_OWNER
