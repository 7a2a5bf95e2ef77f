"""Plain pages that were drawn for one visitor and serve the next, who sees the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from .prepared_html import PreparedHtml, new_marks

MARKS = new_marks("token")  # what a form is known by differs per visit
AT_MOST = 256


class Drawn:
    """The pages that were asked for last, by all that can be seen in them."""

    def __init__(self, at_most: int = AT_MOST) -> None:
        self._at_most = at_most
        self._pages: OrderedDict[Hashable, PreparedHtml] = OrderedDict()

    def get(self, key: Hashable, draw: Callable[[], str]) -> PreparedHtml:
        """Return the page of a key, drawn when nobody asked for it lately."""
        if key not in self._pages:
            self._pages[key] = PreparedHtml(draw(), MARKS)
            if len(self._pages) > self._at_most:
                self._pages.popitem(last=False)
        self._pages.move_to_end(key)
        return self._pages[key]
