"""Where the screens of the desk are, and where a translation is written."""

from django.urls import reverse
from django.utils.http import urlencode

from articles.languages.admin.tables import language_tab

#: Parameters that a list sends to itself when it is filtered, and that lead nowhere else.
OWN_PARAMETERS = ("_w_filter_fragment", "export")


def desk_url(**parameters):
    url = reverse("diptych_translations:index")
    return f"{url}?{urlencode(parameters)}" if parameters else url


def translating_url(page_id, language):
    """Where a language is written beside its source."""
    return reverse("diptych_translate", args=(page_id, language))


def edit_url(page_id, language):
    """The tab of a language in the editor."""
    url = reverse("wagtailadmin_pages:edit", args=(page_id,))
    return f"{url}#{language_tab(language)}"


def review_url(page_id, language):
    return reverse("diptych_review", args=(page_id, language))


def list_as_shown(request):
    """The address of the desk as somebody has filtered and sorted it, to come back to."""
    parameters = request.GET.copy()
    for name in OWN_PARAMETERS:
        parameters.pop(name, None)
    return f"{desk_url()}?{parameters.urlencode()}" if parameters else desk_url()
