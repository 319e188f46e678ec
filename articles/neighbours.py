"""The articles before and after an article, in its series or else on its main topic."""

from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Q

from articles.languages.aliases import original_id


@dataclass
class Neighbours:
    """The articles around one, each ``None`` where there is none that can be read.

    ``parts`` are those of its series that can be read, in order and with the article itself;
    ``number`` says which of them it is, from 1, and is 0 where it is not among them.
    """

    previous: object = None
    next: object = None
    parts: list = field(default_factory=list)
    number: int = 0

    @property
    def all(self):
        """All articles in it, for prefetching."""
        shown = {each.pk: each for each in [*self.parts, self.previous, self.next] if each}
        return list(shown.values())


def neighbours_of(article, language):
    """The :class:`Neighbours` of ``article`` for readers of ``language``; one query.

    In a series it stands among the other parts. Otherwise the articles that were published
    just before and just after it on its main topic are beside it. Below an alias they are those
    of the page itself.
    """
    parts = list(_parts(article, language)) if article.series_id else []
    if parts:
        return _in_series(article, parts)
    return _in_topic(article, language) if article.pk else Neighbours()


def _parts(article, language):
    """The parts of its series, if there is a page of that in the language."""
    series = apps.get_model("diptych", "SeriesPage").objects.visible_in(language)
    articles = type(article).objects.visible_in(language).gathered_for(article)
    parts = articles.parts_of(article.series_id)
    return parts.filter(series__in=series.values("pk"))


def _in_series(article, parts):
    own = original_id(article)
    place = next((at for at, each in enumerate(parts) if original_id(each) == own), None)
    if place is None:
        return Neighbours(parts=parts)
    around = dict(enumerate(parts))
    return Neighbours(around.get(place - 1), around.get(place + 1), parts, place + 1)


def _in_topic(article, language):
    topic = _main_topic(article, language)
    moment = article.published_at
    if moment is None:
        return Neighbours()
    others = type(article).objects.visible_in(language).gathered_for(article)
    others = others.filter(topics__topic__in=topic).newest_first()
    if article.alias_of_id:
        others = others.exclude(pk=article.alias_of_id)
    older = others.filter(Q(printed_date__lt=moment) | Q(printed_date=moment, pk__lt=article.pk))
    newer = others.filter(Q(printed_date__gt=moment) | Q(printed_date=moment, pk__gt=article.pk))
    newer = newer.order_by("printed_date", "pk")
    nearest = Q(pk__in=older.values("pk")[:1]) | Q(pk__in=newer.values("pk")[:1])
    found = list(type(article).objects.filter(nearest).newest_first().for_cards())
    before = [each for each in found if (each.printed_date, each.pk) < (moment, article.pk)]
    after = [each for each in found if each not in before]
    return Neighbours(*(each[0] if each else None for each in (before, after)))


def _main_topic(article, language):
    """The first topic of ``article`` that can be read, as a subquery of one row."""
    entries = apps.get_model("diptych", "ArticleTopic").objects.filter(article_id=article.pk)
    visible = apps.get_model("diptych", "TopicPage").objects.visible_in(language)
    in_order = entries.filter(topic__in=visible.values("pk")).order_by("sort_order", "pk")
    return in_order.values("topic_id")[:1]
