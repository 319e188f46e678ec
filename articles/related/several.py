"""What stands below each of several articles, in as many queries as below one."""

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter, itemgetter

from django.apps import apps
from django.db.models import BooleanField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from articles.languages.aliases import original_id, original_ids
from articles.languages.sites import are_several, root_path_above, roots_apart
from articles.related.models import RelatedPage
from articles.related.suggestions import NOWHERE, SPARE, each_once, linked_pages, varied


@dataclass(slots=True)
class Candidate:
    """An article that may stand below another, as ``varied`` and ``each_once`` take it."""

    pk: int
    alias_of_id: int | None
    first_author: int | None
    url_path: str = ""
    place: int = NOWHERE
    nearness: int = 0

    def is_below(self, root_path):
        return self.url_path.startswith(root_path)


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
    pages lead to already. ``only`` are the ids of the articles asked about, else it is all but
    aliases: they come one after the other, so that the largest journals need little memory.
    """
    picks, exclusions = _choices(only)
    named = {pk for found in (picks, exclusions, linked) for each in found.values() for pk in each}
    readable = _readable(language, only, named)
    roots = roots_apart()
    for pk, near in _near_each(language, readable, only, picks):
        unwanted = {pk, *exclusions.get(pk, ()), *linked.get(pk, ())}
        unwanted = {original_id(readable[each]) if each in readable else each for each in unwanted}
        own = root_path_above(readable[pk], roots)
        found = each_once(_candidates(picks.get(pk, ()), near, readable, own), unwanted)
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


def _readable(language, only, named):
    """The articles that readers can open, by id: all, or ``only``, ``named``, and what is near."""
    authors = apps.get_model("diptych", "ArticleAuthor").objects.filter(article=OuterRef("pk"))
    articles = apps.get_model("diptych", "ArticlePage").objects.visible_in(language)
    if only is not None:
        near = _near(language, original_ids(only)).values("target__page_id")
        articles = articles.filter(Q(pk__in=near) | Q(pk__in=named | set(only)))
    first = Subquery(authors.order_by("sort_order").values("author_id")[:1])
    rows = articles.order_by().annotate(first_author=first)
    names = ("pk", "alias_of", "first_author", *(["url_path"] if are_several() else []))
    found = rows.values_list(*names)
    return {row[0]: Candidate(*row) for row in found}


def _near(language, originals=None):
    rows = RelatedPage.objects.filter(source__language=language)
    return rows if originals is None else rows.filter(source__page_id__in=originals)


def _near_each(language, readable, only, picks):
    """The readable articles, each with the scores of those near it by their ids."""
    if only is None:
        left = dict.fromkeys(picks)
        for pk, near in _grouped(_near(language)):
            left.pop(pk, None)
            if pk in readable:
                yield pk, near
        for pk in left:
            if pk in readable and original_id(readable[pk]) == pk:
                yield pk, {}
        return
    asked = {pk: original_id(readable[pk]) for pk in only if pk in readable}
    known = dict(_grouped(_near(language, set(asked.values()))))
    for pk, original in asked.items():
        yield pk, known.get(original, {})


def _grouped(near):
    names = ("source__page_id", "target__page_id", "score")
    rows = near.order_by("source__page_id").values_list(*names).iterator()
    for pk, group in groupby(rows, itemgetter(0)):
        yield pk, {target: score for _source, target, score in group}


def _candidates(picks, near, readable, root_path):
    """The picks in their order, then what is near below ``root_path``, the nearest first."""
    places = {pk: place for place, pk in enumerate(dict.fromkeys(picks))}
    found = [
        replace(readable[pk], place=places.get(pk, NOWHERE), nearness=near.get(pk, 0))
        for pk in {**places, **near}
        if pk in readable and (pk in places or readable[pk].is_below(root_path))
    ]
    found.sort(key=attrgetter("nearness", "pk"), reverse=True)
    found.sort(key=attrgetter("place"))
    return found
