"""Everything that is locked may be used and passed on under a licence that we know."""

import re
from importlib.metadata import PackageNotFoundError, metadata

import pytest
from packaging.version import Version
from test_lock import RUN, TEST, pins

KNOWN = {
    *("MIT", "MIT License", "MIT-0", "0BSD", "ISC", "ISC License (ISCL)", "Zlib"),
    *("BSD License", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0"),
    *("Apache", "Apache-2.0", "Apache 2.0", "Apache Software License"),
    "Apache License, Version 2.0",
    *("PSF-2.0", "Python Software Foundation License"),
    *("MPL-2.0", "Mozilla Public License 2.0 (MPL 2.0)"),
}
# Used as it comes, and anybody may put another version in its place.
ONLY_OF = {"LGPL-3.0-only": {"psycopg", "psycopg-binary"}}
ELSEWHERE = {"appnope", "colorama", "pywinpty"}  # for macOS and Windows: MIT, BSD


def licences(name: str) -> list[str]:
    """What a package that is installed says of its licence; [] where it is not."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return []
    classifiers = about.get_all("Classifier") or []
    told = [line for line in classifiers if line.startswith("License :: OSI")]
    told = [line.rpartition(" :: ")[2] for line in told]
    text = about.get("License-Expression") or "; ".join(told) or about["License"]
    return re.split(r" AND | OR |; ", str(text))


def test_every_licence_is_one_that_we_know():
    missing = set()
    for name in pins(TEST):
        found = licences(name)
        if not found:
            missing.add(name)
        for one in found:
            assert one in KNOWN or name in ONLY_OF.get(one, ()), f"{name}: {one}"
    assert missing <= ELSEWHERE


@pytest.mark.parametrize("lock", [RUN, TEST])
def test_every_version_is_a_release(lock):
    for name, versions in pins(lock).items():
        for version in map(Version, versions):
            assert not version.is_prerelease, f"{name}=={version}"
            assert not version.local, f"{name}=={version}"
