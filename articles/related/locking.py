"""Whose turn it is to write: one transaction at a time, and of several rebuilds the last one."""

from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.related.models import TermStatistics

#: A rebuild that was broken off is gone on with if it began within so much time.
RESUMED = timedelta(days=3)


class Overtaken(Exception):
    """Another rebuild has begun since, and goes on instead."""


def lock():
    """Let only one transaction write at a time; returns the statistics of each language.

    On SQLite there is but one writer anyway.
    """
    languages = available_languages()
    known = TermStatistics.objects.order_by("language").filter(language__in=languages)
    found = {each.language: each for each in known.defer("frequencies").select_for_update()}
    for language in languages:
        if language not in found:
            found[language], _ = TermStatistics.objects.get_or_create(language=language)
    return found


class Turn:
    """The writing of one rebuild, part by part, until another one begins.

    ``started`` is when it began, or the one that was broken off and that it goes on with;
    ``read_to`` is the page up to which that one had read, ``compared_to`` by language the row up to
    which it had compared.
    """

    def __init__(self, numbers, started=None, read_to=0, compared_to=None):
        self._numbers = numbers
        self.started, self.read_to = started, read_to
        self.compared_to = compared_to or {}

    @classmethod
    def current(cls):
        """For who writes as long as no rebuild begins."""
        with transaction.atomic():
            return cls(_numbers(lock()))

    @classmethod
    @transaction.atomic
    def begin(cls, from_start=False):
        """A rebuild of all; it goes on with one that was broken off, unless ``from_start``."""
        lock()
        now = timezone.now()
        known = TermStatistics.objects.filter(language__in=available_languages())
        known.update(rebuilds=F("rebuilds") + 1)
        old = known.filter(started_at__isnull=True) | known.filter(started_at__lt=now - RESUMED)
        if from_start or old.exists():
            known.update(started_at=now, read_to=0, compared_to=0)
        found = lock()
        return cls(
            _numbers(found),
            min(each.started_at for each in found.values()),
            min(each.read_to for each in found.values()),
            {language: each.compared_to for language, each in found.items()},
        )

    @contextmanager
    def part(self):
        """The transaction of a part; raises :exc:`Overtaken` if another rebuild has begun."""
        with transaction.atomic():
            if _numbers(lock()) != self._numbers:
                raise Overtaken
            yield

    def end(self):
        """Nothing is left to go on with."""
        with self.part():
            TermStatistics.objects.update(started_at=None, read_to=0, compared_to=0)


def _numbers(found):
    return {language: each.rebuilds for language, each in found.items()}
