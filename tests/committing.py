"""A browser for tests that never commit."""

from django.test import Client, TestCase


class CommittingClient(Client):
    """A browser for whose requests the work after a commit is done, though tests commit nothing."""

    def request(self, **request):
        with TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**request)
