"""The rows of the list of translations: a page in a language, its headline and assignment."""

from datetime import date

import swapper
from django.db.models import (
    Case,
    CharField,
    DateField,
    F,
    IntegerField,
    Q,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import NullIf
from django.utils import timezone
from wagtail.models import Revision

from diptych.articles.languages.admin.access import has_all_pages, page_policy
from diptych.articles.languages.config.language_config import available_languages, column
from diptych.articles.languages.index.copies import is_copied, mark_unrenamed_copies
from diptych.articles.languages.models import PageLanguage, Progress, Review, schedule_lookup

Page = swapper.load_model("wagtailcore", "Page")

#: Revisions are read for so many rows at once while a spreadsheet is written.
BATCH = 200

#: The page permissions of which one lists the translations of a page.
CONCERNED = {"change", "publish"}

#: A due date runs while a translation is in one of these states.
OPEN = (Progress.MISSING, Progress.IN_PROGRESS, Progress.INCOMPLETE, Progress.OUTDATED)

#: Nobody works on such a row; a person who may no longer sign in holds nothing.
NOBODYS = Q(assignment__translator=None) | Q(assignment__translator__is_active=False)


def rows_for(user):
    """The rows of the pages that ``user`` may edit or publish.

    With the page, its last editor and the work on it.
    """
    rows = PageLanguage.objects.with_assignment().select_related("page__content_type", "edited_by")
    # Aliases are few; asked for the pages that are none, SQLite would begin with all of these.
    aliases = Page.objects.filter(alias_of__isnull=False).values("pk")
    rows = rows.filter(on_pages_of(user, CONCERNED)).exclude(page__in=aliases)
    return rows.annotate(is_copied=is_copied("page"))


def on_pages_of(user, actions):
    """The condition that ``user`` may do one of ``actions`` on the page of a row."""
    if has_all_pages(user, actions):
        return Q()
    pages = page_policy().instances_user_has_any_permission_for(user, actions)
    return Q(page__in=pages.order_by().values("pk"))


def is_overdue(row):
    """Whether the translation should have been there by now."""
    due = row.assignment.due_date if row.assignment else None
    return bool(due and row.progress in OPEN and due < timezone.localdate())


def describe(rows):
    """Set ``headline``, ``headline_language`` and ``source`` on each of ``rows``; return them.

    The headline is that of the newest draft in the row's language, else that of the source. One
    query for all of them, one for the dates that are to come, and one where there are copies.
    """
    rows = list(rows)
    prefetch_related_objects([row.page for row in rows], schedule_lookup())
    drafts = _read_drafts([row.page for row in rows])
    for row in rows:
        row.page.is_copied = row.is_copied
    mark_unrenamed_copies([row.page for row in rows])
    for row in rows:
        draft = drafts[row.page_id]
        row.source = draft["source_language"]
        for language in (row.language, row.source):
            row.headline = draft.get(language) or ""
            row.headline_language = language
            if row.headline:
                break
        else:
            row.headline = row.page.draft_title or row.page.title
            row.headline_language = row.source
    return rows


def describe_in_batches(rows):
    """The same, for more rows than should be held at once."""
    batch = []
    for row in rows.iterator(chunk_size=BATCH):
        batch.append(row)
        if len(batch) == BATCH:
            yield from describe(batch)
            batch = []
    yield from describe(batch)


def _read_drafts(pages):
    """For each page by id, its ``source_language`` and its headline by language."""
    languages = available_languages()
    wanted = {code: _written(column("headline", code)) for code in languages}
    ids = {page.latest_revision_id for page in pages if page.latest_revision_id}
    drafts = Revision.objects.filter(pk__in=ids)
    contents = {
        each.pop("pk"): each
        for each in drafts.values("pk", source_language=_written("source_language"), **wanted)
    }
    read = {page.pk: contents.get(page.latest_revision_id) for page in pages}
    unread = [pk for pk, content in read.items() if content is None]
    for page in Page.objects.filter(pk__in=unread).specific() if unread else ():
        read[page.pk] = {code: page.text_in("headline", code) for code in languages}
        read[page.pk]["source_language"] = page.source_language
    return read


def _written(name, content="content"):
    """A text within a draft, as an expression; SQLite returns "null" for a missing one."""
    return NullIf(KeyTextTransform(name, content), Value("null"), output_field=CharField())


# Sorting


def by_progress(rows):
    """``rows`` annotated with ``sorted_progress``, from missing to complete."""
    cases = [When(progress=value, then=number) for number, value in enumerate(Progress.values)]
    return rows.annotate(sorted_progress=Case(*cases, output_field=IntegerField()))


def by_words(rows):
    """``rows`` with ``sorted_words``, all the words that wait."""
    return rows.annotate(sorted_words=F("words_missing") + F("words_changed"))


def by_due_date(rows):
    """``rows`` with ``sorted_due_date``, of those that are still to be done."""
    return rows.annotate(
        sorted_due_date=Case(When(progress__in=OPEN, then=F("assignment__due_date")))
    )


def by_urgency(rows):
    """``rows`` annotated with ``sorted_urgency``: sent back first, then by due date."""
    sent_back = When(assignment__review=Review.SENT_BACK, then=Value(date.min))
    due = When(progress__in=OPEN, then=F("assignment__due_date"))
    return rows.annotate(sorted_urgency=Case(sent_back, due, output_field=DateField()))


#: The columns of the index by which rows are sorted by title, none of which is ever empty.
BY_TITLE = ("sorted_headline", "page_id", "language")
#: For each other key a list can be sorted by, how, and by which name.
SORTING = {
    "state": (by_progress, "sorted_progress"),
    "words": (by_words, "sorted_words"),
    "edited": (None, "edited_at"),
    "due": (by_due_date, "sorted_due_date"),
    "newest": (None, "page__latest_revision_created_at"),
    "urgency": (by_urgency, "sorted_urgency"),
    "submitted": (None, "assignment__submitted_at"),
}


def in_order(rows, key):
    """``rows`` sorted by ``key``, descending with a dash before it; empty values last."""
    if key.removeprefix("-") == "title":
        return rows.order_by(*(f"-{name}" if key.startswith("-") else name for name in BY_TITLE))
    annotated, name = SORTING[key.removeprefix("-")]
    if annotated:
        rows = annotated(rows)
    order = F(name).desc(nulls_last=True) if key.startswith("-") else F(name).asc(nulls_last=True)
    return rows.order_by(order, "page__path", "language")
