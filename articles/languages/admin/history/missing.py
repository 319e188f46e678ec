"""The answer for an old version that has been deleted."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from diptych.articles.languages.config.primary_keys import id_in

#: Named and not imported, as importing them asks all hooks for their addresses.
ADMIN_ADDRESSES = "wagtail.admin.urls"


class MissingVersionMixin:
    """For a view with the arguments page and one or two revisions."""

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            page_id, *numbers = [*args, *kwargs.values()]
            answer = answer_for_missing(request, page_id, map(str, numbers))
            if answer is None:
                raise
            return answer


def answer_for_missing(request, page_id, numbers):
    """The answer, if one of the revisions with these ``numbers`` is none of the page's."""
    page = get_object_or_404(Page, pk=page_id).specific
    permissions = page.permissions_for_user(request.user)
    wanted = {number for number in numbers if number.isdecimal()}
    ids = {id_in(number) for number in wanted} - {None}
    known = Revision.page_revisions.filter(object_id=str(page.pk), pk__in=ids)
    if not (permissions.can_edit() or permissions.can_publish()) or known.count() == len(wanted):
        return None
    context = {
        "page_title": _("This version no longer exists"),
        "page_subtitle": page.get_admin_display_title(),
        "header_icon": "history",
        "history_url": reverse("wagtailadmin_pages:history", args=(page.pk,)),
    }
    # Django's LocaleMiddleware would send a 404 on to the same address below a language, where
    # readers' pages are, and with it the message. It asks the addresses of the request.
    request.urlconf = ADMIN_ADDRESSES
    template = "diptych_languages/admin/history/missing.html"
    return TemplateResponse(request, template, context, status=404)
