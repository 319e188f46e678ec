"""What editors find a page by: its headlines."""

from django.db import models
from wagtail.search import index

from articles.languages.available import available_languages, column


class FoundByHeadlineMixin(models.Model):
    """Let editors find a page by what it is called in any language, drafts included.

    The admin's lists and choosers search what can be completed while one types; a plain search
    for words does not look there, so it cannot give away what is not live.
    """

    class Meta:
        abstract = True

    @classmethod
    def get_search_fields(cls):
        names = [*(column("headline", code) for code in available_languages()), "draft_headlines"]
        return [*super().get_search_fields(), *(index.AutocompleteField(name) for name in names)]

    @classmethod
    def get_indexed_objects(cls):
        return super().get_indexed_objects().select_related("latest_revision")

    def draft_headlines(self):
        """What the page is called in a draft that is newer than what is live, in one line."""
        if not self.has_unpublished_changes or self.latest_revision is None:
            return ""
        content = self.latest_revision.content
        headlines = [content.get(column("headline", code)) for code in available_languages()]
        return " ".join(filter(None, headlines))
