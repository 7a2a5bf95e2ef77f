"""What is needed, what is locked and what conda installs say the same.

And nothing in the repository names a registry's address or a place on one machine.
"""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
RUN, TEST = "requirements.lock", "requirements-test.lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PIN = re.compile(r"^([a-z0-9][a-z0-9-]*)==([^ ;]+)(?: ; [^\\]+)?((?: \\)?)$")
HOSTS = ("pypi", "pythonhosted", "npmjs", "yarnpkg", "debian", "anaconda", "jsdelivr")
ADDRESS = re.compile(rf"https?://[\w.-]*\b(?:{'|'.join(HOSTS)})\.(?:org|com|net)")
MACHINE = re.compile(r"(?<![\w.>\"'])/(?:work|root|home/\w+|Users/\w+|opt/pypi)/\w")
VENDORED = ROOT / "tests" / "e2e" / "vendor"


def pins(lock: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in (ROOT / lock).read_text("utf-8").splitlines():
        if line[:1] not in (" ", "#", ""):
            pin = PIN.match(line)
            assert pin, f"{lock}: not a pinned version: {line}"
            assert pin[3], f"{lock}: {pin[1]} has no hash"
            found.setdefault(pin[1], set()).add(pin[2])
    return found


def wanted(extra: str | None = None) -> list[Requirement]:
    project = PROJECT["project"]
    lines = [*project["dependencies"], *PROJECT["dependency-groups"]["build"]]
    lines += project["optional-dependencies"][extra] if extra else []
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize(
    ("lock", "need"),
    [(RUN, need) for need in wanted()] + [(TEST, need) for need in wanted("test")],
    ids=str,
)
def test_every_dependency_is_locked_at_a_version_that_it_allows(lock, need):
    versions = pins(lock).get(canonicalize_name(need.name), set())
    assert versions, f"{need} is not in {lock}: `make lock`"
    assert all(need.specifier.contains(version) for version in versions)


def test_every_pin_carries_a_hash():
    for lock in (RUN, TEST):
        entries = re.split(
            r"^(?=[a-z0-9])", (ROOT / lock).read_text("utf-8"), flags=re.M
        )
        for entry in entries[1:]:
            assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), entry


def test_tests_run_with_the_versions_that_serve():
    run, test = pins(RUN), pins(TEST)
    assert {name: test.get(name) for name in run} == run


def test_the_locks_hold_for_the_oldest_python_that_is_promised():
    oldest = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert Version(oldest) <= Version("3.11")
    assert f"python>={oldest}" in environment()


def environment() -> list[str]:
    text = (ROOT / "environment.yml").read_text("utf-8")
    return re.findall(r"^ +- (.+)$", text, re.MULTILINE)


def test_conda_installs_this_project_and_names_no_version_of_its_own():
    assert environment() == ["conda-forge", "python>=3.11", "pip", "pip:", "-e ."]


def imported(folder: Path) -> dict[str, str]:
    """Every package from outside that a file under this folder imports, and where."""
    found: dict[str, str] = {}
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for name in names:
                found[name.partition(".")[0]] = str(file.relative_to(ROOT))
    own = {path.stem for path in (ROOT / "tests").rglob("*.py")}
    own |= {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}
    known = sys.stdlib_module_names | own | {"widgets", "tests"}
    return {name: file for name, file in found.items() if name not in known}


@pytest.mark.parametrize(("folder", "extra"), [("widgets", None), ("tests", "test")])
def test_what_is_imported_is_declared(folder, extra):
    declared = {canonicalize_name(need.name) for need in wanted(extra)}
    providers = packages_distributions()
    for name, file in imported(ROOT / folder).items():
        offered = {canonicalize_name(one) for one in providers.get(name, [name])}
        assert offered & declared, f"{file} imports {name}: declare {offered}"


def committed() -> list[Path]:
    """What git holds or would take in; outside a clone, what lies here."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode == 0:
        files = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        made = {".venv", ".git", "__pycache__"}
        files = [path for path in ROOT.rglob("*") if not made & set(path.parts)]
    return [file for file in files if file.is_file()]


@pytest.mark.parametrize("pattern", [ADDRESS, MACHINE], ids=["registry", "machine"])
def test_no_file_names_a_registry_or_a_place_on_one_machine(pattern):
    files = committed()
    assert ROOT / "pyproject.toml" in files
    for file in files:
        if not file.is_relative_to(VENDORED):
            text = file.read_bytes().decode("utf-8", "replace")
            found = pattern.search(text)
            assert not found, f"{file.relative_to(ROOT)}: {found and found[0]}"


@pytest.mark.parametrize(
    "line",
    [
        "https://" + "files.pythonhosted" + ".org/packages",
        "http://deb." + "debian" + ".org/",
        "at /" + "root/x",
        "in /" + "work/main",
    ],
)
def test_the_search_finds_what_it_looks_for(line):
    assert ADDRESS.search(line) or MACHINE.search(line)
