"""The demo journal, for the files of tests that look at it."""

import pytest
from django.db import transaction
from django.test import TestCase
from django.utils import translation

from diptych.articles.images import renditions
from operations.demo import loader
from operations.demo.plan import read_plan
from tests.factories import clear_journal

PORT = 8765


@pytest.fixture(scope="module")
def one_size():
    """Cut every picture to one small size; how long the rest takes is no question of a test."""
    kept = dict(renditions._specs_of_parts)
    renditions.register_parts({part: ["width-16|format-jpeg"] for part in kept})
    yield
    renditions.register_parts(kept)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, one_size):
    """The demo, loaded once for all tests of a file."""
    with django_db_blocker.unblock(), transaction.atomic():
        clear_journal()
        # Nothing that is loaded may depend on the language spoken while it is.
        # What waits for the commit is done too, as nothing of this is ever committed.
        with translation.override("en"), TestCase.captureOnCommitCallbacks(execute=True):
            loader.load(read_plan(), PORT)
        yield
        transaction.set_rollback(True)
