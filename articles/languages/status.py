"""What Wagtail's own lists, choosers and reports say of the state of a page."""

from django.db import models

from articles.languages.available import available_languages


class StatusMixin(models.Model):
    """Say with Wagtail's words in which languages a page is live, as they know of one state."""

    class Meta:
        abstract = True

    @property
    def status_string(self):
        """As "live (FR)"; the codes, since columns of lists are narrow."""
        status = super().status_string
        if not self.live:
            return status
        codes = [code.upper() for code in available_languages() if self.text_in("is_public", code)]
        return f"{status} ({', '.join(codes)})" if codes else status
