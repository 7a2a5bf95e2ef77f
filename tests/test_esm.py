import re
import subprocess
from pathlib import Path
from shutil import which

import pytest

from widgets.esm import BundleError, bundle, family, styles

WIDGETS = Path(__file__).parent.parent / "widgets"
SCRIPTS = sorted(WIDGETS.glob("exercises/*.js"))


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder / "entry.js"


def test_what_is_needed_stands_first_and_once(tmp_path):
    entry = write(
        tmp_path,
        base="export const one = 1;\n",
        left='import { one } from "./base.js";\nexport const two = one + one;\n',
        entry='import { one } from "./base.js";\n'
        'import {\n  two,\n} from "./left.js";\nexport default { one, two };\n',
    )
    assert bundle(entry).split("\n") == [
        "const one = 1;",
        "",
        "const two = one + one;",
        "",
        "export default { one, two };",
        "",
    ]


@pytest.mark.parametrize(
    "line",
    [
        'import far from "./base.js";',
        'import * as all from "./base.js";',
        'import { one } from "https://example.org/base.js";',
        'import "./base.js";',
        'export { one } from "./base.js";',
        'import { one as other } from "./base.js";',
    ],
)
def test_other_kinds_of_imports_are_refused_with_their_file(tmp_path, line):
    entry = write(tmp_path, base="export const one = 1;\n", entry=f"{line}\n")
    with pytest.raises(BundleError, match=r"entry\.js"):
        bundle(entry)


def test_a_missing_file_is_named_with_who_needs_it(tmp_path):
    entry = write(tmp_path, entry='import { one } from "./gone.js";\n')
    with pytest.raises(BundleError, match=r"entry\.js: cannot read gone\.js"):
        bundle(entry)


def test_files_that_need_each_other_are_refused(tmp_path):
    entry = write(
        tmp_path,
        other='import { one } from "./entry.js";\n',
        entry='import { two } from "./other.js";\n',
    )
    with pytest.raises(BundleError, match="needs itself"):
        bundle(entry)


def test_one_name_for_two_things_is_refused(tmp_path):
    entry = write(
        tmp_path,
        other="const SIGNS = 1;\nexport function two() {}\n",
        entry='import { two } from "./other.js";\nconst SIGNS = 2;\n',
    )
    with pytest.raises(BundleError, match="SIGNS"):
        bundle(entry)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_every_exercise_is_one_module_that_asks_for_nothing(script):
    text = bundle(script)
    assert text.count("export ") == text.count("export default frame(") == 1
    assert not [line for line in text.splitlines() if line.startswith("import ")]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_no_script_writes_markup_or_knows_another_host(script):
    text = bundle(script)
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "//cdn"):
        assert way not in text


@pytest.mark.skipif(which("node") is None, reason="only node reads JavaScript alone")
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_every_bundle_is_a_module_that_node_can_read(script, tmp_path):
    module = tmp_path / "exercise.mjs"
    module.write_text(bundle(script), encoding="utf-8")
    read = subprocess.run(
        ["node", "--check", str(module)], capture_output=True, text=True, check=False
    )
    assert read.returncode == 0, read.stderr


def test_a_family_has_every_member_by_name_and_what_they_share_once(tmp_path):
    folder = tmp_path / "kinds"
    folder.mkdir()
    (tmp_path / "shared.js").write_text("export const one = 1;\n")
    for name, sum_ in (("left", "one + 1"), ("right", "one + 2")):
        text = f'import {{ one }} from "../shared.js";\nconst own = {sum_};\n'
        (folder / f"{name}.js").write_text(f"{text}export default own;\n")
    made = family(folder)
    assert made.count("const one = 1;") == 1
    assert "import" not in made
    assert re.findall(r"^export const (\w+) = ", made, re.M) == ["left", "right"]
    assert made.count("return own;") == 2


def test_the_family_of_exercise_types_is_whole():
    made = family(WIDGETS / "exercises")
    names = re.findall(r"^export const (\w+) = \(\(\) => \{$", made, re.M)
    assert names == [path.stem for path in SCRIPTS]
    assert not re.search(r"^(import|export default)\b", made, re.M)


def test_the_styles_of_all_types_are_one_sheet():
    sheet = styles(WIDGETS / "exercises")
    own = list(WIDGETS.glob("exercises/*.css"))
    assert own
    assert all(file.read_text("utf-8") in sheet for file in own)
    assert not re.search(r"@import|url\(", sheet)
