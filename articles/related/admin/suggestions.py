"""Preview of the suggestions for an article in each language, with candidates and reasons."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import OuterRef, Subquery
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from diptych.articles.languages.admin.links import edit_url
from diptych.articles.languages.admin.listings.base import name_in_admin
from diptych.articles.languages.admin.listings.states import language_heading
from diptych.articles.languages.config.language_config import (
    available_languages,
    translated_language_name,
)
from diptych.articles.languages.index.aliases import original_id
from diptych.articles.languages.index.sites import root_path_above
from diptych.articles.languages.models import PageLanguage
from diptych.articles.linguistics.folding import fold
from diptych.articles.linguistics.quotations import within_quotation
from diptych.articles.linguistics.tokenizer import is_function_word
from diptych.articles.lists.previous_and_next import series_parts
from diptych.articles.models import (
    ArticleAuthor,
    ArticlePage,
    AuthorPage,
    JournalSettings,
    TopicPage,
)
from diptych.articles.related.selection import NOT_PICKED, select
from diptych.articles.related.suggestions import linked_pages

#: So many shared terms are named.
NAMED = 5
#: With fewer telling words, none are named.
FEWEST = 2


class Reasons:
    """The terms, topics and authors shared with the article edited in ``language``.

    ``found`` are ``SimilarArticle`` ones. Two queries, for all of them.
    """

    def __init__(self, language, found):
        self.language = language
        topics = {pk for each in found for pk in each.topics}
        authors = {pk for each in found for pk in each.authors}
        self.topics = TopicPage.objects.in_bulk(topics)
        self.authors = AuthorPage.objects.in_bulk(authors)

    def of(self, similar):
        """Each reason as a phrase of its own, the most telling first; there may be none."""
        reasons = []
        topics = _names(self.topics, similar.topics)
        authors = _names(self.authors, similar.authors)
        if topics:
            same = ngettext("Same topic: %(names)s", "Same topics: %(names)s", len(topics))
            reasons.append(same % {"names": _listed(topics)})
        reasons += self._of_words(similar.terms)
        if authors:
            same = ngettext("Same author: %(names)s", "Same authors: %(names)s", len(authors))
            reasons.append(same % {"names": _listed(authors)})
        if similar.same_series:
            reasons.append(_("Same series"))
        return reasons

    def _of_words(self, shared):
        for language, terms in shared.items():
            words = _quoted(telling(terms), language)
            if words and language == self.language:
                yield format_html(_("Both speak of {words}"), words=words)
            elif words:
                name = translated_language_name(language)
                yield format_html(
                    _("In {language}, both speak of {words}"), language=name, words=words
                )


def _quoted(terms, language):
    """A list of ``terms`` in the quotation marks of the active language."""
    marked = [format_html('<span lang="{}">{}</span>', language, term) for term in terms]
    separator = pgettext("between the names in a list", ", ")
    quoted = [(format_html(_("“{word}”"), word=each),) for each in marked]
    return format_html_join(separator, "{}", quoted)


def _names(pages, ids):
    return [name_in_admin(pages[pk]) for pk in ids if pk in pages]


def _listed(names):
    return pgettext("between the names in a list", ", ").join(names)


def telling(terms):
    """The first distinctive ``terms`` of two texts; none if they are too few words.

    ``terms`` are rare in the journal and frequent in the text. Function words of any language and
    numbers are left out; a word of a bigram among them is not repeated.
    """
    chosen, taken = [], set()
    for term in terms:
        words = {fold(word) for word in term.split()}
        if not words & taken and all(map(_is_telling, words)):
            chosen.append(term)
            taken |= words
            if len(chosen) == NAMED:
                break
    return chosen if len(taken) >= FEWEST else []


def _is_telling(word):
    """Whether a folded word is neither a function word of any language nor a number."""
    return not any(character.isdigit() for character in word) and not any(
        is_function_word(word, language) for language in available_languages()
    )


#: The number of further articles offered besides those that will be shown.
OTHERS = 5
#: So many of those that will be shown are listed at once; the rest on demand.
AT_ONCE = 3


@dataclass
class Proposal:
    page_id: int
    name: str
    edit_url: str
    is_pick: bool = False
    reasons: list = field(default_factory=list)

    @property
    def quoted(self):
        """Its name as it stands between the quotation marks of the interface language."""
        return within_quotation(self.name)


def proposals(request, page):
    """The data of the panel for each language."""
    limit = JournalSettings.for_request(request).related_count
    return [InLanguage(page, language, limit) for language in available_languages()]


class InLanguage:
    """The suggestions below ``page`` in ``language`` if the form is published unchanged.

    ``shown`` are the suggestions for readers and ``others`` further similar articles; ``first`` and
    ``rest`` divide ``shown`` into those listed at once and the others. Of the picks not shown to
    readers, ``missing`` are those not live in the language, each with its replacement or ``None``;
    ``private`` those that not every visitor may see, ``excluded`` those that are excluded as well,
    ``own`` the article itself, and ``beyond`` those beyond the limit.
    """

    def __init__(self, page, language, limit):
        self.page, self.code, self.limit = page, language, limit
        self.heading = language_heading(language)
        self.name = translated_language_name(language)
        self.is_written = bool(page.text_in("headline", language))
        # NumPy is loaded by the first article that is compared.
        from diptych.articles.related.preview import similar_articles

        self._found = {each.page_id: each for each in similar_articles(page, language)}
        self._picks = list(dict.fromkeys(entry.suggestion_id for entry in page.picks.all()))
        self._excluded = {entry.excluded_id for entry in page.exclusions.all()}
        self._linked = _linked(page, language)
        named = [*self._picks, *self._found, *self._excluded, *self._linked]
        self._articles = _articles(named, language)
        self._arrange()

    def _arrange(self):
        own = original_id(self.page)
        excluded, linked = self._originals(self._excluded), self._originals(self._linked)
        candidates = [self._candidate(pk) for pk in {**dict.fromkeys(self._picks), **self._found}]
        candidates = [each for each in candidates if each and each.is_shown]
        unwanted, root_path = {own, *excluded}, root_path_above(self.page)
        shown = [each.pk for each in select(candidates, self.limit, unwanted, linked, root_path)]
        unwanted |= self._originals([*self._picks, *shown])
        others = [each.pk for each in select(candidates, OTHERS, unwanted, linked, root_path)]
        explained = [pk for pk in [*shown, *others] if pk not in self._picks]
        self._reasons = Reasons(self.code, [self._found[pk] for pk in explained])
        self.shown = [self._proposal(pk) for pk in shown]
        self.first, self.rest = self.shown[:AT_ONCE], self.shown[AT_ONCE:]
        self.others = [self._proposal(pk) for pk in others]
        self.missing = self.private = self.excluded = self.own = self.beyond = ()
        if self.is_written:
            self._sort_out(self._picks_once(), own, excluded, shown)

    def _sort_out(self, picks, own, excluded, shown):
        """Set why each of ``picks`` that is not among ``shown`` cannot be."""
        found = defaultdict(list)
        for pk in picks:
            found[self._fault(pk, own, excluded)].append(pk)
        self.missing = self._instead_of(found["missing"], [pk for pk in shown if pk not in picks])
        for name in ("private", "excluded", "own"):
            setattr(self, name, [self._proposal(pk) for pk in found[name]])
        self.beyond = [self._proposal(pk) for pk in found[""][self.limit :]]

    def _fault(self, pk, own, excluded):
        """Why the pick ``pk`` cannot be shown, by the attribute that lists it, or ``""``."""
        article = self._articles[pk]
        if self._original(pk) == own:
            return "own"
        if self._original(pk) in excluded:
            return "excluded"
        if article.is_private:
            return "private"
        return "" if article.is_shown else "missing"

    def _candidate(self, pk):
        """The article ``pk`` as ``select`` takes it, or ``None`` if there is none."""
        article = self._articles.get(pk)
        if article is not None:
            is_pick = pk in self._picks
            article.place = self._picks.index(pk) if is_pick else NOT_PICKED
            article.similarity = self._found[pk].score if pk in self._found else 0
        return article

    def _original(self, pk):
        """The article whose text the article ``pk`` shows: a page and its aliases are one."""
        article = self._articles.get(pk)
        return original_id(article) if article is not None else pk

    def _originals(self, ids):
        return set(map(self._original, ids))

    def _picks_once(self):
        """The picks that are stored, under one address each."""
        ids = [pk for pk in self._picks if pk in self._articles]
        shown = sorted(ids, key=lambda pk: not self._articles[pk].is_shown)
        first = {self._original(pk): pk for pk in reversed(shown)}
        return [pk for pk in ids if first[self._original(pk)] == pk]

    def _instead_of(self, hidden, filling):
        """Each pick of ``hidden`` with its replacement, as long as there are any."""
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
    return linked | {part.pk for part in series_parts(page, language)}


def _articles(ids, language):
    """The articles by id, with their first authors and whether readers can open them.

    ``is_private`` are those that are live and can be opened by some.
    """
    authors = ArticleAuthor.objects.filter(article=OuterRef("pk")).order_by("sort_order")
    first = Subquery(authors.values("author_id")[:1])
    found = ArticlePage.objects.defer_streamfields().annotate(first_author=first).in_bulk(ids)
    rows = PageLanguage.objects.filter(page__in=ids, language=language, live=True)
    live = dict(rows.values_list("page", "is_private"))
    for pk, article in found.items():
        article.is_private = live.get(pk, False)
        article.is_shown = pk in live and not article.is_private
    return found
