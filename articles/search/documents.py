"""What search knows of a page in one language: its text by field, its date, its topics."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain

from django.utils import timezone
from wagtail.blocks import ChoiceBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.rich_text import get_text_for_indexing

from articles.analysis.tokenizer import pairs_of, words_of
from articles.languages.available import column
from articles.languages.fields import readable_columns
from articles.models import ArticlePage, AuthorPage, SeriesPage, StandardPage, TopicPage
from articles.search.models import SearchEntry

Kind = SearchEntry.Kind
#: The kinds of pages that are found. Lists of other pages are not: what they list is.
KINDS = {
    ArticlePage: Kind.ARTICLE,
    AuthorPage: Kind.AUTHOR,
    TopicPage: Kind.TOPIC,
    SeriesPage: Kind.PAGE,
    StandardPage: Kind.PAGE,
}

#: The fields that say in a few lines what a page is about.
LEADS = ("lead", "introduction", "description", "role")
#: A word that stands so often in a text is what the text is about.
OFTEN = 3
BREAKS = re.compile(r"[ \t-\r\x00\x1c-\x1f\x85\u2028\u2029]+")
#: Characters of a text that are searched; the longest novels are longer.
LONGEST_BODY = 400_000


@dataclass
class Document:
    """A page in one language, as it is searched, counted and shown."""

    language: str
    kind: str
    day: int
    facets: str
    headline: str = ""
    lead: str = ""
    headings: list = field(default_factory=list)
    body: list = field(default_factory=list)

    @property
    def original(self):
        names = ("headline", "lead", "headings", "body")
        return {name: getattr(self, name) for name in names}

    def analysed(self):
        """The stems of each field, and by folded word a :class:`Word` of each there is."""
        read = {name: self._words(getattr(self, name)) for name in self.original}
        stems = {name: "\n".join(map(_stems, lines)) for name, lines in read.items()}
        counts = Counter(word.stem for line in read["body"] for word in line)
        often = [stem for stem, count in counts.items() if count >= OFTEN]
        lines = [line for lines in read.values() for line in lines]
        pairs = {pair: None for line in lines for pair in pairs_of(line, self.language)}
        return (
            {**stems, "often": " ".join([*often, *pairs])},
            {word.word: word for line in lines for word in line},
        )

    def _words(self, value):
        lines = [value] if isinstance(value, str) else value
        return [words_of(line, self.language) for line in lines]


def _stems(words):
    return " ".join(word.stem for word in words)


def kind_of(page_class):
    """The kind of results that pages of a class are, or ``None`` if they are not found."""
    return next((kind for each, kind in KINDS.items() if issubclass(page_class, each)), None)


def document_of(page, language):
    """The :class:`Document` of ``page``, which is of a kind that is found."""
    document = Document(
        language=language,
        kind=kind_of(type(page)),
        day=_day(page, language).toordinal(),
        facets=_facets(page, language),
    )
    for name in readable_columns(type(page), language):
        if value := getattr(page, name):
            _add_text(document, page, name, value)
    document.body = _cut(document.body)
    return document


def _add_text(document, page, name, value):
    """Put what a column says into the field of the document where it is searched."""
    model_field = page._meta.get_field(name)
    if name == column("url_slug", document.language):
        return
    if isinstance(model_field, StreamField):
        for block in value:
            lines = document.headings if block.block_type == "heading" else document.body
            lines.append(_one_line(" ".join(_words_of_block(block.block, block.value))))
    elif name == column("headline", document.language):
        document.headline = _one_line(value)
    elif name in {column(each, document.language) for each in LEADS}:
        document.lead = _one_line(f"{document.lead} {value}")
    else:
        document.body.append(_one_line(get_text_for_indexing(str(value))))


def _words_of_block(block, value):
    """The texts of a block; a choice made from a list is none of the author's words."""
    if not isinstance(block, StructBlock):
        return [str(text) for text in block.get_searchable_content(value)]
    parts = [(child, value.get(name)) for name, child in block.child_blocks.items()]
    words = [_words_of_block(*part) for part in parts if not isinstance(part[0], ChoiceBlock)]
    return list(chain.from_iterable(words))


def _one_line(text):
    """``text`` without breaks between its lines; the spaces that French is set with are kept."""
    return BREAKS.sub(" ", text).strip()


def _cut(lines):
    """As many of ``lines`` as are searched, without empty ones."""
    kept, room = [], LONGEST_BODY
    for line in filter(None, lines):
        if room <= 0:
            break
        kept.append(line[:room])
        room -= len(line)
    return kept


def _day(page, language):
    """The day printed on ``page``, in the time zone of the journal."""
    moment = (
        getattr(page, "publication_date", None)
        or page.text_in("first_public_at", language)
        or page.first_published_at
        or timezone.now()
    )
    return timezone.localtime(moment).date()


def _facets(page, language):
    """The marks by which an article is counted, for :attr:`SearchEntry.facets`."""
    if not isinstance(page, ArticlePage):
        return ""
    topics = sorted({f"t{entry.topic_id}" for entry in page.topics.all()})
    authors = sorted({f"a{entry.author_id}" for entry in page.authors.all()})
    return f" {' '.join([*topics, *authors, f'y{_day(page, language).year}'])} "
