"""Who hears what: topics, and listeners that come and go."""

from widgets.server.bell import Bell


def test_a_topic_rings_its_own_listeners_in_order():
    bell, heard = Bell(), []
    bell.listen(("states", "s1"), lambda: heard.append(1))
    bell.listen(("states", "s1"), lambda: heard.append(2))
    bell.listen(("states", "s2"), lambda: heard.append(3))
    bell.ring(("states", "s1"))
    bell.ring(("counts", "s1"))
    assert heard == [1, 2]


def test_who_left_hears_nothing_and_leaving_twice_is_no_harm():
    bell, heard = Bell(), []
    leave = bell.listen("t", lambda: heard.append(1))
    stay = bell.listen("t", lambda: heard.append(2))
    leave()
    leave()
    bell.ring("t")
    stay()
    bell.ring("t")
    assert heard == [2]


def test_the_same_listener_twice_leaves_once():
    bell, heard = Bell(), []

    def listener():
        heard.append(1)

    bell.listen("t", listener)
    bell.listen("t", listener)()
    bell.ring("t")
    assert heard == [1]


def test_listeners_may_come_and_go_while_it_rings():
    bell, heard = Bell(), []

    def once():
        heard.append("once")
        leave()
        bell.listen("t", lambda: heard.append("later"))

    leave = bell.listen("t", once)
    bell.listen("t", lambda: heard.append("always"))
    bell.ring("t")
    assert heard == ["once", "always"]
    bell.ring("t")
    assert heard == ["once", "always", "always", "later"]


def test_an_empty_topic_is_forgotten():
    bell = Bell()
    for number in range(100):
        bell.listen(number, print)()
    bell.ring("never heard of")
    assert not bell._listeners
