"""Who wants to hear when something changed: topics and their listeners."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable

Listener = Callable[[], None]


class Bell:
    """Rings listeners of a topic; everything happens in the server's event loop."""

    def __init__(self) -> None:
        self._listeners: dict[Hashable, list[Listener]] = defaultdict(list)

    def listen(self, topic: Hashable, listener: Listener) -> Callable[[], None]:
        """Add a listener; the call that comes back takes it away again."""
        self._listeners[topic].append(listener)

        def leave() -> None:
            listeners = self._listeners.get(topic, [])
            if listener in listeners:
                listeners.remove(listener)
            if not listeners:
                self._listeners.pop(topic, None)

        return leave

    def ring(self, topic: Hashable) -> None:
        """Call every listener of a topic."""
        for listener in list(self._listeners.get(topic, [])):
            listener()

    def ring_all(self) -> None:
        """Call every listener: anything may have changed."""
        for topic in list(self._listeners):
            self.ring(topic)
