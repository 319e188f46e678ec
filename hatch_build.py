"""What hatchling needs beyond pyproject.toml: compiled catalogues, and a README for the index."""

import re
import tempfile
from pathlib import Path

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

#: Where Django finds the catalogues: in the application that every host installs.
LOCALE = Path("diptych", "articles", "languages", "locale")

#: Pictures and links of README.md that lead into the repository.
_PICTURE = re.compile(r"!\[[^\]]*\]\((?!https?:)[^)]+\)\n*")
_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:|#)[^)]+\)")


class CataloguesHook(BuildHookInterface):
    """Put the catalogues of ``locale/`` into the wheel, as text and compiled."""

    def initialize(self, version, build_data):
        self.temporary = tempfile.TemporaryDirectory()
        if self.target_name != "wheel" or version == "editable":
            return
        for source in sorted(Path(self.root, "locale").rglob("*.po")):
            place = LOCALE / source.relative_to(Path(self.root, "locale"))
            compiled = Path(self.temporary.name, place).with_suffix(".mo")
            compiled.parent.mkdir(parents=True, exist_ok=True)
            polib.pofile(source).save_as_mofile(compiled)
            build_data["force_include"][str(source)] = str(place)
            build_data["force_include"][str(compiled)] = str(place.with_suffix(".mo"))

    def finalize(self, version, build_data, artifact_path):
        self.temporary.cleanup()


class ReadmeHook(MetadataHookInterface):
    """Give the package index the README without pictures and links that it could not follow."""

    def update(self, metadata):
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": standalone(text)}


def standalone(readme):
    """A README without pictures of the repository, its links into it as plain text."""
    return _LINK.sub(r"\1", _PICTURE.sub("", readme))
