from django.conf import settings
from wagtail.models import Site

from diptych.articles.caching.versions import depends_on, recording
from diptych.articles.images.illustrated import IllustratedMixin
from diptych.articles.languages.publication.pages import MultilingualPageMixin


class JournalPageMixin(MultilingualPageMixin):
    """A page of the journal, whose answers without a text are in the look of the journal too."""

    #: Readers are answered by the search of the journal.
    is_searched_by_language = False
    #: The tags of parts that show this page alone, of which none is kept if it has none.
    cached_tags = ()
    #: The keys of a query that the page knows; cached pages ignore all others.
    query_keys = ()

    class Meta:
        abstract = True

    unavailable_template = "diptych/unavailable.html"
    unwritten_template = "diptych/unwritten.html"

    def get_context(self, request, *args, **kwargs):
        """Of a page as any visitor sees it, parts that show nothing else are kept in memory.

        They depend on what the variables of hooks depend on.
        """
        with recording() as used:
            context = super().get_context(request, *args, **kwargs)
        depends_on(*used)
        if self.is_known_public and not _is_personal(request):
            self.cached_tags = (f"page:{self.pk}", *used)
        return context

    def journal_setting(self, name):
        """The journal setting ``name`` for the site of this page, or ``None``."""
        path = self.path or getattr(self.parent_to_be, "path", "")
        above = [path[:end] for end in range(self.steplen, len(path) + 1, self.steplen)]
        sites = Site.objects.filter(root_page__path__in=above)
        sites = sites.order_by("-root_page__depth", "-is_default_site", "hostname", "port")
        return sites.values_list(f"journalsettings__{name}", flat=True).first()


def _is_personal(request):
    """Whether an answer is that of one user, or a preview."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    is_preview = getattr(request, "is_preview", False)
    return has_session or is_preview or "HTTP_AUTHORIZATION" in request.META


class JournalImagesMixin(IllustratedMixin):
    """Mixin for pages with images; the journal’s settings define how these are checked."""

    class Meta:
        abstract = True

    def alt_checks(self):
        return self.journal_setting("alt_checks") or super().alt_checks()
