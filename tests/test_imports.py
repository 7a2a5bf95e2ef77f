"""Imports go one way: what knows little stands below, server and commands on top."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from widgets.exercises import PARTS

PACKAGE = Path(__file__).parents[1] / "widgets"

# Of these: all that they may know of ours.
KNOWS = {
    "addresses": {"trouble"},
    "backup": {"copies", "store"},
    "cards": {"database", "schema", "statements"},
    "copies": {"schema"},
    "database": {"addresses", "copies", "replicas", "schema", "statements", "trouble"},
    "esm": set(),
    "exercises": {"simulation"},
    "frames": set(),
    "invented": {"exercises"},
    "line": set(),
    "phone": {"phone_page"},
    "phone_page": {"frames"},
    "problems": set(),
    "replicas": set(),
    "schema": set(),
    "simulation": set(),
    "state": set(),
    "vault": set(),
    "borrowed": set(),
    "content": {"borrowed", "exercises", "lints", "problems", "variants"},
    "lints": {"exercises"},
    "migrations": {"schema"},
    "reports": {"content", "exercises"},
    "restore": {"backup", "copies", "server", "store"},
    "session": {"state", "stats"},
    "stats": set(),
    "statements": {"schema"},
    "store": {
        *("addresses", "cards", "database", "replicas", "schema", "state"),
        *("statements", "trouble"),
    },
    "trouble": set(),
    "variants": {"exercises"},
}
# All else may run in a participant's kernel, which holds no keys to the house.
SPEAKS_SQL = {
    *("addresses", "cards", "database", "migrations", "replicas"),
    *("schema", "statements", "store", "trouble"),
}
NOT_IN_A_KERNEL = SPEAKS_SQL | {"backup", "cli", "copies", "restore", "server"}
SQL = {"sqlalchemy", "alembic", "psycopg"}


def unit(module: str) -> str:
    """The file or the family that a dotted name inside the package belongs to."""
    return module.partition(".")[0]


def names(node: ast.AST, package: list[str]) -> list[str]:
    """What an import names: dotted, ours with `widgets.` in front."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    if not node.level:
        start = [node.module or ""]
    else:
        above = package[: len(package) - node.level + 1]
        start = ["widgets", *above, *([node.module] if node.module else [])]
    whole = ".".join(start)
    deeper = [f"{whole}.{alias.name}" for alias in node.names]
    return deeper if whole == "widgets" else [whole]


def imports() -> dict[str, set[str]]:
    """Per unit every dotted name that it imports, wherever in the file it does so."""
    found: dict[str, set[str]] = {}
    for file in PACKAGE.rglob("*.py"):
        parts = list(file.relative_to(PACKAGE).with_suffix("").parts)
        inside = found.setdefault(parts[0], set())
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            inside.update(names(node, parts[:-1]))
    return found


IMPORTS = imports()
OURS = {
    name: {unit(other.removeprefix("widgets.")) for other in others} - {name}
    for name, others in (
        (name, {other for other in others if other.startswith("widgets.")})
        for name, others in IMPORTS.items()
    )
}


def allowed(name: str) -> set[str]:
    everything = set(OURS)
    if name == "cli":
        return everything
    if name == "server":
        return everything - {"cli"}
    return KNOWS.get(name, everything - NOT_IN_A_KERNEL)


def test_the_walk_sees_the_package():
    assert set(KNOWS) <= set(OURS)
    assert "exercises" in OURS["content"]


@pytest.mark.parametrize("name", sorted(OURS))
def test_imports_go_one_way(name):
    too_far = OURS[name] - allowed(name)
    assert not too_far, f"widgets/{name} may not know of {sorted(too_far)}"


def test_no_two_parts_need_each_other():
    list(TopologicalSorter(OURS).static_order())  # raises CycleError with the way round


def test_an_exercise_type_knows_only_what_types_are_made_of():
    for file in (PACKAGE / "exercises").glob("*.py"):
        if file.stem != "__init__":
            tree = ast.walk(ast.parse(file.read_text("utf-8")))
            ours = {name for node in tree for name in names(node, ["exercises"])}
            ours = {name for name in ours if name.startswith("widgets.")}
            parts = {f"widgets.exercises.{part}" for part in PARTS}
            # The model is pure: what a run shows follows from it, not from a file.
            assert ours <= parts | {"widgets.simulation"}, file


@pytest.mark.parametrize("name", sorted(OURS))
def test_only_the_store_speaks_sql(name):
    if name not in SPEAKS_SQL:
        assert not SQL & {unit(other) for other in IMPORTS[name]}
