"""Stores how readers are led to each article, for the report: at once, or later if many are."""

from datetime import timedelta
from time import sleep

from django.utils import timezone
from django_tasks import task

from diptych.articles.caching.models import Change
from diptych.articles.caching.versions import longest_life
from diptych.articles.languages.config.background import after_commit, on_backend
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage
from diptych.articles.related.admin.links import links_in
from diptych.articles.related.models import ArticleLinks, LinkCount
from diptych.articles.related.tasks import BACKEND

#: More texts than this are counted in the background.
MOST_AT_ONCE = 4_000
#: Rows in one transaction, and the pause after it, in which others can write.
PART, PAUSE = 1_000, 0.11
#: So much earlier than a count began, what was then being stored may have been marked as changed.
OVERLAP = timedelta(minutes=1)
#: A count that has not ended after so long was broken off.
LONGEST = timedelta(minutes=30)
COUNTED = ("shown", "picked", "linked")


def links_counted(limit):
    """The newest :class:`LinkCount`, with ``limit`` articles below each; begins a new one.

    Few links are counted now. Many are in the background, if something was published since.
    """
    if not PageLanguage.objects.visible().order_by()[MOST_AT_ONCE : MOST_AT_ONCE + 1].exists():
        count_links.func(limit)
        return LinkCount.objects.get()
    now = timezone.now()
    count, _is_new = LinkCount.objects.get_or_create(pk=LinkCount.ONLY)
    is_running = count.begun_at and count.begun_at > now - LONGEST
    if not is_running and _is_outdated(count, limit, now):
        LinkCount.objects.update(begun_at=now)
        after_commit(on_backend(count_links, BACKEND).enqueue, limit)
        count.refresh_from_db()
    return count


def _is_outdated(count, limit, now):
    if count.counted_at is None or count.limit != limit:
        return True
    # The log of changes does not reach further back.
    if count.counted_at < now - timedelta(seconds=longest_life()):
        return True
    return Change.objects.filter(at__gte=count.counted_at - OVERLAP).exists()


@task()
def count_links(limit):
    """Count the links between all articles; those that have other numbers are written."""
    now = timezone.now()
    for language in available_languages():
        _count_in(language, limit)
    done = {"limit": limit, "counted_at": now, "begun_at": None}
    LinkCount.objects.update_or_create(pk=LinkCount.ONLY, defaults=done)


def _count_in(language, limit):
    articles = ArticlePage.objects.order_by().filter(alias_of__isnull=True)
    rows = PageLanguage.objects.visible_in(language).filter(page__in=articles.values("pk"))
    rows = rows.order_by().values_list("pk", "page_id")
    links = links_in(language, limit)
    counters = [getattr(links, name) for name in COUNTED]
    wanted = {row: tuple(counter[page] for counter in counters) for row, page in rows}
    stored = ArticleLinks.objects.order_by().filter(row__language=language)
    known = {row: numbers for row, *numbers in stored.values_list("pk", *COUNTED)}
    changed = [row for row, numbers in wanted.items() if known.get(row) != [*numbers]]
    for start in range(0, len(changed), PART):
        part = changed[start : start + PART]
        ArticleLinks.objects.bulk_create(
            [ArticleLinks(row, *wanted[row]) for row in part],
            update_conflicts=True,
            unique_fields=["row"],
            update_fields=COUNTED,
        )
        sleep(PAUSE if len(part) == PART else 0)
    gone = [*(known.keys() - wanted.keys())]
    for start in range(0, len(gone), PART):
        ArticleLinks.objects.filter(pk__in=gone[start : start + PART]).delete()
