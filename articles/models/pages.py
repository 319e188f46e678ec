from articles.languages.pages import MultilingualPageMixin


class JournalPageMixin(MultilingualPageMixin):
    """A page of the journal, whose answers without a text are in the look of the journal too."""

    #: The keys of a query that the page knows; cached pages ignore all others.
    query_keys = ()

    class Meta:
        abstract = True

    unavailable_template = "diptych/unavailable.html"
    unwritten_template = "diptych/unwritten.html"
