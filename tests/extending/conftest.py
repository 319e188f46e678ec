import sys
from importlib import invalidate_caches

import pytest
from wagtail.admin.panels import get_edit_handler

from diptych.articles.languages.admin.side_by_side.panels import translation_handler
from diptych.articles.models import ArticlePage, StandardPage
from diptych.articles.richtext.fields import StreamField
from tests.extending.guide import write_files

#: They need the settings of a project: `test_own_models.py` runs them in a process of their own.
collect_ignore = ["scenarios"]
MODELS = (ArticlePage, StandardPage)


def make_edit_screens_anew():
    """Have the edit screens of pages made when they are next asked for."""
    get_edit_handler.cache_clear()
    for model in MODELS:
        model.get_edit_handler.cache_clear()
    translation_handler.cache_clear()


def make_blocks_anew():
    """Have bodies and their forms made of the blocks that are set now."""
    for model in MODELS:
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                field.__dict__.pop("stream_block", None)
    make_edit_screens_anew()


@pytest.fixture
def examples(tmp_path, settings, monkeypatch):
    """The folder of the files of the guide, which can be imported and whose templates are found."""
    write_files(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    templates = [{**settings.TEMPLATES[0], "DIRS": [tmp_path / "myapp" / "templates"]}]
    settings.TEMPLATES = templates
    invalidate_caches()
    yield tmp_path
    for name in [name for name in sys.modules if name.split(".")[0] == "myapp"]:
        del sys.modules[name]


@pytest.fixture
def add_blocks(settings):
    """Add block types to bodies: ``add_blocks(chart="myapp.blocks.ChartBlock")``."""

    def add(**paths):
        settings.DIPTYCH_BODY_BLOCKS = paths
        make_blocks_anew()

    yield add
    del settings.DIPTYCH_BODY_BLOCKS
    make_blocks_anew()
