"""An index for searching a copy without a server, made by Pagefind: one for each language."""

import asyncio
import hashlib
import tempfile
from importlib.util import find_spec
from pathlib import Path

from diptych.articles.transfer.static_site.addresses import public

#: The folder of the index in a copy, and what lists its files.
FOLDER, ENTRY = "pagefind", "pagefind-entry.json"
#: What the index was made of, to see whether it has to be made again.
STATE = f"{FOLDER}/state.txt"
#: Scripts and styles of Pagefind's own search pages, which the theme does without.
UNUSED = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
#: Parts of pages that are about other pages.
OTHERS = (".listing", ".card", ".front", ".related", ".share", ".neighbours", "nav", "form")


def is_available():
    """Whether Pagefind is installed, and its program with it."""
    return find_spec("pagefind") is not None and find_spec("pagefind_bin") is not None


class SearchIndex:
    """Collects the pages that a search finds, then writes the index."""

    def __init__(self):
        self.pages = {}

    def add(self, address, place, content):
        self.pages[place] = hashlib.sha256(content).hexdigest()

    def write(self, folder):
        """Write the index into ``folder``, an
        :class:`~diptych.articles.transfer.export_folder.Folder`.

        It is left as it is where it is of these very pages.
        """
        state = self._state()
        before = [place for place in folder.known if place.startswith(f"{FOLDER}/")]
        stored = folder.root / STATE
        if all((folder.root / place).exists() for place in before) and _text(stored) == state:
            for place in before:
                folder.keep(place)
            return
        with tempfile.TemporaryDirectory() as made:
            asyncio.run(self._make(folder.root, made))
            for path in sorted(Path(made).rglob("*")):
                if path.is_file() and not path.name.startswith(UNUSED):
                    place = f"{FOLDER}/{path.relative_to(made).as_posix()}"
                    folder.write(place, path.read_bytes())
        folder.write(STATE, state.encode())

    def _state(self):
        from importlib.metadata import version

        pages = "\n".join(f"{place} {digest}" for place, digest in sorted(self.pages.items()))
        return hashlib.sha256(f"{version('pagefind')}\n{OTHERS}\n{pages}".encode()).hexdigest()

    async def _make(self, root, output):
        from pagefind.index import IndexConfig, PagefindIndex

        config = IndexConfig(
            root_selector="main", exclude_selectors=list(OTHERS), output_path=str(output)
        )
        async with PagefindIndex(config=config) as index:
            for place in sorted(self.pages):
                content = (root / place).read_text(encoding="utf-8")
                await index.add_html_file(content=content, url=public(place))


def _text(path):
    return path.read_text(encoding="utf-8") if path.exists() else ""
