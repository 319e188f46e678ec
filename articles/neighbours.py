"""The articles before and after an article, in its series or else on its main topic."""

from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import DateTimeField, F, Q
from django.db.models.functions import Coalesce

from articles.languages.aliases import original_id
from articles.languages.available import column
from articles.languages.models import PageLanguage
from articles.languages.querysets import is_gathered_for
from articles.languages.redirects import public_url

#: The relation from a page to the columns of the article that it is.
ARTICLE = "page__diptych_articlepage__"


@dataclass(frozen=True)
class ArticleLink:
    """An article that any visitor may open: what a link to it says, and where it leads."""

    pk: int
    alias_of_id: int | None
    headline: str
    url: str


@dataclass(frozen=True)
class Neighbours:
    """The articles around one, each ``None`` where there is none that can be read.

    ``parts`` are those of its series that can be read, in order and with the article itself;
    ``number`` says which of them it is, from 1, and is 0 where it is not among them. All are
    :class:`ArticleLink`.
    """

    previous: ArticleLink | None = None
    next: ArticleLink | None = None
    parts: list = field(default_factory=list)
    number: int = 0


def neighbours_of(article, language, parts):
    """The :class:`Neighbours` of ``article`` for readers of ``language``; a few plain queries.

    In a series it stands among the other ``parts``, which are those of :func:`series_parts`.
    Without any, the articles that were published just before and just after it on its main topic
    are beside it. Below an alias they are those of the page itself.
    """
    if parts:
        return _in_series(article, parts)
    return _in_topic(article, language) if article.pk else Neighbours()


def series_parts(article, language):
    """The parts of the series of ``article``, if there is a page of that in ``language``.

    They come by number, then those without one by date.
    """
    if not article.series_id:
        return []
    if not PageLanguage.objects.visible_in(language).filter(page=article.series_id).exists():
        return []
    parts = _articles(article, language).filter(**{f"{ARTICLE}series": article.series_id})
    number = F(f"{ARTICLE}series_part").asc(nulls_last=True)
    return _links(parts.order_by(number, "printed_date", "page_id"), language)


def _in_series(article, parts):
    own = original_id(article)
    place = next((at for at, each in enumerate(parts) if original_id(each) == own), None)
    if place is None:
        return Neighbours(parts=parts)
    around = dict(enumerate(parts))
    return Neighbours(around.get(place - 1), around.get(place + 1), parts, place + 1)


def _in_topic(article, language):
    topics = (entry.topic for entry in article.topics.all())
    topic = next((each for each in topics if each and each.is_visible_in(language)), None)
    moment = article.published_at
    if topic is None or moment is None:
        return Neighbours()
    others = _on_topic(_articles(article, language), topic)
    if article.alias_of_id:
        others = others.exclude(page=article.alias_of_id)
    same = Q(printed_date=moment)
    older = others.filter(Q(printed_date__lt=moment) | same & Q(page_id__lt=article.pk))
    newer = others.filter(Q(printed_date__gt=moment) | same & Q(page_id__gt=article.pk))
    before = _links(older.order_by("-printed_date", "-page_id")[:1], language)
    after = _links(newer.order_by("printed_date", "page_id")[:1], language)
    return Neighbours(*(each[0] if each else None for each in (before, after)))


def _articles(article, language):
    """The rows of the articles that readers of ``language`` find on the site of ``article``."""
    names = ("publication_date", column("first_public_at", language))
    dates = (*(f"{ARTICLE}{name}" for name in names), "page__first_published_at")
    rows = PageLanguage.objects.visible_in(language).filter(is_gathered_for(article, "page__"))
    rows = rows.filter(**{f"{ARTICLE}isnull": False})
    return rows.annotate(printed_date=Coalesce(*dates, output_field=DateTimeField()))


def _on_topic(rows, topic):
    """Those of ``rows`` whose articles are on ``topic``."""
    entries = apps.get_model("diptych", "ArticleTopic").objects.order_by()
    return rows.filter(page__in=entries.filter(topic=original_id(topic)).values("article_id"))


def _links(rows, language):
    """The :class:`ArticleLink` of each of the rows."""
    headline = f"{ARTICLE}{column('headline', language)}"
    found = rows.values_list("page_id", "page__alias_of", headline, "url_path")
    return [
        ArticleLink(pk, alias_of, text, public_url(language, url_path))
        for pk, alias_of, text, url_path in found
    ]
