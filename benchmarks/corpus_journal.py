"""The journal that a corpus makes, and the lists its readers are shown."""

import html
from collections import defaultdict
from datetime import UTC, datetime

from benchmarks.bulk_pages import add_pages
from benchmarks.content import add_rows

#: What has no date is older than everything else.
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_TITLE = 255
#: Stands for a headline that is missing, and says nothing.
NO_TITLE = "—"


def fill_journal(entries, ignore_topics=False):
    """Make a page of each key, live in the languages it is there in; returns pages by key.

    They are written as publishing would write them, but for their drafts.
    """
    from diptych.articles.models import ArticlePage
    from tests import factories

    journal = factories.make_journal()
    texts = defaultdict(dict)
    for entry in entries:
        texts[entry["key"]][entry["lang"]] = entry
    pages = {key: _page(number, texts[key]) for number, key in enumerate(texts)}
    add_pages(journal.articles, list(pages.values()))
    for language in {entry["lang"] for entry in entries}:
        here = [page for key, page in pages.items() if language in texts[key]]
        add_rows(journal.articles, here, [language])
    _add_entries(pages, texts, "authors", "author", journal.authors)
    if not ignore_topics:
        _add_entries(pages, texts, "topics", "topic", journal.topics)
    known = ArticlePage.objects.in_bulk([page.pk for page in pages.values()])
    return {key: known[page.pk] for key, page in pages.items()}


def _page(number, by_language):
    from diptych.articles.models import ArticlePage

    values = {}
    for language, entry in by_language.items():
        values |= {
            f"headline_{language}": _title(entry["title"]) or NO_TITLE,
            f"url_slug_{language}": f"article-{number}",
            f"lead_{language}": entry["lead"],
            f"body_{language}": _body(entry["body"]),
            f"is_public_{language}": True,
            f"first_public_at_{language}": entry["date"] or LONG_AGO,
        }
    moment = min(entry["date"] or LONG_AGO for entry in by_language.values())
    slug = f"article-{number}"
    return ArticlePage(title=slug, slug=slug, live=True, first_published_at=moment, **values)


def _title(text):
    return text.strip()[:LONGEST_TITLE]


def _body(text):
    from tests.factories import blocks

    parts = [part.strip() for part in text.split("\n\n") if part.strip()]
    return blocks(*(("paragraph", f"<p>{html.escape(part)}</p>") for part in parts))


def _add_entries(pages, texts, name, kind, parent):
    """Authors or topics: a page for each, live in every language, and a row for each article."""
    from diptych.articles import models

    chosen = {
        key: list(dict.fromkeys(value for entry in texts[key].values() for value in entry[name]))
        for key in pages
    }
    values = sorted({value for each in chosen.values() for value in each})
    page_class = {"author": models.AuthorPage, "topic": models.TopicPage}[kind]
    entry_class = {"author": models.ArticleAuthor, "topic": models.ArticleTopic}[kind]
    targets = [page_class(title=_title(v), slug=f"{kind}-{n}") for n, v in enumerate(values)]
    add_pages(parent, targets)
    known = dict(zip(values, targets, strict=True))
    entry_class.objects.bulk_create(
        entry_class(article=pages[key], sort_order=place, **{kind: known[value]})
        for key, each in chosen.items()
        for place, value in enumerate(each)
    )


def ranked(pages, entries, length):
    """``{language: {key: the keys suggested below it}}``, as readers are shown them."""
    from diptych.articles.related.suggestions import related_below

    keys = {page.pk: key for key, page in pages.items()}
    ranks = defaultdict(dict)
    for entry in entries:
        language, key = entry["lang"], entry["key"]
        shown, _linked = related_below(pages[key], language, limit=length)
        ranks[language][key] = [keys[pk] for pk in shown]
    return dict(ranks)
