"""The document that is indexed for a page in one language: its texts by field, date and facets."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.fields import RichTextField, StreamField

from diptych.articles.languages.config.dates import month_in_words
from diptych.articles.languages.config.fields import readable_columns
from diptych.articles.languages.config.language_config import column
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.translations.units import plain, texts_of
from diptych.articles.linguistics.languages import main_language
from diptych.articles.linguistics.stemming import form_of
from diptych.articles.linguistics.tokenizer import stop_word_bigrams, tokenize
from diptych.articles.models import (
    ArticlePage,
    AuthorPage,
    PrintIssuePage,
    SeriesPage,
    StandardPage,
    TopicPage,
)
from diptych.articles.models.pages import JournalPageMixin
from diptych.articles.richtext.footnotes import notes_in, without_notes
from diptych.articles.search.models import SearchEntry

Kind = SearchEntry.Kind
#: The kinds of the journal's pages that are found; lists of other pages are not.
KINDS = {
    ArticlePage: Kind.ARTICLE,
    AuthorPage: Kind.AUTHOR,
    TopicPage: Kind.TOPIC,
    SeriesPage: Kind.PAGE,
    PrintIssuePage: Kind.PAGE,
    StandardPage: Kind.PAGE,
}

#: The fields that summarize a page.
LEADS = ("lead", "introduction", "description", "role")
#: Occurrences from which on a word is indexed as one that a body has often.
OFTEN = 3
#: Line breaks and runs of plain spaces; the no-break spaces of French typography are kept.
BREAKS = re.compile(r"[ \t-\r\x00\x1c-\x1f\x85\u2028\u2029]+")
#: Characters of a body that are indexed; the longest novels are longer.
LONGEST_BODY = 400_000


@dataclass
class Document:
    """A page in one language, as it is indexed, counted by facets and shown."""

    language: str
    kind: str = ""
    day: int = 0
    facets: str = ""
    headline: str = ""
    lead: str = ""
    headings: list = field(default_factory=list)
    body: list = field(default_factory=list)
    #: Footnotes, which are read with the body and do not interrupt its sentences.
    notes: list = field(default_factory=list, repr=False)
    #: The tokens of lines, where two versions of a text are read.
    known: dict = field(default=None, repr=False)

    @property
    def original(self):
        names = ("headline", "lead", "headings", "body")
        return {name: getattr(self, name) for name in names}

    def analysed(self):
        """``(stems, tokens)``: the stems of each field as text, and a token of each word."""
        tokens = {name: self._tokens(value) for name, value in self.original.items()}
        stems = {
            name: "\n".join(" ".join(token.stem for token in line) for line in lines)
            for name, lines in tokens.items()
        }
        counts = Counter(token.stem for line in tokens["body"] for token in line)
        often = [stem for stem, count in counts.items() if count >= OFTEN]
        every = [line for lines in tokens.values() for line in lines]
        words = {}
        for line in every:
            for token in line:
                if token.word not in words or token.spelling.islower():
                    words[token.word] = token
        bigrams = {each: None for line in every for each in stop_word_bigrams(line, self.language)}
        forms = "\n".join(self._forms(lines) for lines in tokens.values())
        return (
            {**stems, "often": " ".join([*often, *bigrams]), "forms": forms},
            words,
        )

    def _forms(self, lines):
        """The forms of the words of a field, each once, see :func:`form_of`."""
        language = main_language(self.language)
        words = {token.word: None for line in lines for token in line}
        return " ".join(dict.fromkeys(form_of(word, language) for word in words))

    def _tokens(self, value):
        lines = [value] if isinstance(value, str) else value
        if self.known is None:
            return [tokenize(line, self.language) for line in lines]
        for line in lines:
            if line not in self.known:
                self.known[line] = tokenize(line, self.language)
        return [self.known[line] for line in lines]


def kind_of(page_class):
    """The kind of results that pages of a class are, or ``None`` if they are not found.

    Page types of the project in several languages are found, beside those of the journal.
    """
    known = next((kind for each, kind in KINDS.items() if issubclass(page_class, each)), None)
    is_of_project = issubclass(page_class, MultilingualPageMixin) and not issubclass(
        page_class, JournalPageMixin
    )
    return Kind.PAGE if is_of_project else known


def document_of(page, language):
    """The :class:`Document` of ``page``, which is of a kind that is found."""
    day = _day(page, language)
    document = Document(language, kind_of(type(page)), day.toordinal(), _facets(page, day))
    for name in readable_columns(type(page), language):
        if value := getattr(page, name):
            _add_text(document, page, name, value)
    if isinstance(page, PrintIssuePage):
        _add_issue(document, page)
    # At the end: a note is shown as a passage where nothing else has the words.
    document.body = _cut([*document.body, *document.notes])
    return document


def _add_text(document, page, name, value):
    """Add the value of a column to the field of the document in which it is searched."""
    if name == column("url_slug", document.language):
        return
    if isinstance(page._meta.get_field(name), StreamField):
        _add_stream(document, value)
    elif name == column("headline", document.language):
        document.headline = _one_line(value)
    elif name in {column(each, document.language) for each in LEADS}:
        is_html = isinstance(page._meta.get_field(name), RichTextField)
        text = _text_of(document, value) if is_html else value
        document.lead = _one_line(f"{document.lead} {text}")
    else:
        document.body.append(_one_line(_text_of(document, str(value))))


def _add_issue(document, issue):
    """Add the number and the month of a print issue, as they are written and as they are typed."""
    number = rf"(?<!\w){re.escape(issue.number)}(?!\w)"
    words = []
    with override(document.language):
        if issue.publication_date:
            words.append(month_in_words(issue.publication_date))
        if issue.number:
            # Translators: all ways in which readers may type the number of a print issue.
            typed = _("no. %(number)s, number %(number)s, issue %(number)s, n° %(number)s")
            words.append(typed % {"number": issue.number})
        is_named = issue.name.casefold() in document.headline.casefold()
        if not is_named and not (issue.number and re.search(number, document.headline)):
            document.headline = f"{document.headline} ({issue.name})"
    document.lead = " ".join(filter(None, [document.lead, *words]))


def _add_stream(document, stream):
    known = stream.stream_block.child_blocks
    for stored in stream.raw_data:
        block = known.get(stored["type"])
        if block is not None and getattr(block, "search_index", True):
            lines = document.headings if stored["type"] == "heading" else document.body
            texts = texts_of(block, stored["value"], partial(_text_of, document))
            lines.append(_one_line(" ".join(texts)))


def _text_of(document, html):
    """The text of ``html`` without its footnotes, which are added to ``document.notes``."""
    document.notes += [_one_line(plain(note)) for note in notes_in(html)]
    return plain(without_notes(html))


def _one_line(text):
    return BREAKS.sub(" ", text).strip()


def _cut(lines):
    """As many of ``lines`` as are indexed, without empty ones."""
    kept, room = [], LONGEST_BODY
    for line in filter(None, lines):
        if room <= 0:
            break
        kept.append(line[:room])
        room -= len(line)
    return kept


def _day(page, language):
    """The date printed on ``page``, in the time zone of the journal."""
    moment = (
        getattr(page, "publication_date", None)
        or page.text_in("first_public_at", language)
        or page.first_published_at
        or timezone.now()
    )
    if not isinstance(moment, datetime):
        return moment
    return (timezone.localtime(moment) if timezone.is_aware(moment) else moment).date()


def _facets(page, day):
    """The facet tokens of an article, for :attr:`SearchEntry.facets`."""
    if not isinstance(page, ArticlePage):
        return ""
    topics = sorted({f"t{entry.topic_id}" for entry in page.topics.all()})
    authors = sorted({f"a{entry.author_id}" for entry in page.authors.all()})
    return f" {' '.join([*topics, *authors, f'y{day.year}'])} "
