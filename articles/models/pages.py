from articles.images.illustrated import IllustratedMixin
from articles.languages.pages import MultilingualPageMixin
from articles.models.settings import JournalSettings


class JournalPageMixin(MultilingualPageMixin):
    """A page of the journal, whose answers without a text are in the look of the journal too."""

    #: The keys of a query that the page knows; cached pages ignore all others.
    query_keys = ()

    class Meta:
        abstract = True

    unavailable_template = "diptych/unavailable.html"
    unwritten_template = "diptych/unwritten.html"

    def journal_setting(self, name):
        """What the journal of this page has set as ``name``; ``None`` where it has no settings."""
        page = self if self.path else self.parent_to_be
        site = page.get_site() if page is not None else None
        chosen = JournalSettings.objects.filter(site=site).values_list(name, flat=True)
        return chosen.first() if site else None


class JournalImagesMixin(IllustratedMixin):
    """For a page of the journal with images, which are checked as the journal’s settings say."""

    class Meta:
        abstract = True

    def alt_checks(self):
        return self.journal_setting("alt_checks") or super().alt_checks()
