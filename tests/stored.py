"""What several tests of a file look at, made once for them."""

import pytest
from django.db import transaction


def stored(make):
    """A fixture from the function ``make``, whose rows are made once for a file of tests.

    What a test does to them is undone with the test, what they are with the file. An instance
    that it returns is shared, so a test that changes one fetches its own. A test that uses it asks
    for ``db`` as well.
    """

    @pytest.fixture(scope="module", name=make.__name__)
    def made(django_db_setup, django_db_blocker):
        with django_db_blocker.unblock(), transaction.atomic():
            yield make()
            transaction.set_rollback(True)

    return made
