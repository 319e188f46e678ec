"""What readers' search knows: an entry for each page and language that is live, and the words.

All of it is derived, kept up to date by ``articles.search`` and written anew at any time by
``rebuild_search_index``. The database has its own index over the texts beside these tables; see
``articles.search.schema``.
"""

from django.db import models

from articles.languages.models.page_language import PageLanguage


class SearchEntry(models.Model):
    """A page that is live in a language: all that is counted and sorted when it is found.

    Narrow on purpose, as many thousand of them are read for one search.
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
    #: The day printed on the page, as the number that ``date.toordinal`` gives it.
    day = models.PositiveIntegerField()
    #: What the results are counted by: `` t12 a33 y2027 ``, with a space at both ends.
    facets = models.TextField(blank=True)

    # An entry is no use of a page.
    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [models.Index(fields=["language", "kind"], name="diptych_search_entries")]

    def __str__(self):
        return f"{self.row_id} ({self.language})"


class SearchText(models.Model):
    """The text of an entry: its stems by field, as the database compares them, and the original.

    A line of ``body`` has a stem for each word of the block of the original in that place.
    """

    entry = models.OneToOneField(
        SearchEntry, on_delete=models.CASCADE, primary_key=True, related_name="text"
    )
    headline = models.TextField(blank=True)
    lead = models.TextField(blank=True)
    headings = models.TextField(blank=True)
    body = models.TextField(blank=True)
    #: The stems that the body has again and again, and the pairs of words of which one is common.
    often = models.TextField(blank=True)
    #: The words as they were written: ``headline``, ``lead``, and lists of ``headings``
    #: and of the blocks of the ``body``.
    original = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    def __str__(self):
        return self.original.get("headline", "")


class SearchWord(models.Model):
    """A folded word that articles of a language have, and in how many it was last counted."""

    language = models.CharField(max_length=12)
    word = models.CharField(max_length=60)
    stem = models.CharField(max_length=60)
    #: As it was first written, in small letters.
    spelling = models.CharField(max_length=120)
    #: The first and the last two letters: words misspelt have one of them right.
    start = models.CharField(max_length=2)
    end = models.CharField(max_length=2)
    documents = models.PositiveIntegerField(default=0)

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
