"""Keeps the aligned texts as the pages are: after each change, in the background, and anew."""

import logging
from copy import copy

import swapper
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import post_save
from django_tasks import task
from wagtail.models import Revision

from diptych.articles.languages.config.background import after_commit, on_backend
from diptych.articles.languages.config.signals import rows_written, work_due
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.publication.rebuilding import multilingual_models
from diptych.articles.linguistics.tokenizer import tokenize
from diptych.articles.translation_tools.concordance.inverted_index import (
    entries_of,
    inverted_index,
)
from diptych.articles.translation_tools.concordance.models import AlignedText, PendingPage
from diptych.articles.translation_tools.concordance.passages import Written, texts_of

logger = logging.getLogger(__name__)

#: The queue of its own that a project may have.
BACKEND = "concordance"
#: The most other pages that a task reads besides its own.
OTHERS = 10
FLAGS = ("is_published", "is_outdated", "translated_at", "is_machine_aligned", "has_marks")


# Following changes


def page_rows_written(sender, page, rows, text_changed, **kwargs):
    """Queue a page whose text has changed, or that is new. A receiver of ``rows_written``."""
    if page.alias_of_id:
        return
    if text_changed and any(row.live for row in rows.values()):
        PendingPage.objects.mark([page.pk], is_stale=True)
        after_commit(on_backend(update_concordance, BACKEND).enqueue, page.pk)
    elif text_changed or not AlignedText.objects.filter(row__page=page.pk).exists():
        PendingPage.objects.mark([page.pk])


def revision_saved(instance, raw=False, **kwargs):
    """Queue a page of which a draft was saved, for the timer. A receiver of ``post_save``.

    Drafts are saved every few seconds while somebody writes.
    """
    pages = swapper.load_model("wagtailcore", "Page")
    is_of_page = instance.base_content_type_id == ContentType.objects.get_for_model(pages).pk
    if is_of_page and not raw:
        PendingPage.objects.mark([int(instance.object_id)])


def resume(**kwargs):
    """Read the pages that wait. A receiver of ``work_due``."""
    work_off(PendingPage.objects.due())


def connect():
    """Connect the handlers; called once when the app is ready."""
    rows_written.connect(page_rows_written, dispatch_uid="diptych_concordance_rows_written")
    post_save.connect(
        revision_saved, sender=Revision, dispatch_uid="diptych_concordance_revision_saved"
    )
    work_due.connect(resume, dispatch_uid="diptych_concordance_work_due")


@task()
def update_concordance(page_id):
    """Read a page if it waits, then others whose time has come."""
    work_off(PendingPage.objects.filter(page_id=page_id))
    work_off(PendingPage.objects.due()[:OTHERS])


def work_off(pending):
    """Read each page of a queue; returns how many texts were written, and how many pages failed."""
    written = failed = 0
    for each in list(pending):
        try:
            written += _work_off_one(each)
        except Exception as error:
            logger.exception("The passages of page %s could not be read.", each.page_id)
            each.put_off(error)
            failed += 1
    return written, failed


@transaction.atomic
def _work_off_one(pending):
    """A page that changes meanwhile is marked again, and stays in the queue."""
    written = update(pending.page_id)
    pending.end()
    return written


# Writing


@transaction.atomic
def update(page_id):
    """Write what has changed of the aligned texts of a page; returns how many texts that are."""
    pages = swapper.load_model("wagtailcore", "Page").objects.order_by()
    found = pages.filter(pk=page_id, alias_of=None).select_for_update()
    page = next(iter(found.specific()), None)
    wanted = {}
    if isinstance(page, MultilingualPageMixin):
        wanted = texts_of(page, copy(page).newest_draft() if page.has_unpublished_changes else page)
    stored = {
        (each.group, each.language): each for each in AlignedText.objects.filter(row__page=page_id)
    }
    rows = PageLanguage.objects.filter(page=page_id).values_list("language", "pk")
    return write(wanted, stored, {language: {"row_id": pk} for language, pk in rows})


def write(wanted, stored, owners):
    """Make the ``stored`` texts those that are ``wanted``; returns how many are written.

    Both are by ``(group, language)``. ``owners`` has the fields for what the texts of each language
    belong to; those of other languages are left out.
    """
    gone = [
        each.pk
        for name, each in stored.items()
        if name not in wanted or wanted[name].text != each.text
    ]
    changed = []
    for name in wanted.keys() & stored.keys():
        each, written = stored[name], wanted[name]
        if each.text == written.text and _set_flags(each, written):
            changed.append(each)
    new = [name for name in wanted if name not in stored or wanted[name].text != stored[name].text]
    if gone:
        AlignedText.objects.filter(pk__in=gone).delete()
    AlignedText.objects.bulk_update(changed, FLAGS, batch_size=200)
    if new:
        add(
            AlignedText(group=group, language=language, **owners[language], **vars(each))
            for (group, language), each in ((name, wanted[name]) for name in new)
            if language in owners
        )
    return len(gone) + len(changed) + len(new)


def _set_flags(text, written: Written):
    """Give ``text`` the flags of ``written``; returns whether any is another than before."""
    is_changed = any(getattr(text, name) != getattr(written, name) for name in FLAGS)
    for name in FLAGS:
        setattr(text, name, getattr(written, name))
    return is_changed


def add(texts):
    """Store new aligned texts with their words."""
    texts = AlignedText.objects.bulk_create(texts, batch_size=200)
    inverted_index().add(_indexed(each) for each in texts)


def _indexed(text):
    tokens = tokenize(text.text, text.language)
    words, stems = ([getattr(each, name) for each in tokens] for name in ("word", "stem"))
    return text.pk, entries_of(words, text.language), entries_of(stems, text.language)


# Rebuilding


def begin_rebuild(from_start=False):
    """Queue all pages, unless some wait for a rebuild that was broken off; returns how many."""
    waiting = PendingPage.objects.filter(of_rebuild=True)
    if from_start or not waiting.exists():
        types = ContentType.objects.get_for_models(*multilingual_models()).values()
        pages = swapper.load_model("wagtailcore", "Page").objects.filter(
            content_type__in=types, alias_of=None
        )
        keys = pages.order_by("pk").values_list("pk", flat=True)
        PendingPage.objects.mark(keys, of_rebuild=True)
    return waiting.count()


def rebuild():
    """Read all pages that wait for a rebuild; yields ``(texts written, pages failed)`` of each."""
    waiting = PendingPage.objects.filter(of_rebuild=True).order_by("page_id")
    last = 0
    while part := list(waiting.filter(page_id__gt=last)[:100]):
        last = part[-1].page_id
        for each in part:
            yield work_off([each])
