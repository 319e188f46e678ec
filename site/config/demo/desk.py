"""What waits at the translators' desk of the demo, and for whom."""

from datetime import timedelta

from django.utils import timezone

from articles.languages.models.assignments import TranslationAssignment
from articles.languages.translations import reviewing
from articles.models import ArticlePage


def accounts_of(users):
    """Those who may log in by the name they write under, as the people of the journal do."""
    return {user.get_full_name(): user for user in users.values()}


def lay_out(work, pages, users):
    """Ask for the translations that ``work`` names, and hand in those that wait for a review.

    ``work`` holds tables and ``pages`` articles, both by the name of the article.
    """
    for key, table in work.items():
        page = ArticlePage.objects.get(pk=pages[key].pk)
        translator = users.get(table.get("translator", str, ""))
        due = table.get("due", int, 0)
        TranslationAssignment.objects.create(
            page_id=page.pk,
            language=table.get("language"),
            translator=translator,
            requested_by=users["chief"],
            requested_at=timezone.now(),
            due_date=timezone.localdate() + timedelta(days=due) if due else None,
            comment=table.get("comment", str, ""),
        )
        if table.get("handed_in", bool, False):
            reviewing.submit(page, table.get("language"), translator)
