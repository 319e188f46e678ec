"""The articles before and after an article, in its series or else on its main topic."""

from dataclasses import dataclass, field, replace

from django.db.models import F
from django.urls import get_script_prefix

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.caching.versions import depends_on
from diptych.articles.languages.config.language_config import column
from diptych.articles.languages.index.aliases import original_id
from diptych.articles.languages.index.querysets import is_gathered_for
from diptych.articles.languages.index.sites import root_path_above
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.routes.public_urls import public_url
from diptych.articles.lists.article_lists import ArticleList

#: The relation from a page to the columns of the article that it is.
ARTICLE = "page__diptych_articlepage__"


#: The previous and next articles on a topic, for readers.
_on_topics = TaggedCache(size=1000)
#: The parts of series, for readers.
_parts = TaggedCache()


@dataclass(frozen=True)
class ArticleLink:
    """The headline and the URL of an article that any visitor may open."""

    pk: int
    alias_of_id: int | None
    headline: str
    url: str


@dataclass(frozen=True)
class PreviousAndNext:
    """The previous and next public articles of an article, ``None`` if missing.

    ``parts`` are the public parts of its series in order, including the article; ``number`` is its
    position among them, from 1, or 0 if it is not public. All are :class:`ArticleLink`.
    """

    previous: ArticleLink | None = None
    next: ArticleLink | None = None
    parts: list = field(default_factory=list)
    number: int = 0

    def without(self, articles):
        """The same without the previous or the next one if it is among ``articles``."""
        others = set(map(original_id, articles))
        previous, following = (
            None if each is None or original_id(each) in others else each
            for each in (self.previous, self.next)
        )
        return replace(self, previous=previous, next=following)


def previous_and_next_of(article, language, parts):
    """The :class:`PreviousAndNext` of ``article`` for readers of ``language``.

    In a series they are the adjacent ``parts``, see :func:`series_parts`; otherwise the articles
    published just before and after it on its main topic. For an alias, those of its original.
    """
    if parts:
        return _in_series(article, parts)
    if not article.is_known_public:
        return _in_topic(article, language) if article.pk else PreviousAndNext()
    key = (article.pk, language, get_script_prefix())
    return _on_topics.get(key, [f"page:{article.pk}"], lambda: _in_topic(article, language))


def series_parts(article, language):
    """The parts of the series of ``article``, if there is a page of that in ``language``.

    They come by number, then those without one by date.
    """
    if not article.series_id:
        return []
    if not article.is_known_public:
        return _read_parts(article, language)
    key = (article.series_id, language, root_path_above(article), get_script_prefix())
    tags = [f"page:{article.series_id}", f"list:{language}"]
    return _parts.get(key, tags, lambda: _read_parts(article, language))


def _read_parts(article, language):
    if not PageLanguage.objects.visible_in(language).filter(page=article.series_id).exists():
        return []
    rows = PageLanguage.objects.visible_in(language).filter(is_gathered_for(article, "page__"))
    parts = rows.filter(**{f"{ARTICLE}series": article.series_id})
    number = F(f"{ARTICLE}series_part").asc(nulls_last=True)
    parts = parts.order_by(number, "printed_date", "page_id")
    headline = f"{ARTICLE}{column('headline', language)}"
    return _as_links(parts.values_list("page_id", "page__alias_of", headline, "url_path"), language)


def _in_series(article, parts):
    own = original_id(article)
    place = next((at for at, each in enumerate(parts) if original_id(each) == own), None)
    if place is None:
        return PreviousAndNext(parts=parts)
    around = dict(enumerate(parts))
    return PreviousAndNext(around.get(place - 1), around.get(place + 1), parts, place + 1)


def _in_topic(article, language):
    topics = [entry.topic for entry in article.topics.all()]
    depends_on(*(f"page:{each.pk}" for each in topics if each))
    topic = next((each for each in topics if each and each.is_visible_in(language)), None)
    moment = article.published_at
    if topic is None or moment is None:
        return PreviousAndNext()
    depends_on(f"topic:{original_id(topic)}")
    others = ArticleList(language, original_id(topic), on_site_of=article).entries
    # In a preview the article itself may stand there by another date.
    others = others.exclude(article__in={article.pk, original_id(article)})
    # The limit on the date alone is where the index is read from.
    older = others.filter(printed_date__lte=moment).exclude(
        printed_date=moment, article__gt=article.pk
    )
    newer = others.filter(printed_date__gte=moment).exclude(
        printed_date=moment, article__lt=article.pk
    )
    before = _links(older.order_by("-printed_date", "-article"), language)
    after = _links(newer.order_by("printed_date", "article"), language)
    depends_on(*(f"page:{each.pk}" for each in (*before, *after)))
    return PreviousAndNext(*(each[0] if each else None for each in (before, after)))


def _links(entries, language):
    """The :class:`ArticleLink` of the first of the entries of a list, if there is one."""
    names = ("article", "article__alias_of", f"article__{column('headline', language)}")
    return _as_links(entries.values_list(*names, "row__url_path")[:1], language)


def _as_links(found, language):
    return [
        ArticleLink(pk, alias_of, text, public_url(language, url_path))
        for pk, alias_of, text, url_path in found
    ]
