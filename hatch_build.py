"""What the wheel needs beyond its sources: compiled catalogues, which Git does not keep."""

import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):
    """Compile the catalogues of the interface before the files of a wheel are gathered."""

    def initialize(self, version, build_data):
        sys.path.insert(0, self.root)
        try:
            from articles.interface_texts.catalogues import compile_catalogues
        finally:
            sys.path.remove(self.root)
        compile_catalogues(Path(self.root) / "locale")
