"""URLs of the screens about a page and its languages, and the breadcrumbs of such a screen."""

from django.urls import reverse
from django.utils.http import urlencode
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.coreutils import safe_snake_case

from diptych.articles.languages.config.language_config import language_name

#: Parameters that a list sends to itself when it is filtered, and that lead nowhere else.
OWN_PARAMETERS = ("_w_filter_fragment", "export")


def worklist_url(**parameters):
    url = reverse("diptych_translations:index")
    return f"{url}?{urlencode(parameters)}" if parameters else url


def calendar_url():
    return reverse("diptych_calendar:index")


def translating_url(page_id, language):
    """Where a language is written beside its source."""
    return reverse("diptych_translate", args=(page_id, language))


def language_tab(language):
    """The anchor of the tab of a language in the edit view."""
    return f"tab-{safe_snake_case(language_name(language))}"


def edit_url(page_id, language):
    """The tab of a language in the editor."""
    url = reverse("wagtailadmin_pages:edit", args=(page_id,))
    return f"{url}#{language_tab(language)}"


def review_url(page_id, language):
    return reverse("diptych_review", args=(page_id, language))


def list_as_shown(request, url=None):
    """``url``, or that of the worklist, with the filters and order of the request, to return to."""
    parameters = request.GET.copy()
    for name in OWN_PARAMETERS:
        parameters.pop(name, None)
    url = url or worklist_url()
    return f"{url}?{parameters.urlencode()}" if parameters else url


def fragment_of(problem):
    """Where the editor shows a problem, which may be a plain pair; ``""`` for that of no field."""
    field, _message = problem
    return fragment(field, *getattr(problem, "inside", ())) if field else ""


def fragment(*names):
    """The fragment of a URL that leads to a field of a form, or to a block in it.

    ``names`` are a content path, as Wagtail's own links have it: that of a field, ids of blocks,
    and names of their parts. Blocks in between may be left out.
    """
    return f"#:w:contentpath={'.'.join(filter(None, names))}"


class PageBreadcrumbsMixin(WagtailAdminTemplateMixin):
    """For a view about ``page``: its title as the subtitle, its editor in the breadcrumbs."""

    #: The language whose tab the link to the editor opens, if the view is about one.
    language = None
    #: Breadcrumbs between the editor and the view.
    inner_breadcrumbs = ()

    @property
    def edit_url(self):
        if self.language:
            return edit_url(self.page.pk, self.language)
        return reverse("wagtailadmin_pages:edit", args=(self.page.pk,))

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.edit_url, "label": self.get_page_subtitle()},
            *self.inner_breadcrumbs,
            {"url": "", "label": self.get_page_title()},
        ]
