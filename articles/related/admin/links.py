"""How readers of a language are led from one article to others."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import swapper
from django.contrib.contenttypes.models import ContentType
from wagtail.models import ReferenceIndex

from diptych.articles.languages.config.language_config import column
from diptych.articles.languages.index.aliases import originals_by_alias
from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage, PickedArticle, SeriesPage
from diptych.articles.related.suggestions import related_ids


@dataclass
class Links:
    """How many articles each article is ``shown`` below, how many editors have ``picked`` it for,
    and from how many pages a text or the list of its series leads there (``linked``)."""

    shown: Counter = field(default_factory=Counter)
    picked: Counter = field(default_factory=Counter)
    linked: Counter = field(default_factory=Counter)


def links_in(language, limit):
    """The :class:`Links` for readers of ``language``, up to ``limit`` below each article.

    Aliases do not count; links to an alias count for its original. About ten queries, independent
    of the number of articles.
    """
    visible = PageLanguage.objects.visible_in(language).filter(page__alias_of__isnull=True)
    visible = set(visible.order_by().values_list("page_id", flat=True))
    originals = originals_by_alias()
    linked = _linked(language, visible, originals)
    links = Links()
    for targets in linked.values():
        links.linked.update(targets)
    picks = PickedArticle.objects.order_by().values_list("article_id", "suggestion_id")
    picks = {(article, originals.get(pick, pick)) for article, pick in picks if article in visible}
    links.picked.update(pick for article, pick in picks if article != pick)
    if limit:
        for _article, below in related_ids(language, limit, linked):
            links.shown.update(originals.get(pk, pk) for pk in below)
    return links


def _linked(language, visible, originals):
    """For each page the others that its text in ``language`` leads to, or its series."""
    linked = defaultdict(set)
    for page, named in _references(language):
        target = originals.get(named, named)
        if page in visible and page != target:
            linked[page].add(target)
    for parts in _series(visible):
        for part in parts:
            linked[part] |= parts - {part}
    return linked


def _references(language):
    """``(page, page)`` for each link or block in a text of ``language``, from Wagtail's index."""
    pages = ContentType.objects.get_for_model(swapper.load_model("wagtailcore", "Page"))
    ending = column("", language)
    references = ReferenceIndex.objects.filter(
        base_content_type=pages, to_content_type=pages, model_path__contains=ending
    )
    names = ("object_id", "to_object_id", "model_path")
    for page, target, path in references.values_list(*names).iterator():
        if path.partition(".")[0].endswith(ending):
            yield int(page), int(target)


def _series(visible):
    """The parts of each series that has a page in the language."""
    series = SeriesPage.objects.order_by().values_list("pk", flat=True)
    known = {pk: set() for pk in series if pk in visible}
    parts = ArticlePage.objects.filter(series__in=known).order_by()
    for pk, each in parts.values_list("pk", "series_id"):
        if pk in visible:
            known[each].add(pk)
    return known.values()
