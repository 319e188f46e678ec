from django.db.models import Prefetch
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from articles.languages.available import active_language
from articles.languages.fields import record_columns
from articles.languages.models import PageLanguage


def address_lookup():
    """The lookup that fetches the rows of pages, to where ``language_rows`` finds them."""
    rows = PageLanguage.objects.with_privacy()
    return Prefetch("languages", queryset=rows, to_attr="_language_rows")


class LanguagePageQuerySet(PageQuerySet):
    """Pages in several languages, as the public may see them."""

    def visible_in(self, language=None):
        """Pages that any visitor may see in ``language``, the active one by default.

        Every list, feed, search and sitemap starts here.
        """
        visible = PageLanguage.objects.visible_in(language or active_language())
        return self.filter(pk__in=visible.values("page_id"))

    def defer_streamfields(self):
        """Without the records of translations either, which are as long as the texts.

        Wagtail asks for this wherever it goes through many pages.
        """
        return super().defer_streamfields().defer(*record_columns(self.model))

    def with_addresses(self):
        """Fetch with the pages what their addresses need, in one query for all of them."""
        return self.prefetch_related(address_lookup())


LanguagePageManager = PageManager.from_queryset(LanguagePageQuerySet)
