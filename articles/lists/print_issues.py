"""Print issues for readers: their names, their contents, and in which an article stands."""

from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import get_script_prefix
from django.utils.translation import gettext as _
from django.utils.translation import override

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.languages.config.dates import month_in_words
from diptych.articles.languages.config.language_config import (
    available_languages,
    column,
    language_attributes,
    translated_language_name,
)
from diptych.articles.languages.index.aliases import original_id
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.routes.public_urls import public_url
from diptych.articles.lists.cards import cached_cards

#: The relation from a page to the columns of the issue that it is.
ISSUE = "page__diptych_printissuepage__"

#: The issues of all articles, by language.
_issues = TaggedCache()


def name_of_issue(number, published):
    """ "no. 3, May 2026", without the parts that are unknown."""
    # Translators: of a print issue, within a sentence.
    parts = [_("no. %(number)s") % {"number": number}] if number else []
    return ", ".join([*parts, *([month_in_words(published)] if published else [])])


# The issues that contain an article


@dataclass(frozen=True)
class IssueLink:
    """A print issue that any visitor may open, for a link to it."""

    number: str
    published: date | None
    headline: str
    url: str

    @property
    def name(self):
        return name_of_issue(self.number, self.published) or self.headline


def issues_with(article, language):
    """The :class:`IssueLink` of each issue with ``article`` that is visible in ``language``.

    The newest comes first. Those of all articles are kept in memory until a page changes that is
    no article, or an entry of an issue, so an article seldom costs a query.
    """
    key = (language, get_script_prefix())
    issues = _issues.get(key, ["menu"], lambda: _read(language))
    return issues.get(original_id(article), ())


def _read(language):
    """``{primary key of an article: its issues}``."""
    rows = PageLanguage.objects.visible_in(language).filter(page__alias_of=None)
    rows = rows.filter(**{f"{ISSUE}entries__article__isnull": False})
    rows = rows.order_by(F(f"{ISSUE}publication_date").desc(nulls_last=True), "-page_id")
    said = ("number", "publication_date", column("headline", language))
    # An entry may name an alias of an article.
    named = Coalesce(f"{ISSUE}entries__article__alias_of", f"{ISSUE}entries__article")
    found = {}
    for url_path, article, *issue in rows.values_list(
        "url_path", named, *(f"{ISSUE}{name}" for name in said)
    ):
        link = IssueLink(*issue, public_url(language, url_path))
        # An issue may contain an article several times.
        found.setdefault(article, {})[link] = True
    return {article: tuple(links) for article, links in found.items()}


# The contents of an issue


@dataclass(frozen=True)
class ContentsEntry:
    """A line of the contents as readers see it.

    ``article`` is the one to open, at ``url``. If that is in another language than the page,
    ``language`` is its code and ``language_name`` its name; ``attributes`` are those of an element
    with the title, if this is in that language as well, ``byline_attributes`` of one with authors.
    """

    title: str
    author: str
    page_number: int | None
    article: object = None
    url: str = ""
    language: str = ""
    language_name: str = ""
    attributes: dict = field(default_factory=dict)
    byline_attributes: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """The entries below one heading, which may be empty."""

    heading: str
    entries: list = field(default_factory=list)


def contents_of(rows, language):
    """The :class:`Section` of the contents that have entries in ``language``.

    ``rows`` are the entries of an issue. An entry whose article is not public in the language has
    the title entered there, else the headline in a language in which the article is public.
    """
    rows = list(rows)
    articles = _readable([row.article_id for row in rows if row.article_id], language)
    sections = []
    for row in rows:
        if any(getattr(row, column("section", code)) for code in available_languages()):
            sections.append(Section(getattr(row, column("section", language)) or ""))
        entry = _entry(row, language, *articles.get(row.article_id, ("", None)))
        if entry is not None:
            sections = sections or [Section("")]
            sections[-1].entries.append(entry)
    return [section for section in sections if section.entries]


def _entry(row, language, spoken, article):
    title = getattr(row, column("title", language)) or ""
    if article is None:
        return ContentsEntry(title, row.author, row.page_number) if title else None
    with override(spoken):
        url = article.url
    entry = ContentsEntry(
        title or article.text_in("headline", spoken), "", row.page_number, article, url
    )
    if spoken == language:
        return entry
    attributes = language_attributes(spoken)
    return replace(
        entry,
        language=spoken,
        language_name=translated_language_name(spoken),
        attributes={} if title else attributes,
        byline_attributes=attributes,
    )


def _readable(ids, language):
    """``{id: (language, article)}`` of those that any visitor may open, if need be in another."""
    found = {}
    for code in sorted(available_languages(), key=lambda code: code != language):
        with override(code):
            cards = cached_cards([pk for pk in ids if pk not in found])
        found |= {card.pk: (code, card) for card in cards}
    return found
