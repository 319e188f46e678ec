"""What stands below each of several articles, in as many queries as below one."""

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter, itemgetter

from django.apps import apps
from django.db.models import BooleanField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from articles.related.models import RelatedPage
from articles.related.suggestions import NOWHERE, SPARE, linked_pages, varied


@dataclass(slots=True)
class Candidate:
    """An article that may stand below another, as ``varied`` takes it."""

    pk: int
    first_author: int | None
    place: int = NOWHERE
    nearness: int = 0


def related_to_each(articles, language, limit):
    """For each of ``articles``, by id, the ids of what readers of ``language`` get below it."""
    linked = {article.pk: _linked(article, language) for article in articles}
    if not linked or not limit:
        return {}
    return dict(related_ids(language, limit, linked, only=list(linked)))


def _linked(article, language):
    body = article.text_in("body", language)
    return {*article.body.stream_block.linked_ids(body), *linked_pages(article, language)}


def related_ids(language, limit, linked, only=None):
    """For each article the ids of what readers of ``language`` get below it; three queries.

    It is what ``related_articles`` says of one. ``linked`` maps articles to those that their
    pages lead to already. ``only`` are the ids of the articles asked about, else all are: they
    come one after the other, so that the largest journals need little memory.
    """
    picks, exclusions = _choices(only)
    readable = _readable(language, only, picks)
    for pk, near in _near_each(language, only, picks):
        if pk in readable:
            unwanted = {pk, *exclusions.get(pk, ()), *linked.get(pk, ())}
            found = _candidates(picks.get(pk, ()), near, readable, unwanted)
            yield pk, [each.pk for each in varied(found[: limit + SPARE], limit)]


def _choices(only):
    """What editors have chosen for each article, in their order, and what they have excluded."""
    chosen = _rows("PickedArticle", "suggestion_id", only)
    excluded = _rows("ExcludedArticle", "excluded_id", only)
    picks, exclusions = defaultdict(list), defaultdict(list)
    for is_pick, _place, _pk, article, other in sorted(chosen.union(excluded, all=True).order_by()):
        (picks if is_pick else exclusions)[article].append(other)
    return picks, exclusions


def _rows(model, name, only):
    rows = apps.get_model("diptych", model).objects.order_by()
    if only is not None:
        rows = rows.filter(article_id__in=only)
    is_pick = Value(model == "PickedArticle", BooleanField())
    place = Coalesce("sort_order", 0)
    return rows.annotate(is_pick=is_pick, place=place).values_list(
        "is_pick", "place", "pk", "article_id", name
    )


def _readable(language, only, picks):
    """The articles that readers can open, by id: all, or those that may stand below ``only``."""
    authors = apps.get_model("diptych", "ArticleAuthor").objects.filter(article=OuterRef("pk"))
    articles = apps.get_model("diptych", "ArticlePage").objects.visible_in(language)
    if only is not None:
        near = _near(language).filter(source__page_id__in=only).values("target__page_id")
        chosen = {pk for each in picks.values() for pk in each}
        articles = articles.filter(Q(pk__in=near) | Q(pk__in=chosen | set(only)))
    first = Subquery(authors.order_by("sort_order").values("author_id")[:1])
    rows = articles.order_by().annotate(first_author=first).values_list("pk", "first_author")
    return {pk: Candidate(pk, author) for pk, author in rows}


def _near(language):
    return RelatedPage.objects.filter(source__language=language)


def _near_each(language, only, picks):
    """Articles, each with the scores of those near it by their ids."""
    rows = _near(language).order_by("source__page_id")
    if only is not None:
        rows = rows.filter(source__page_id__in=only)
    names = ("source__page_id", "target__page_id", "score")
    left = dict.fromkeys(picks)
    for pk, group in groupby(rows.values_list(*names).iterator(), itemgetter(0)):
        left.pop(pk, None)
        yield pk, {target: score for _source, target, score in group}
    for pk in left:
        yield pk, {}


def _candidates(picks, near, readable, unwanted):
    """The picks in their order, then what is near, the nearest first."""
    places = {pk: place for place, pk in enumerate(dict.fromkeys(picks))}
    found = [
        replace(readable[pk], place=places.get(pk, NOWHERE), nearness=near.get(pk, 0))
        for pk in {**places, **near}
        if pk in readable and pk not in unwanted
    ]
    found.sort(key=attrgetter("nearness", "pk"), reverse=True)
    found.sort(key=attrgetter("place"))
    return found
