"""Multilingual pages, and a journal of them.

In the repository ``articles`` and ``themes`` stand at the top and are links here, so that their
modules have the names that they have where the package is installed.
"""

from pathlib import Path

if not all(Path(__file__).with_name(name).is_dir() for name in ("articles", "themes")):
    raise ImportError(
        "site/diptych/articles and site/diptych/themes are symbolic links to the folders of the "
        "same names, which this checkout has as files. Allow symbolic links (on Windows: developer "
        "mode) and check them out anew: git config core.symlinks true && git checkout -- site"
    )
