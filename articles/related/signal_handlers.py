"""Queue an article for an update when its live content changes."""

from django.db.models.signals import pre_delete

from diptych.articles.languages.config.background import after_commit
from diptych.articles.languages.config.signals import rows_written
from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage
from diptych.articles.related.models import PendingUpdate, TermVector
from diptych.articles.related.tasks import enqueue


def page_rows_written(sender, page, rows, text_changed, **kwargs):
    """Queue an article whose rows per language have changed. A receiver of ``rows_written``."""
    if issubclass(sender, ArticlePage) and _is_news(page, rows, text_changed):
        PendingUpdate.objects.mark([page.pk])
        after_commit(enqueue, page.pk)


def _is_news(page, rows, text_changed):
    """Whether a live text may have changed, or other rows are live than have a vector.

    An alias is not compared.
    """
    live = {row.pk for row in rows.values() if row.live and not page.alias_of_id}
    if live and text_changed:
        return True
    stored = TermVector.objects.filter(row_id__in=[row.pk for row in rows.values()])
    return set(stored.values_list("row_id", flat=True)) != live


def row_about_to_be_deleted(instance, **kwargs):
    """Queue the articles that had the deleted one among their neighbours."""
    if TermVector.objects.filter(row_id=instance.pk).exists():
        # They load NumPy, which readers' workers do without.
        from diptych.articles.related.locking import lock
        from diptych.articles.related.neighbours import remove_from_index

        lock()
        remove_from_index([instance.pk])
        PendingUpdate.objects.mark([instance.page_id])
        after_commit(enqueue, instance.page_id)


def connect():
    """Connect the handlers; called once when the app is ready."""
    rows_written.connect(page_rows_written, dispatch_uid="diptych_related_rows_written")
    pre_delete.connect(
        row_about_to_be_deleted, sender=PageLanguage, dispatch_uid="diptych_related_deleted"
    )
