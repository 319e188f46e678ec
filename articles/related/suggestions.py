"""The articles suggested after another."""

import re
from itertools import islice

from django.apps import apps
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from articles.languages.models import PageLanguage
from articles.related.models import RelatedPage
from articles.related.nearness import SCALE

LIMIT = 3
#: So many can be shown at most.
MOST_RELATED = 12
#: So many more are looked at, for others to choose from where one author has written them all.
SPARE = 6
#: A third article by one author gives way to another's that is at most so much less near.
NEARLY = SCALE * 0.05

PAGE_LINK = re.compile(r"<a\b(?=[^>]*\blinktype=\"page\")[^>]*\bid=\"(\d+)\"")


def related_articles(article, language, linked=(), limit=LIMIT):
    """Up to ``limit`` other articles that readers of ``language`` can open, best first.

    The editors' picks come first, in their order; then what is nearest. Never the article
    itself, never one twice, none that the editors have excluded, and none of ``linked``, the ids
    of articles that its page shows already, nor any that its text links to.

    Returns the suggestions, and those of ``linked`` that can be read, by id. One query.
    """
    linked = set(linked) - {article.pk}
    found = list(_found(article, language, linked)[: len(linked) + limit + SPARE])
    shown = {each.pk: each for each in found if each.pk in linked}
    others = [each for each in found if each.pk not in linked]
    return varied(others, limit), shown


def _found(article, language, linked):
    """``linked``, then the picks in order, then what is near, as readers may see them."""
    articles = type(article).objects
    near = RelatedPage.objects.filter(source__page_id=article.pk, source__language=language)
    picks, exclusions = (
        chosen(article.picks, "suggestion_id"),
        chosen(article.exclusions, "excluded_id"),
    )
    candidates = near.values("target__page_id").union(picks.ids(articles), all=True)
    unwanted = [*linked_pages(article, language), article.pk]
    # Whether each of the few can be seen is asked of each, instead of all that can be seen.
    visible = PageLanguage.objects.visible_in(language).filter(page_id=OuterRef("pk"))
    nearness = near.filter(target__page_id=OuterRef("pk")).values("score")[:1]
    authors = apps.get_model("diptych", "ArticleAuthor").objects.filter(article=OuterRef("pk"))
    suggested = Q(pk__in=candidates) & ~Q(pk__in=exclusions.ids(articles)) & ~Q(pk__in=unwanted)
    return (
        articles.filter(suggested | Q(pk__in=linked) if linked else suggested)
        .filter(Exists(visible))
        .annotate(
            place=Case(When(pk__in=linked, then=-1), default=picks.place),
            choice=picks.choice,
            nearness=Coalesce(Subquery(nearness), 0),
            first_author=Subquery(authors.order_by("sort_order").values("author_id")[:1]),
        )
        .order_by("place", "choice", "-nearness", "-pk")
        .for_cards()
    )


def chosen(manager, name):
    """What editors have chosen for an article: as it is stored, or in a preview as it is held."""
    entries = manager.all()
    return (
        StoredChoice(entries, name) if isinstance(entries, QuerySet) else HeldChoice(entries, name)
    )


#: The place of an article that nobody has chosen.
NOWHERE = 1_000_000


class StoredChoice:
    def __init__(self, entries, name):
        self.entries, self.name = entries, name

    def ids(self, articles):
        return self.entries.order_by().values(self.name)

    @property
    def place(self):
        place = Coalesce(Subquery(self._same.values("sort_order")[:1]), 0)
        return Case(When(Exists(self._same), then=place), default=Value(NOWHERE))

    @property
    def choice(self):
        """Tells apart those that a program has stored without a place."""
        return Coalesce(Subquery(self._same.values("pk")[:1]), 0)

    @property
    def _same(self):
        return self.entries.filter(**{self.name: OuterRef("pk")}).order_by("sort_order", "pk")


class HeldChoice:
    def __init__(self, entries, name):
        self.held = list(dict.fromkeys(getattr(entry, name) for entry in entries))

    def ids(self, articles):
        return articles.filter(pk__in=self.held).order_by().values("pk")

    @property
    def place(self):
        whens = [When(pk=pk, then=Value(place)) for place, pk in enumerate(self.held)]
        return Case(*whens, default=Value(NOWHERE))

    choice = Value(0)


def linked_pages(article, language):
    """The ids of the pages that the text in ``language`` links to, without a query."""
    body = article.text_in("body", language)
    found = PAGE_LINK.findall("\n".join(_strings(list(body.raw_data)))) if body else []
    return {int(pk) for pk in found}


def _strings(stored):
    """Every text in a stream as it is stored."""
    if isinstance(stored, str):
        yield stored
    elif isinstance(stored, dict | list):
        for each in stored.values() if isinstance(stored, dict) else stored:
            yield from _strings(each)


def varied(articles, limit):
    """The first of ``articles``, without three in a row by one author where it can be helped."""
    left, chosen = list(articles), []
    while left and len(chosen) < limit:
        best = left[0]
        if best.place == NOWHERE and _is_repetitive(best, chosen):
            others = (each for each in left if not _is_repetitive(each, chosen))
            near = (each for each in others if each.nearness >= best.nearness - NEARLY)
            best = next(islice(near, 1), best)
        chosen.append(best)
        left.remove(best)
    return chosen


def _is_repetitive(article, chosen):
    """Whether the two before it are by its first author too."""
    authors = {each.first_author for each in chosen[-2:]}
    return len(chosen) > 1 and authors == {article.first_author} and None not in authors
