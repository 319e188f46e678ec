"""The packages of requirements.lock, and the licences that they say they have.

`make licences` runs this, which fetches each package and writes docs/licences.md.
"""

import re
import subprocess
import sys
import tempfile
from importlib.metadata import distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
PAGE = ROOT / "docs" / "licences.md"

#: Licences by SPDX. Packages are used unchanged, and readers are given no copy of them.
ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "BSD",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC-BY-4.0",
    "CC0-1.0",
    "ISC",
    "LGPL-3.0-only",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "PSF-2.0",
    "Zlib",
}
#: The same in the words of packages that do not use SPDX.
WORDS = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
HEAD = """\
# Licences

What the packages of `requirements.lock` are licensed by, as they say themselves, in words of
[SPDX](https://spdx.org/licenses/) where these are known; `BSD` is one that does not say which.
`make licences` fetches each package and writes this page. A test refuses a package that is not on
it, and a licence that `tests/lock.py` does not allow. The site itself is under the licence in
`LICENSE` (BSD-3-Clause).

Files that are installed may contain libraries under other licences. Those of `pillow-heif`, which
Wagtail requires through Willow, contain x265 under GPL-2.0: that asks nothing of whoever runs a
server, but an image of a container that is given away has to be given away by the terms of that
licence.

The site gives its readers three typefaces, cut down and renamed, under the SIL Open Font License
1.1 (`OFL-1.1`): Source Serif 4 and Source Sans 3 by Adobe, and Inter by The Inter Project Authors.
The licences lie beside the files, in `themes/static/diptych/fonts`, and come with the package.

| package | licence |
|---|---|
"""


def pins():
    """Each entry of the lock file: a :class:`Requirement`, and its hashes."""
    text = LOCK.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            requirement, *hashes = re.split(r"\s+--hash=", line.strip())
            yield Requirement(requirement), hashes


def licence_of(metadata):
    """What a package says of its licence, in words of SPDX where it uses known ones."""
    if expression := metadata.get("License-Expression"):
        return expression
    said = (metadata.get("License") or "").strip()
    if said and known(said):
        return WORDS.get(said, said)
    names = [each for each in metadata.get_all("Classifier", ()) if each.startswith("License ::")]
    words = {name.rpartition(" :: ")[2] for name in names}
    return " AND ".join(sorted(WORDS.get(each, each) for each in words)) or said


def known(licence):
    """Whether every part of a licence is allowed."""
    parts = [each for each in re.split(r"\s+(?:AND|OR)\s+|[()]", licence) if each.strip()]
    return bool(parts) and all(WORDS.get(part, part) in ALLOWED for part in parts)


def licences():
    """The licence of each package by name, of whichever Python and system it is for."""
    wanted = {canonicalize_name(pin.name): (pin, hashes) for pin, hashes in reversed(list(pins()))}
    lines = [
        f"{pin.name}{pin.specifier} {' '.join(f'--hash={each}' for each in hashes)}"
        for pin, hashes in wanted.values()
    ]
    with tempfile.TemporaryDirectory() as folder:
        lock = Path(folder, "lock.txt")
        lock.write_text("\n".join(lines), encoding="utf-8")
        pip = (sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check")
        options = ("--no-deps", "--only-binary=:all:", "--require-hashes", "--dest", folder)
        subprocess.run([*pip, *options, "--requirement", lock], check=True)
        found = distributions(path=[str(path) for path in Path(folder).glob("*.whl")])
        return {canonicalize_name(each.name): licence_of(each.metadata) for each in found}


def write_page():
    """Write docs/licences.md; the licences in it that are not allowed."""
    found = licences()
    rows = [f"| {name} | {licence} |\n" for name, licence in sorted(found.items())]
    PAGE.write_text(HEAD + "".join(rows), encoding="utf-8")
    return {name: licence for name, licence in found.items() if not known(licence)}


def listed():
    """The rows of docs/licences.md: licences by package."""
    rows = PAGE.read_text(encoding="utf-8").split("|---|---|\n")[1].splitlines()
    return dict(re.split(r"\s*\|\s*", row.strip("| ")) for row in rows)


if __name__ == "__main__":
    if refused := write_page():
        sys.exit(f"Not allowed yet: {refused}. Read them, then add them to ALLOWED or WORDS.")
