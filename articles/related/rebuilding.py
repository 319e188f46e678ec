"""Write all lists anew while the site is in use, with every term counted anew."""

import tempfile
from contextlib import ExitStack

import numpy as np
from django.apps import apps
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.languages.models.page_language import PageLanguage
from articles.related.lists import compare
from articles.related.loaded import LoadedIndex, LoadedLists
from articles.related.models import RelatedText, RelatedVocabulary, RelatedWaiting
from articles.related.reading import facts_of, read
from articles.related.texts import Text
from articles.related.updating import lock, vocabularies
from articles.related.vocabulary import Counting
from articles.related.waiting import work_off
from articles.related.writing import Writing

#: So many articles are read, and written, at a time.
PART = 200


def rebuild(progress=lambda steps, **about: steps):
    """Read, compare and write every live article, which takes minutes at 100,000.

    Aliases are left out: they show what their original has.
    Readers are served all the while. What is published meanwhile is seen to at once, and once
    more in the end. ``progress`` is wrapped around the steps of each stage, with the ``total``
    and the name of the ``stage``. Returns how many articles there are in each language. Raises
    :exc:`~articles.related.writing.Overtaken` where another rebuild begins before this one ends.
    """
    started = timezone.now()
    known = _begin()
    index, words = _loaded({code: each.number for code, each in known.items()}, progress)
    for code, stored in known.items():
        newest = max((facts.day for facts in index.facts[code].values()), default=0)
        lists = _compare_all(code, index, newest, progress)
        writing = Writing(code, known)
        writing.keep_vocabulary(stored, words[code], newest, list(index.texts[code]))
        writing.write_all(index, lists, progress)
    RelatedWaiting.objects.filter(marked_at__lte=started).delete()
    _see_again_to_what_changed()
    return {code: len(index.texts[code]) for code in known}


@transaction.atomic
def _begin():
    """The vocabularies, with this rebuild as the last one; what changes from now on is marked."""
    lock(vocabularies())
    RelatedVocabulary.objects.update(rebuilds=F("rebuilds") + 1)
    RelatedText.objects.filter(has_changed=True).update(has_changed=False)
    return vocabularies()


def _loaded(numbers, progress):
    """All live articles as an index, and the vocabularies of the languages in ``numbers``."""
    index = LoadedIndex(numbers)
    with ExitStack() as stack:
        spools = {code: Spool(stack.enter_context(tempfile.TemporaryFile())) for code in numbers}
        _read_all(spools, index, progress)
        words = {code: spool.counting.vocabulary() for code, spool in spools.items()}
        for code, spool in spools.items():
            for row_id, page_id, terms, counts, is_thin in spool:
                text = Text.read(terms, counts, words[code], is_thin)
                index.add(code, row_id, page_id, text)
    index.settle()
    return index, words


class Spool:
    """All terms of the articles of a language, in a file until they have been counted."""

    def __init__(self, file):
        self.file = file
        self.counting = Counting()
        self.entries = []

    def add(self, row_id, page_id, terms, counts, is_thin):
        self.counting.add(terms)
        self.entries.append((row_id, page_id, len(terms), is_thin))
        self.file.write(terms.tobytes())
        self.file.write(np.minimum(counts, np.iinfo(np.uint16).max).astype(np.uint16).tobytes())

    def __iter__(self):
        self.file.seek(0)
        for row_id, page_id, size, is_thin in self.entries:
            terms = np.frombuffer(self.file.read(size * 4), np.uint32)
            counts = np.frombuffer(self.file.read(size * 2), np.uint16)
            yield row_id, page_id, terms, counts, is_thin


def _read_all(spools, index, progress):
    rows = {}
    live = PageLanguage.objects.filter(live=True, language__in=list(spools))
    articles = apps.get_model("diptych", "ArticlePage").objects
    pages = set(articles.filter(alias_of__isnull=True).values_list("pk", flat=True))
    for page, language, row in live.values_list("page_id", "language", "pk").iterator():
        if page in pages:
            rows.setdefault(page, {})[language] = row
    ids = sorted(rows)
    for start in progress(range(0, len(ids), PART), stage="read", total=len(ids)):
        part = ids[start : start + PART]
        found = articles.in_bulk(part)
        for code, spool in spools.items():
            here = [page for page in part if code in rows[page] and page in found]
            facts = facts_of(here, code)
            for page in here:
                row = rows[page][code]
                index.facts[code][row] = facts[page]
                spool.add(row, page, *read(found[page], code))


def _compare_all(language, index, newest_day, progress):
    lists = LoadedLists(index.texts[language])
    rows = index.order[language]
    for start in progress(range(0, len(rows), PART), stage="compare", total=len(rows)):
        for row_id in rows[start : start + PART]:
            source = index.texts_of(index.pages[language][row_id], list(index.numbers))
            source = {language: source.pop(language), **source}
            facts = index.facts[language][row_id]
            lists.add(row_id, compare(language, row_id, source, facts, index, newest_day))
    return lists


def _see_again_to_what_changed():
    """What was published meanwhile was compared by terms as they had been counted before."""
    changed = RelatedText.objects.filter(has_changed=True)
    pages = set(changed.values_list("row__page_id", flat=True))
    RelatedWaiting.objects.mark(pages)
    work_off(RelatedWaiting.objects.filter(page_id__in=pages))
