"""The stored part of search: an entry and a text for each live page and language, and the words.

All of it is derived: ``diptych.articles.search.indexing`` keeps it up to date,
``rebuild_search_index`` writes it anew. The database has an inverted index of the texts beside
these tables; see ``diptych.articles.search.inverted_index``.
"""

from django.db import models

from diptych.articles.languages.models import PageLanguage


class SearchEntry(models.Model):
    """A page that is live in a language: what a match is sorted and counted by.

    Narrow, as thousands of them are read for one search.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article"
        AUTHOR = "author"
        TOPIC = "topic"
        PAGE = "page"

    row = models.OneToOneField(
        PageLanguage, on_delete=models.CASCADE, primary_key=True, related_name="search_entry"
    )
    language = models.CharField(max_length=12)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    #: The date printed on the page, as ``date.toordinal`` numbers it.
    day = models.PositiveIntegerField()
    #: Facet tokens, of topics, authors and the year: `` t12 a33 y2027 ``, with spaces at both ends.
    facets = models.TextField(blank=True)

    # An entry does not count as a use of its page.
    wagtail_reference_index_ignore = True
    rebuilt_by = "rebuild_search_index"

    class Meta:
        indexes = [models.Index(fields=["language", "kind"], name="diptych_search_entries")]

    def __str__(self):
        return f"{self.row_id} ({self.language})"


class SearchText(models.Model):
    """The text of an entry: its stems by field, which the database indexes, and the original.

    Each line of ``headings`` and ``body`` has the stems of one block of the original.
    """

    entry = models.OneToOneField(
        SearchEntry, on_delete=models.CASCADE, primary_key=True, related_name="text"
    )
    headline = models.TextField(blank=True)
    lead = models.TextField(blank=True)
    headings = models.TextField(blank=True)
    body = models.TextField(blank=True)
    #: The stems that the body has often, and the bigrams with a stop word.
    often = models.TextField(blank=True)
    #: The forms of words, a line each for headline, lead, headings and body; the index has stems
    #: alone.
    forms = models.TextField(blank=True)
    #: ``headline`` and ``lead``, and lists of ``headings`` and the blocks of the ``body``.
    original = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    def __str__(self):
        return self.original.get("headline", "")


class SearchWord(models.Model):
    """A folded word of the vocabulary of a language, with its document frequency."""

    language = models.CharField(max_length=12)
    word = models.CharField(max_length=60)
    stem = models.CharField(max_length=60)
    #: As it is written: in lower case where any text has it so.
    spelling = models.CharField(max_length=120)
    #: The first and the last two letters. Misspelt words are expected to have one of them right.
    start = models.CharField(max_length=2)
    end = models.CharField(max_length=2)
    documents = models.PositiveIntegerField(default=0)

    rebuilt_by = "rebuild_search_index"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "word"], name="diptych_search_word_unique")
        ]
        indexes = [
            models.Index(fields=["language", "stem"], name="diptych_search_stem"),
            models.Index(fields=["language", "start"], name="diptych_search_start"),
            models.Index(fields=["language", "end"], name="diptych_search_end"),
        ]

    def __str__(self):
        return f"{self.word} ({self.language})"
