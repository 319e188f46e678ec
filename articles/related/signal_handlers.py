"""Remember, with every change of what is live, that the related articles have to follow."""

from functools import partial

from django.db import transaction
from django.db.models.signals import pre_delete

from articles.languages.models.page_language import PageLanguage
from articles.languages.signals import rows_written
from articles.related.counting import note_change
from articles.related.lists import pages_with_short_lists, take_out
from articles.related.models import RelatedText, RelatedVocabulary, RelatedWaiting
from articles.related.stored import forget_terms
from articles.related.tasks import enqueue
from articles.related.updating import lock, vocabularies


def page_rows_written(sender, page, rows, text_changed, **kwargs):
    """An article was published, edited, withdrawn or made live in one more language.

    Or it has become an alias of another, or ceased to be one.
    """
    if not getattr(sender, "has_related", False) or not _is_news(page, rows, text_changed):
        return
    RelatedWaiting.objects.mark([page.pk])
    transaction.on_commit(partial(enqueue, page.pk), robust=True)


def _is_news(page, rows, text_changed):
    """Whether something is live that may say something else, or was compared and is not live.

    Nothing of an alias is compared.
    """
    live = [row.pk for row in rows.values() if row.live and not page.alias_of_id]
    if live and text_changed:
        return True
    known = RelatedText.objects.filter(row_id__in=[row.pk for row in rows.values()])
    return set(known.values_list("row_id", flat=True)) != set(live)


def row_about_to_be_deleted(instance, **kwargs):
    """An article is deleted: others that it stood beside may have little left."""
    compared = RelatedText.objects.filter(row__language=instance.language)
    if not compared.filter(row_id=instance.pk).exists():
        return
    lock(vocabularies())
    known = RelatedVocabulary.objects.filter(language=instance.language)
    forget_terms(instance.pk, known.values_list("number", flat=True)[0])
    left = take_out([instance.pk])
    note_change([instance.language])
    RelatedWaiting.objects.mark(pages_with_short_lists(left, compared.count() - 1))
    transaction.on_commit(partial(enqueue, instance.page_id), robust=True)


def connect():
    """Connect the handlers; called once when the app is ready."""
    rows_written.connect(page_rows_written, dispatch_uid="diptych_related_rows_written")
    pre_delete.connect(
        row_about_to_be_deleted, sender=PageLanguage, dispatch_uid="diptych_related_deleted"
    )
