"""A corpus of articles whose authors' own links are known, and the journal it makes."""

import html
import json
from collections import defaultdict
from datetime import UTC, datetime

from benchmarks.content import add_pages, add_rows


def read_corpus(path, languages=None):
    """The articles of a file, each line one in one language; in the order of the file."""
    with open(path, encoding="utf-8") as file:
        entries = [json.loads(line) for line in file if line.strip()]
    kept = [entry for entry in entries if not languages or entry["lang"] in languages]
    return list({(entry["key"], entry["lang"]): entry for entry in kept}.values())


def in_language(entries, language):
    return [entry for entry in entries if entry["lang"] == language]


def without_bodies(entries, language):
    """The same, but for ``language`` with hardly more than headline and lead."""
    return [{**each, "body": ""} if each["lang"] == language else each for each in entries]


def fill_journal(entries, ignore_topics=False):
    """Make a page of each key, live in the languages it is there in; returns pages by key.

    They are written as publishing would write them, but for their drafts.
    """
    from articles.models import ArticlePage
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
    from articles.models import ArticlePage

    values, dates = {}, []
    for language, entry in by_language.items():
        date = datetime.fromisoformat(entry.get("date") or "2000-01-01").replace(tzinfo=UTC)
        dates.append(date)
        values |= {
            f"headline_{language}": entry["title"][:255],
            f"url_slug_{language}": f"article-{number}",
            f"lead_{language}": entry.get("lead") or "",
            f"body_{language}": _body(entry.get("body") or ""),
            f"is_public_{language}": True,
            f"first_public_at_{language}": date,
        }
    title = next(iter(by_language.values()))["title"][:255]
    moment = min(dates)
    return ArticlePage(
        title=title, slug=f"article-{number}", live=True, first_published_at=moment, **values
    )


def _body(text):
    from tests.factories import blocks

    parts = [part.strip() for part in text.split("\n\n") if part.strip()]
    return blocks(*(("paragraph", f"<p>{html.escape(part)}</p>") for part in parts))


def _add_entries(pages, texts, name, kind, parent):
    """Authors or topics: a page for each, live in every language, and a row for each article."""
    from articles import models

    chosen = {
        key: list(dict.fromkeys(value for entry in texts[key].values() for value in entry[name]))
        for key in pages
    }
    values = sorted({value for each in chosen.values() for value in each})
    page_class = {"author": models.AuthorPage, "topic": models.TopicPage}[kind]
    entry_class = {"author": models.ArticleAuthor, "topic": models.ArticleTopic}[kind]
    targets = [page_class(title=value, slug=f"{kind}-{n}") for n, value in enumerate(values)]
    add_pages(parent, targets)
    known = dict(zip(values, targets, strict=True))
    entry_class.objects.bulk_create(
        entry_class(article=pages[key], sort_order=place, **{kind: known[value]})
        for key, each in chosen.items()
        for place, value in enumerate(each)
    )
