"""What readers of each language will be shown below an article, what else is near, and why."""

from dataclasses import dataclass, field

from django.db.models import OuterRef, Subquery

from articles.desk.addresses import edit_url
from articles.desk.listings import name_in_admin
from articles.desk.related.reasons import Reasons
from articles.languages.admin.states import language_heading
from articles.languages.aliases import original_id
from articles.languages.available import available_languages, translated_language_name
from articles.languages.sites import root_path_above
from articles.models import ArticleAuthor, ArticlePage, JournalSettings
from articles.neighbours import neighbours_of
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
    reasons: list = field(default_factory=list)


def proposals(request, page):
    """For each language what the panel says of it."""
    limit = JournalSettings.for_request(request).related_count
    return [InLanguage(page, language, limit) for language in available_languages()]


class InLanguage:
    """What stands below ``page`` in ``language`` if it is published as it is in the form.

    ``shown`` are what readers get and ``others`` what else is near. Of the picks that they do not
    get, ``missing`` are those not live in the language, each with what comes instead or ``None``;
    ``linked`` those that the article leads to already, and ``beyond`` those that are too many.
    """

    def __init__(self, page, language, limit):
        self.page, self.code, self.limit = page, language, limit
        self.heading = language_heading(language)
        self.name = translated_language_name(language)
        self.is_written = bool(page.text_in("headline", language))
        self._found = {each.page_id: each for each in near(page, language)}
        self._picks = list(dict.fromkeys(entry.suggestion_id for entry in page.picks.all()))
        self._excluded = {entry.excluded_id for entry in page.exclusions.all()}
        self._linked = _linked(page, language)
        named = [*self._picks, *self._found, *self._excluded, *self._linked]
        self._articles = _articles(named, language)
        self._arrange()

    def _arrange(self):
        excluded, linked = self._originals(self._excluded), self._originals(self._linked)
        known = self._each_once(self._picks, {original_id(self.page)})
        live = [pk for pk in known if self._articles[pk].is_shown]
        live = [pk for pk in live if self._original(pk) not in excluded]
        picks = [pk for pk in live if self._original(pk) not in linked]
        chosen = picks[: self.limit]
        unwanted = {*excluded, *linked, *self._originals(self._picks), original_id(self.page)}
        candidates = self._candidates(unwanted)
        filling = [each.pk for each in varied(candidates, self.limit - len(chosen))]
        others = [each.pk for each in candidates if each.pk not in filling][:OTHERS]
        self._reasons = Reasons(self.code, [self._found[pk] for pk in [*filling, *others]])
        self.shown = [self._proposal(pk) for pk in [*chosen, *filling]]
        self.others = [self._proposal(pk) for pk in others]
        self.missing = self.linked = self.beyond = ()
        if self.is_written:
            hidden = [pk for pk in known if not self._articles[pk].is_shown]
            self.missing = self._instead_of(hidden, filling)
            self.linked = [self._proposal(pk) for pk in live if self._original(pk) in linked]
            self.beyond = [self._proposal(pk) for pk in picks[self.limit :]]

    def _original(self, pk):
        """The article whose text the article ``pk`` shows: a page and its aliases are one."""
        article = self._articles.get(pk)
        return original_id(article) if article is not None else pk

    def _originals(self, ids):
        return set(map(self._original, ids))

    def _each_once(self, ids, unwanted):
        """Those of ``ids`` that are stored, without ``unwanted`` and under one address each."""
        ids = [pk for pk in ids if pk in self._articles and self._original(pk) not in unwanted]
        shown = sorted(ids, key=lambda pk: not self._articles[pk].is_shown)
        first = {self._original(pk): pk for pk in reversed(shown)}
        return [pk for pk in ids if first[self._original(pk)] == pk]

    def _candidates(self, unwanted):
        """What is near on the site and can be read, nearest first, as ``varied`` takes it."""
        candidates = []
        root_path = root_path_above(self.page)
        for pk, each in self._found.items():
            article = self._articles.get(pk)
            if article is None or not article.url_path.startswith(root_path):
                continue
            if article.is_shown and self._original(pk) not in unwanted:
                article.place, article.nearness = NOWHERE, each.score
                candidates.append(article)
        return candidates

    def _instead_of(self, hidden, filling):
        """Each pick of ``hidden`` with what comes in its place, while there is something."""
        instead = [self._proposal(pk) for pk in filling[: len(hidden)]]
        instead += [None] * (len(hidden) - len(instead))
        return list(zip(map(self._proposal, hidden), instead, strict=True))

    def _proposal(self, pk):
        article, is_pick = self._articles[pk], pk in self._picks
        name = article.text_in("headline", self.code) or name_in_admin(article)
        reasons = [] if is_pick else self._reasons.of(self._found[pk])
        return Proposal(pk, name, edit_url(pk, self.code), is_pick, reasons)


def _linked(page, language):
    """The ids of the articles that the page leads to before it comes to its suggestions."""
    body = page.text_in("body", language)
    linked = {*page.body.stream_block.linked_ids(body), *linked_pages(page, language)}
    if page.series_id:
        linked |= {part.pk for part in neighbours_of(page, language).parts}
    return linked


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
