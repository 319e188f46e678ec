"""Pages that answer at addresses below their own as well."""

from django.db import models

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.routes.addresses import address_below


class ServedBelowMixin(models.Model):
    """A page that is served at paths below its own address, and has no pages there."""

    class Meta:
        abstract = True

    @classmethod
    def paths_below(cls, language):
        """The paths below the address in ``language`` at which the page is served as well."""
        return []

    def url_below(self, segment, request=None):
        """The address of ``segment`` below this page; ``None`` outside of a site."""
        url = self.get_url(request)
        return None if url is None else address_below(url, segment)

    def get_cached_paths(self):
        """Those of all languages, as Wagtail asks for no language."""
        below = [path for code in available_languages() for path in self.paths_below(code)]
        return [*super().get_cached_paths(), *dict.fromkeys(below)]
