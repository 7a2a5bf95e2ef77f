"""The front end's bundle was made from the sources that stand beside it."""

import hashlib
import json
from pathlib import Path

WIDGETS = Path(__file__).parent.parent / "widgets"
SOURCE = WIDGETS / "frontend"
MADE = WIDGETS / "server" / "static" / "front"


def test_the_bundle_is_as_new_as_its_sources():
    """As build.js counts: `npm ci && npm run build` in widgets/frontend mends it."""
    names = ["build.js", "package.json", "package-lock.json"]
    names += sorted(f"src/{path.name}" for path in (SOURCE / "src").iterdir())
    made_from = hashlib.sha256()
    for name in names:
        made_from.update(f"{name}\n".encode() + (SOURCE / name).read_bytes())
    assert (MADE / "made-from.txt").read_text().strip() == made_from.hexdigest()


def test_the_lock_names_no_registry():
    lock = json.loads((SOURCE / "package-lock.json").read_text())
    packages = [one for name, one in lock["packages"].items() if name]
    assert packages
    assert all("integrity" in one and "resolved" not in one for one in packages)


def test_the_bundle_asks_nobody_else():
    for script in MADE.glob("*.js"):
        text = script.read_text(encoding="utf-8")
        for host in ("jsdelivr", "unpkg.com", "esm.sh", "googleapis"):
            assert host not in text, f"{script.name} knows {host}"
