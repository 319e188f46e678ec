"""The articles suggested below one article, and below each of many."""

from collections import defaultdict
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from django.db.models import (
    BigIntegerField,
    BooleanField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from diptych.articles.caching.versions import depends_on
from diptych.articles.languages.config.content import strings_in
from diptych.articles.languages.config.primary_keys import id_in
from diptych.articles.languages.index.aliases import original_id, original_ids
from diptych.articles.languages.index.querysets import plain
from diptych.articles.languages.index.sites import are_several, root_path_above, roots_apart
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.publication.readiness.advice import PAGE_LINK
from diptych.articles.lists.related_articles import PickedId
from diptych.articles.models import ArticleAuthor, ArticlePage, ExcludedArticle, PickedArticle
from diptych.articles.related.models import Neighbour
from diptych.articles.related.selection import NOT_PICKED, Candidate, select

#: The default number of articles below one.
LIMIT = 3


def related_below(article, language, linked=(), limit=LIMIT):
    """The ids of up to ``limit`` articles to suggest below ``article``, best first.

    ``linked`` are the ids of articles that its page shows already. Returns the suggestions, and
    those of ``linked`` that readers of ``language`` can open; picks as :class:`PickedId`. A few
    plain queries. In a preview, the picks and exclusions are those of the form.
    """
    own, linked = original_id(article), set(linked) - {article.pk}
    near = dict(_neighbours(own, language))
    picks, exclusions = _chosen(article)
    readable = _readable_among({*near, *picks, *linked}, language)
    depends_on(*(f"page:{pk}" for pk in (own, *near, *picks, *linked, *exclusions)))
    shown = [pk for pk in linked if pk in readable and original_id(readable[pk]) != own]
    in_text = linked_pages(article, language)
    originals = _originals({*exclusions, *in_text})
    unwanted = {own, *(originals[pk] for pk in exclusions)}
    led_to = {original_id(readable[pk]) for pk in linked if pk in readable}
    led_to.update(originals[pk] for pk in in_text)
    candidates = _candidates(picks, near, readable)
    found = select(candidates, limit, unwanted, led_to, root_path_above(article))
    return [_id(each) for each in found], shown


def _id(candidate):
    return candidate.pk if candidate.place == NOT_PICKED else PickedId(candidate.pk)


def _neighbours(original, language):
    rows = Neighbour.objects.filter(source__page_id=original, source__language=language)
    return rows.values_list("target__page_id", "score")


def _chosen(article):
    """The ids of the picks of an article, in order, and of its exclusions; stored or held."""
    picks = _ids(article.picks.all(), "suggestion_id")
    return picks, _ids(article.exclusions.all(), "excluded_id")


def _ids(entries, name):
    """The column ``name`` of ``entries``; without a number, they come as they are stored."""
    if not isinstance(entries, QuerySet):
        return [getattr(entry, name) for entry in entries]
    rows = entries.order_by().values_list("sort_order", "pk", name)
    in_order = sorted((pk if order is None else order, pk, each) for order, pk, each in rows)
    return [each for _order, _pk, each in in_order]


def _readable_among(ids, language):
    """The :class:`Candidate` articles of ``ids`` that readers can open, by id; two queries."""
    if not ids:
        return {}
    visible = PageLanguage.objects.visible_in(language)
    facts = visible.filter(page__in=ids).values_list("page", "page__alias_of", "page__url_path")
    authors = plain(ArticleAuthor).filter(article__in=ids).order_by("-sort_order", "-pk")
    first_authors = dict(authors.values_list("article_id", "author_id"))
    return {
        pk: Candidate(pk, alias_of, first_authors.get(pk), url_path)
        for pk, alias_of, url_path in facts
    }


def _originals(ids):
    """The original of each of the pages ``ids``, readable or not; a query where there are any."""
    if not ids:
        return {}
    aliases = plain(ArticlePage).filter(pk__in=ids, alias_of__isnull=False)
    return {pk: pk for pk in ids} | dict(aliases.values_list("pk", "alias_of"))


def linked_pages(article, language):
    """The ids of the pages that the text in ``language`` links to, without a query."""
    body = article.text_in("body", language)
    found = PAGE_LINK.findall("\n".join(strings_in(list(body.raw_data)))) if body else []
    return {id_in(pk) for pk in found} - {None}


# Many articles


def _first_author():
    authors = ArticleAuthor.objects.filter(article=OuterRef("pk")).order_by("sort_order")
    return Subquery(authors.values("author_id")[:1])


def related_to_each(articles, language, limit):
    """For each of ``articles``, by id, the ids to suggest below it to readers of ``language``."""
    linked = {article.pk: _linked(article, language) for article in articles}
    if not linked or not limit:
        return {}
    return dict(related_ids(language, limit, linked, only=list(linked)))


def _linked(article, language):
    body = article.text_in("body", language)
    return {*article.body.stream_block.linked_ids(body), *linked_pages(article, language)}


def related_ids(language, limit, linked, only=None):
    """For each article the ids to suggest below it to readers of ``language``; three queries.

    ``linked`` maps articles to those that their pages lead to already. ``only`` are the ids of
    the articles asked about, else it is all but aliases: they come one after the other, so that
    the largest journals need little memory.
    """
    picks, exclusions = _choices(only)
    named = {pk for found in (picks, exclusions, linked) for each in found.values() for pk in each}
    readable = _readable(language, only, named)
    roots = roots_apart()

    def original(pk):
        return original_id(readable[pk]) if pk in readable else pk

    for pk, near in _near_each(language, readable, only, picks):
        unwanted = set(map(original, (pk, *exclusions.get(pk, ()))))
        led_to = set(map(original, linked.get(pk, ())))
        candidates = _candidates(picks.get(pk, ()), near, readable)
        root_path = root_path_above(readable[pk], roots)
        found = select(candidates, limit, unwanted, led_to, root_path)
        yield pk, [_id(each) for each in found]


def _choices(only):
    """The editors' picks for each article, in order, and their exclusions."""
    picked = _rows(PickedArticle, "suggestion_id", only)
    excluded = _rows(ExcludedArticle, "excluded_id", only)
    picks, exclusions = defaultdict(list), defaultdict(list)
    for is_pick, _place, _pk, article, other in sorted(picked.union(excluded, all=True).order_by()):
        (picks if is_pick else exclusions)[article].append(other)
    return picks, exclusions


def _rows(model, name, only):
    rows = model.objects.order_by()
    if only is not None:
        rows = rows.filter(article_id__in=only)
    is_pick = Value(model is PickedArticle, BooleanField())
    order = Coalesce("sort_order", "pk", output_field=BigIntegerField())
    return rows.annotate(is_pick=is_pick, order=order).values_list(
        "is_pick", "order", "pk", "article_id", name
    )


def _readable(language, only, named):
    """The :class:`Candidate` articles that readers can open, by id.

    All of them, or those of ``only``, ``named``, and their neighbours.
    """
    articles = ArticlePage.objects.visible_in(language)
    if only is not None:
        near = _near(language, original_ids(only)).values("target__page_id")
        articles = articles.filter(Q(pk__in=near) | Q(pk__in=named | set(only)))
    rows = articles.order_by().annotate(first_author=_first_author())
    names = ("pk", "alias_of", "first_author", *(["url_path"] if are_several() else []))
    return {row[0]: Candidate(*row) for row in rows.values_list(*names)}


def _near(language, originals=None):
    rows = Neighbour.objects.filter(source__language=language)
    return rows if originals is None else rows.filter(source__page_id__in=originals)


def _near_each(language, readable, only, picks):
    """The readable articles, each with the scores of its neighbours by their ids."""
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


def _candidates(picks, near, readable):
    places = {pk: place for place, pk in enumerate(dict.fromkeys(picks))}
    return [
        replace(readable[pk], place=places.get(pk, NOT_PICKED), similarity=near.get(pk, 0))
        for pk in {**places, **near}
        if pk in readable
    ]
