"""Every page of the demo goes out to translators' programs, and comes back as it was."""

import polib
import pytest
from django.core.management import call_command
from translate.storage.po import pofile
from translate.storage.xliff import xlifffile
from translate.storage.xliff2 import Xliff2File

from tests.articles.translation_tools.files import imported

pytestmark = [pytest.mark.demo, pytest.mark.django_db]


def by_polib(path, words=None):
    catalogue = polib.pofile(str(path), wrapwidth=60)
    if words:
        catalogue[0].msgstr = words
    catalogue.save()


def by_toolkit(kind):
    """Read a file with translate-toolkit and write it again, with other words for its headline."""

    def write(path, words=None):
        store = kind.parsestring(path.read_bytes())
        units = [each for each in store.units if each.istranslatable()]
        for each in units:
            if each.target:
                each.target = each.target
        if words:
            units[0].target = words
        path.write_bytes(bytes(store))

    return write


#: The programs by format, of which each has its own way to write a file.
PROGRAMS = [
    pytest.param("xliff", by_toolkit(xlifffile), id="toolkit-xliff"),
    pytest.param("xliff2", by_toolkit(Xliff2File), id="toolkit-xliff2"),
    pytest.param("po", by_toolkit(pofile), id="toolkit-po"),
    pytest.param("po", by_polib, id="polib"),
]


@pytest.fixture
def export(demo, tmp_path):
    """Write all pages of both sources in a format; returns the paths."""

    def export(kind):
        for source, target in (("fr", "en"), ("en", "fr")):
            call_command("export_translations", tmp_path, source=source, target=target, format=kind)
        paths = sorted(tmp_path.iterdir())
        assert len(paths) > 30
        return paths

    return export


@pytest.mark.parametrize(("kind", "rewrite"), PROGRAMS)
def test_what_a_program_has_only_written_anew_is_unchanged(export, tmp_path, kind, rewrite):
    paths = export(kind)
    before = [path.read_bytes() for path in paths]
    rows = imported(tmp_path, dry_run=True)
    for path in paths:
        rewrite(path)
    assert [path.read_bytes() for path in paths] != before
    assert imported(tmp_path, dry_run=True) == rows
    assert {status for status, _reason, _text in rows} == {"unchanged"}
    rewrite(paths[0], words="Other words")
    rows = imported(tmp_path, dry_run=True)
    assert [status for status, *_ in rows].count("taken") == 1
