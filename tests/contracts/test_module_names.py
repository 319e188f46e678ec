"""Each module has one name, in the checkout and where the wheel is installed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def imported(statement, *path):
    """What Python prints when it runs ``statement`` with ``path`` before its own."""
    code = f"import sys; sys.path[:0] = {[str(each) for each in path]!r}; {statement}"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["articles", "themes"])
def test_no_module_is_imported_by_a_second_name(name):
    done = imported(f"import {name}.apps", ROOT, ROOT / "site")
    assert f"ImportError: {name} is imported as diptych.{name}" in done.stderr


def test_nothing_that_runs_has_loaded_a_second_name():
    assert not {name for name in sys.modules if name.split(".")[0] in ("articles", "themes")}


def test_a_checkout_without_links_says_what_to_do(tmp_path):
    """As Git writes them on a system without symbolic links: files that hold the target."""
    package = tmp_path / "diptych"
    package.mkdir()
    shutil.copy(ROOT / "site" / "diptych" / "__init__.py", package)
    for name in ("articles", "themes"):
        (package / name).write_text(f"../../{name}")
    done = imported("import diptych", tmp_path)
    assert "git config core.symlinks true" in done.stderr
