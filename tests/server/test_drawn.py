"""Pages that serve the next visitor: drawn once per key, with a token per visit."""

from widgets.server.drawn import MARKS, Drawn


def test_a_page_is_drawn_once_per_key_and_filled_per_visit():
    drawn, calls = Drawn(), []

    def draw():
        calls.append(True)
        return f"<input value={MARKS['token']}>"

    assert drawn.get("a", draw).fill(token="1") == "<input value=1>"
    assert drawn.get("a", draw).fill(token="2") == "<input value=2>"
    assert len(calls) == 1
    drawn.get("b", draw)
    assert len(calls) == 2


def test_what_was_asked_for_longest_ago_is_drawn_again():
    drawn, calls = Drawn(at_most=2), []
    for key in ("a", "b", "a", "c", "a", "b"):
        drawn.get(key, lambda key=key: calls.append(key) or key)
    assert calls == ["a", "b", "c", "b"]
