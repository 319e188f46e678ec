"""The articles suggested after another."""

import re
from itertools import islice

from django.apps import apps
from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from articles.blocks.stored import strings_in
from articles.languages.aliases import ORIGINAL, original_id, original_ids
from articles.languages.models.page_language import PageLanguage
from articles.languages.sites import root_path_above
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
    of articles that its page shows already, nor any that its text links to. A page and its
    aliases count as one, and below an alias stands what belongs below the page. What is near is
    kept to the site of the article, what editors have picked is not.

    Returns the suggestions, and those of ``linked`` that can be read, by id. One query.
    """
    linked = set(linked) - {article.pk}
    # Each pick may name once more what is near, under another address.
    found = list(_found(article, language, linked)[: len(linked) + 2 * limit + SPARE])
    shown = {each.pk: each for each in found if each.pk in linked}
    shown = {pk: each for pk, each in shown.items() if original_id(each) != original_id(article)}
    others = [each for each in found if each.pk not in linked]
    known = map(original_id, [article, *shown.values()])
    return varied(each_once(others, known)[: limit + SPARE], limit), shown


def each_once(articles, known=()):
    """The first of each of ``articles`` and its aliases, without the originals in ``known``."""
    known, found = set(known), []
    for each in articles:
        if original_id(each) not in known:
            known.add(original_id(each))
            found.append(each)
    return found


def _found(article, language, linked):
    """``linked``, then the picks in order, then what is near, as readers may see them."""
    articles = type(article).objects
    rows = PageLanguage.objects.filter(language=language)
    own = rows.filter(page_id=original_id(article)).values("pk")[:1]
    near = RelatedPage.objects.filter(source=Subquery(own))
    picks = chosen(article.picks, "suggestion_id")
    # One branch for each: a database looks up what an `OR` would make it search for everywhere.
    branches = [near.values("target__page_id"), picks.ids(articles)]
    if linked:
        branches.append(articles.filter(pk__in=linked).order_by().values("pk"))
    candidates = branches[0].union(*branches[1:], all=True)
    suggested = _suggested(article, language, articles)
    target = rows.filter(page=OuterRef(OuterRef("pk"))).values("pk")[:1]
    nearness = near.filter(target=Subquery(target)).values("score")[:1]
    authors = apps.get_model("diptych", "ArticleAuthor").objects.filter(article=OuterRef("pk"))
    # Whether it can be seen is asked of each of the few; without `CASE`, PostgreSQL thinks longer
    # about how to join than it takes to ask.
    visible = PageLanguage.objects.visible_in(language).filter(page_id=OuterRef("pk"))
    found = (
        articles.alias(original=ORIGINAL)
        .filter(pk__in=candidates)
        .filter(Case(When(Exists(visible), then=True), default=False))
        .filter(suggested | Q(pk__in=linked) if linked else suggested)
        .annotate(
            place=_before(linked, picks.place),
            nearness=Coalesce(Subquery(nearness), 0),
            first_author=Subquery(authors.order_by("sort_order").values("author_id")[:1]),
        )
        .order_by("place", "-nearness", "-pk")
        .for_cards()
    )
    root_path = root_path_above(article)
    is_near = Q(url_path__startswith=root_path) | Q(place__lt=NOWHERE)
    return found.filter(is_near) if root_path else found


def _suggested(article, language, articles):
    """What is not the article, excluded or linked to in its text, by whichever address."""
    exclusions = chosen(article.exclusions, "excluded_id").ids(articles)
    suggested = ~Q(original__in=original_ids(exclusions)) & ~Q(original=original_id(article))
    linked = linked_pages(article, language)
    return suggested & ~Q(original__in=original_ids(linked)) if linked else suggested


def _before(linked, place):
    """``linked`` before all others, which stand in their ``place``."""
    if not linked:
        return place
    return Case(When(pk__in=linked, then=-1), default=place, output_field=BigIntegerField())


def chosen(manager, name):
    """What editors have chosen for an article: as it is stored, or in a preview as it is held."""
    entries = manager.all()
    return (
        StoredChoice(entries, name) if isinstance(entries, QuerySet) else HeldChoice(entries, name)
    )


#: The place of an article that nobody has chosen: behind every number there can be.
NOWHERE = BigIntegerField.MAX_BIGINT


class StoredChoice:
    def __init__(self, entries, name):
        self.entries, self.name = entries, name

    def ids(self, articles):
        return self.entries.order_by().values(self.name)

    @property
    def place(self):
        """What a program has stored without a place comes in the order it was stored."""
        order = Coalesce("sort_order", "pk", output_field=BigIntegerField())
        same = self.entries.filter(**{self.name: OuterRef("pk")}).order_by(order)
        return Coalesce(Subquery(same.values_list(order)[:1]), Value(NOWHERE, BigIntegerField()))


class HeldChoice:
    def __init__(self, entries, name):
        self.held = list(dict.fromkeys(getattr(entry, name) for entry in entries))

    def ids(self, articles):
        return articles.filter(pk__in=self.held).order_by().values("pk")

    @property
    def place(self):
        whens = [When(pk=pk, then=Value(place)) for place, pk in enumerate(self.held)]
        return Case(*whens, default=Value(NOWHERE), output_field=BigIntegerField())


def linked_pages(article, language):
    """The ids of the pages that the text in ``language`` links to, without a query."""
    body = article.text_in("body", language)
    found = PAGE_LINK.findall("\n".join(strings_in(list(body.raw_data)))) if body else []
    return {int(pk) for pk in found}


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
