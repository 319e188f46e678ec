"""The guide for projects that extend the journal, and the files of its examples."""

import re
from collections import defaultdict
from pathlib import Path

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "extending.md"
_EXAMPLE = re.compile(r"^`([^`\s]+)`[^\n]*:\n\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)


def examples():
    """``{path: texts}`` of the files that the guide shows, with each of their examples."""
    found = defaultdict(list)
    for path, text in _EXAMPLE.findall(GUIDE.read_text()):
        found[path].append(text)
    return found


def write_files(folder):
    """Write the files of ``myapp`` into ``folder``, each with all its examples."""
    for path, texts in examples().items():
        if path.startswith("myapp/"):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text("\n\n".join(texts))
