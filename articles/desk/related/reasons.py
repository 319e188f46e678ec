"""Why an article belongs beside another one, in the words of whoever edits it."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from articles.desk.listings import name_in_admin
from articles.languages.available import available_languages, translated_language_name
from articles.models import AuthorPage, TopicPage
from articles.search.analysis.words import is_common, words_of

#: So many shared terms are named.
NAMED = 5
#: So many digits may be a year.
YEAR = 4


class Reasons:
    """What each of some articles shares with the one being written in ``language``.

    ``found`` are ``Near`` ones. Two queries, for all of them.
    """

    def __init__(self, language, found):
        self.language = language
        topics = {pk for each in found for pk in each.topics}
        authors = {pk for each in found for pk in each.authors}
        self.topics = TopicPage.objects.in_bulk(topics)
        self.authors = AuthorPage.objects.in_bulk(authors)

    def of(self, near):
        """Each reason as a phrase of its own, the most telling first."""
        reasons = []
        topics = _names(self.topics, near.topics)
        authors = _names(self.authors, near.authors)
        if topics:
            same = ngettext("Same topic: %(names)s", "Same topics: %(names)s", len(topics))
            reasons.append(same % {"names": _listed(topics)})
        reasons += self._of_words(near.terms)
        if authors:
            same = ngettext("Same author: %(names)s", "Same authors: %(names)s", len(authors))
            reasons.append(same % {"names": _listed(authors)})
        if near.same_series:
            reasons.append(_("Same series"))
        return reasons or [_of_the_rest(near)]

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
    """A list of ``terms`` between the quotation marks of whoever reads it."""
    marked = [format_html('<span lang="{}">{}</span>', language, term) for term in terms]
    separator = pgettext("between the names in a list", ", ")
    quoted = [(format_html(_("“{word}”"), word=each),) for each in marked]
    return format_html_join(separator, "{}", quoted)


def _of_the_rest(near):
    """What brings two articles together that share nothing to speak of."""
    if any(near.terms.values()):
        return _("Only everyday words in common")
    return _("Nothing in common; it is one of the newest")


def _names(pages, ids):
    return [name_in_admin(pages[pk]) for pk in ids if pk in pages]


def _listed(names):
    return pgettext("between the names in a list", ", ").join(names)


def telling(terms):
    """The first of ``terms`` that tell somebody something, the heaviest of them first.

    Words that every text is full of count where texts are compared, and explain nothing, as do
    numbers that are no year; a word that stands in a pair among them says no more than the pair.
    """
    chosen, taken = [], set()
    for term in terms:
        words = {each.casefold() for each in term.split()}
        if not words & taken and not _has_common_word(term) and not _has_small_number(words):
            chosen.append(term)
            taken |= words
            if len(chosen) == NAMED:
                break
    return chosen


def _has_small_number(words):
    return any(word.isdecimal() and len(word) < YEAR for word in words)


def _has_common_word(term):
    """An article quotes other languages than its own, whose little words are as common."""
    return any(
        is_common(each.word, language)
        for language in available_languages()
        for each in words_of(term, language)
    )
