"""A notebook that was run before anybody asked for it: its outputs and its widgets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import comm
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from ipywidgets.widgets import widget as registry  # noqa: TID251 (no other name)
from traitlets.config import Config

from . import room
from .frame import Frame

Output = dict[str, Any]
_ELSEWHERE: list[object] = []


@dataclass(frozen=True)
class PreparedPage:
    """What each code cell gave, by the id of the cell, and the ids of all widgets."""

    outputs: dict[str, list[Output]]
    widgets: frozenset[str]

    def enter(self) -> None:
        """Let the participant of this process in; forget all other pages.

        What belongs to them is left as it is: to free it would be to copy it first.
        """
        manager = comm.get_comm_manager()
        _ELSEWHERE.append((registry._instances, manager.comms))
        registry._instances = {one: registry._instances[one] for one in self.widgets}
        manager.comms = {one: manager.comms[one] for one in self.widgets}
        here = room.here()
        for one in list(registry._instances.values()):
            if isinstance(one, Frame):
                one.enter(here)


def all_states() -> tuple[dict[str, Any], list[bytes]]:
    """Return what a page wants to know of every widget of this process, and buffers."""
    states = {
        model_id: {
            "model_name": widget._model_name,
            "model_module": widget._model_module,
            "model_module_version": widget._model_module_version,
            "state": widget.get_state(),
        }
        for model_id, widget in registry._instances.items()
    }
    states, paths, buffers = registry._remove_buffers(states)
    told = {"method": "update_states", "states": states, "buffer_paths": paths}
    return told, buffers


def prepare(notebook: Path) -> PreparedPage | None:
    """Run a notebook in the waiting room; None when a cell of it fails."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    before = set(registry._instances)
    shell = _shell()
    try:
        outputs = {
            cell["id"]: _run(shell, "".join(cell["source"]))
            for cell in cells
            if cell["cell_type"] == "code"
        }
        json.dumps(outputs)
    except (RuntimeError, KeyError, TypeError):
        return None
    finally:
        InteractiveShell.clear_instance()
    return PreparedPage(outputs, frozenset(registry._instances) - before)


def _shell() -> Any:
    # Without history: its writer is a thread, and threads do not survive a fork.
    config = Config()
    config.HistoryManager.enabled = False
    shell: Any = InteractiveShell.instance(config=config)
    shell.display_formatter.active_types = shell.display_formatter.format_types
    return shell


def _run(shell: Any, source: str) -> list[Output]:
    with capture_output(stderr=False) as got:
        done = shell.run_cell(source)
    if not done.success:
        raise RuntimeError(source)
    shown = [(one.data, one.metadata) for one in got.outputs]
    if done.result is not None:
        shown.append(shell.display_formatter.format(done.result))
    return [
        {"output_type": "display_data", "data": data, "metadata": metadata}
        for data, metadata in shown
    ]
