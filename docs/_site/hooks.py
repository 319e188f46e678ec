"""What the documentation has beyond docs/: generated pages, files of the root, the rest of the nav.

Fails the build where a page would make a browser ask another server for anything.
"""

import re
import sys
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

sys.path.append(str(Path(__file__).parent))

import reference

ROOT = reference.ROOT
#: Files of the root that are pages, too.
AT_THE_ROOT = ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")

_FETCHED = re.compile(
    r"<(?:script|img|iframe|source|video|audio)\b[^>]*?\bsrc(?:set)?=[\"']?(?:https?:)?//[^\s>]+"
    r"|<link\b(?=[^>]*\brel=[\"']?(?:stylesheet|preload|preconnect|icon))[^>]*?"
    r"\bhref=[\"']?(?:https?:)?//[^\s>]+"
)


def on_config(config):
    """Put the decisions into the navigation, and pages that it does not name below “How to”."""
    docs = Path(config.docs_dir)
    named = set(_pages_of(config.nav))
    decisions = sorted(f"decisions/{path.name}" for path in (docs / "decisions").glob("*.md"))
    others = sorted({path.name for path in docs.glob("*.md")} - named)
    for section in config.nav:
        if "How to" in section:
            section["How to"].extend(others)
        elif "Explanation" in section:
            section["Explanation"].append({"Decisions": decisions})
    return config


def _pages_of(nav):
    """The pages that a part of the navigation names."""
    for each in nav if isinstance(nav, list) else nav.values():
        if isinstance(each, str):
            yield each
        else:
            yield from _pages_of(each)


def on_files(files, config):
    """Add the pages that are not in docs/."""
    for address, text in reference.pages().items():
        files.append(File.generated(config, address, content=text))
    for name in AT_THE_ROOT:
        text = (ROOT / name).read_text(encoding="utf-8")
        files.append(File.generated(config, name, content=text.replace("](docs/", "](")))
    return files


def on_post_page(output, page, config):
    """Refuse a page that fetches something from elsewhere."""
    if fetched := _FETCHED.search(output):
        raise PluginError(f"{page.file.src_uri} fetches {fetched[0]}")
    return output
