"""What readers of each language will be shown below an article, what else is near, and why."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.desk.addresses import edit_url
from articles.desk.listings import name_in_admin
from articles.languages.admin.states import language_heading
from articles.languages.available import available_languages, translated_language_name
from articles.models import ArticleAuthor, ArticlePage, AuthorPage, JournalSettings, TopicPage
from articles.related.live import near
from articles.related.suggestions import NOWHERE, linked_pages, varied

#: So many are offered beside those that will be shown.
OTHERS = 5


@dataclass
class Proposal:
    page_id: int
    name: str
    edit_url: str
    is_pick: bool = False
    why: str = ""


def proposals(request, page):
    """For each language what the panel says of it."""
    limit = JournalSettings.for_request(request).related_count
    return [_in_language(page, language, limit) for language in available_languages()]


def _in_language(page, language, limit):
    picks = list(dict.fromkeys(entry.suggestion_id for entry in page.picks.all()))
    body = page.text_in("body", language)
    linked = page.body.stream_block.linked_ids(body)
    unwanted = {entry.excluded_id for entry in page.exclusions.all()}
    unwanted |= {*linked, *linked_pages(page, language), page.pk}
    found = {each.page_id: each for each in near(page, language)}
    articles = _articles([*picks, *found], language)
    visible = {pk for pk, article in articles.items() if article.is_shown} - unwanted
    chosen = [pk for pk in picks if pk in visible]
    candidates = []
    for pk, each in found.items():
        if pk in visible and pk not in picks:
            articles[pk].place, articles[pk].nearness = NOWHERE, each.score
            candidates.append(articles[pk])
    room = max(limit - len(chosen), 0)
    shown = [article.pk for article in varied(candidates, room)]
    others = [each.pk for each in candidates if each.pk not in shown][:OTHERS]
    why = _Why([found[pk] for pk in [*shown, *others]])

    def proposal(pk):
        words = "" if pk in picks else why.of(found[pk])
        name = _name(articles[pk], language)
        return Proposal(pk, name, edit_url(pk, language), pk in picks, words)

    is_written = bool(page.text_in("headline", language))
    return {
        "code": language,
        "heading": language_heading(language),
        "name": translated_language_name(language),
        "is_written": is_written,
        "shown": [proposal(pk) for pk in [*chosen[:limit], *shown]],
        "others": [proposal(pk) for pk in others],
        "missing": _missing(picks, articles, shown, proposal) if is_written else [],
    }


def _missing(picks, articles, shown, proposal):
    """Each pick that readers cannot open, with what they get instead or ``None``."""
    hidden = [pk for pk in picks if pk in articles and not articles[pk].is_shown]
    instead = [proposal(pk) for pk in shown[: len(hidden)]]
    instead += [None] * (len(hidden) - len(instead))
    return list(zip(map(proposal, hidden), instead, strict=True))


def _articles(ids, language):
    """The articles by id, with their first authors and whether readers can open them."""
    authors = ArticleAuthor.objects.filter(article=OuterRef("pk")).order_by("sort_order")
    first = Subquery(authors.values("author_id")[:1])
    found = ArticlePage.objects.defer_streamfields().annotate(first_author=first).in_bulk(ids)
    visible = ArticlePage.objects.visible_in(language).filter(pk__in=ids)
    shown = set(visible.values_list("pk", flat=True))
    for pk, article in found.items():
        article.is_shown = pk in shown
    return found


def _name(article, language):
    return article.text_in("headline", language) or name_in_admin(article)


class _Why:
    """Says what each of some articles shares with the one being written."""

    def __init__(self, found):
        topics = {pk for each in found for pk in each.topics}
        authors = {pk for each in found for pk in each.authors}
        self.topics = TopicPage.objects.in_bulk(topics)
        self.authors = AuthorPage.objects.in_bulk(authors)

    def of(self, each):
        parts = []
        topics = [name_in_admin(self.topics[pk]) for pk in each.topics if pk in self.topics]
        authors = [name_in_admin(self.authors[pk]) for pk in each.authors if pk in self.authors]
        if topics:
            parts.append(_("Same topics: %(names)s") % {"names": _listed(topics)})
        if each.terms:
            terms = [_("“%(word)s”") % {"word": term} for term in each.terms]
            parts.append(_("Both speak of %(words)s") % {"words": _listed(terms)})
        if authors:
            parts.append(_("Same author: %(names)s") % {"names": _listed(authors)})
        if each.same_series:
            parts.append(_("Same series"))
        return " · ".join(parts)


def _listed(names):
    return pgettext("between the names in a list", ", ").join(names)
