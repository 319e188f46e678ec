"""What Wagtail's own lists, choosers and reports say of the state of a page."""

from django.db import models

from articles.languages.available import available_languages, column


class StatusMixin(models.Model):
    """Say with Wagtail's words in which languages a page is live, as they know of one state."""

    class Meta:
        abstract = True

    @property
    def status_string(self):
        """As "live (FR)"; the codes, since columns of lists are narrow."""
        status = super().status_string
        codes = [code.upper() for code in self._languages_shown()] if self.live else []
        return f"{status} ({', '.join(codes)})" if codes else status

    def _languages_shown(self):
        """The languages this page is live in, also where a list has left out its own columns.

        Each of these would be a query; the rows are read for the page's address in any case.
        """
        columns = {code: column("is_public", code) for code in available_languages()}
        if not self.get_deferred_fields().isdisjoint(columns.values()):
            return self.live_languages
        return [code for code, name in columns.items() if getattr(self, name)]
