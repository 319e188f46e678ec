"""Loading the demo where it cannot be: interrupted, on another site, on a server."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from wagtail.images import get_image_model
from wagtail.models import Page

from operations.demo import loader
from operations.demo.plan import read_plan

pytestmark = pytest.mark.usefixtures("empty_tree")


def run(*arguments):
    with override_settings(DEBUG=True):
        call_command("demo", *arguments, "--no-serve")


def files():
    """The names of all originals in the media folder."""
    folders, _files = default_storage.listdir("")
    return default_storage.listdir("original_images")[1] if "original_images" in folders else []


def test_interrupted_load_leaves_nothing():
    before = Page.objects.count(), sorted(files())
    stored = []

    def stop_half_way(_label, items):
        for item in items:
            if get_image_model().objects.count() == 3:
                stored.extend(files())
                raise KeyboardInterrupt
            yield item

    with pytest.raises(KeyboardInterrupt):
        loader.load(read_plan(), 8000, stop_half_way)

    assert len(stored) == len(before[1]) + 3
    assert (Page.objects.count(), sorted(files())) == before
    assert not loader.is_loaded()
    assert not get_image_model().objects.exists()
    assert not get_user_model().objects.exists()


@pytest.mark.demo
@pytest.mark.usefixtures("one_size")
def test_folder_of_the_demo_is_one_that_is_exported(tmp_path):
    """Imported like any other folder, it is a journal that is written as the same folder."""
    call_command("import_markdown", str(loader.JOURNAL), stdout=StringIO())

    call_command("export_markdown", str(tmp_path), drafts=True, stdout=StringIO())
    for path in loader.JOURNAL.rglob("*"):
        if path.is_file():
            name = path.relative_to(loader.JOURNAL)
            assert (tmp_path / name).read_bytes() == path.read_bytes(), name


def test_another_site_is_left_alone():
    Page.get_first_root_node().add_child(instance=Page(title="Somebody's", slug="somebodys"))
    connection.check_constraints()

    with pytest.raises(CommandError):
        run()
    assert not get_user_model().objects.exists()


@pytest.mark.parametrize("wrong", ["eighty", "127.0.0.1:", "70000"])
def test_address_has_to_be_one(wrong):
    with pytest.raises(CommandError, match=wrong):
        run(wrong)


def test_demo_stays_away_from_servers():
    with pytest.raises(CommandError):
        call_command("demo", "--no-serve")
