"""A module page as text that was made before anybody asked for it.

What differs from visit to visit stands in it as a mark, and is filled in per visitor.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator, Mapping
from typing import Any

from nbformat import NotebookNode
from traitlets.config import Config
from voila.exporter import VoilaExporter

Outputs = Mapping[str, list[dict[str, Any]]]


class PreparedHtml:
    """One page with its marks."""

    def __init__(self, text: str, marks: Mapping[str, str]) -> None:
        names = {mark: name for name, mark in marks.items()}
        pieces = re.split("|".join(map(re.escape, names)), text)
        found = re.findall("|".join(map(re.escape, names)), text)
        self._pieces = pieces
        self._names = [names[mark] for mark in found]

    def fill(self, **values: str) -> str:
        """Return the page of one visitor; every mark needs a value."""
        filled = [values[name] for name in self._names]
        pairs = zip(self._pieces, [*filled, ""], strict=True)
        return "".join(part for pair in pairs for part in pair)


def new_marks(*names: str) -> dict[str, str]:
    """Return a mark for each name that nobody can have typed."""
    return {name: f"mark-{name}-{secrets.token_hex(16)}" for name in names}


async def render(
    notebook: NotebookNode,
    outputs: Outputs,
    marks: Mapping[str, str],
    *,
    config: Config,
    template_paths: list[str],
    base_url: str,
    contents: Any,
) -> PreparedHtml:
    """Render a notebook that was run already; `marks` names at least the kernel."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [NotebookNode(one) for one in outputs[cell.id]]
    exporter = VoilaExporter(
        template_paths=template_paths,
        template_name="workbook",
        config=config,
        base_url=base_url,
        contents_manager=contents,  # where the drawings are that it writes in
        exclude_input=True,
    )

    async def kernel_start(_notebook: NotebookNode) -> str:
        return marks["kernel"]

    async def cells(made: NotebookNode, _kernel: str) -> AsyncIterator[NotebookNode]:
        for cell in made.cells:
            yield cell

    parts = exporter.generate_from_notebook_node(
        notebook,
        resources={"base_url": base_url, "metadata": {"name": ""}},
        extra_context={"kernel_start": kernel_start, "cell_generator": cells},
    )
    return PreparedHtml("".join([text async for text, _ in parts]), marks)
