"""Views of the admin that take texts from documents."""

import json

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import JsonResponse, RawPostDataException
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from diptych.articles.imported_documents.admin.forms import DocumentForm
from diptych.articles.imported_documents.articles import create_article
from diptych.articles.imported_documents.html import blocks_from_html, html_from_text
from diptych.articles.imported_documents.losses import DocumentRefused
from diptych.articles.languages.admin.access import PAGE_PERMISSIONS, page_policy, parents_for
from diptych.articles.languages.config.language_config import (
    available_languages,
    column,
    translated_language_name,
)
from diptych.articles.languages.permissions.policy import can, languages_for
from diptych.articles.models import ArticleIndexPage, ArticlePage


@require_POST
def paste(request):
    """Convert pasted HTML or text to blocks; :mod:`diptych.articles.imported_documents.html` has
    the contract.
    """
    if not page_policy().user_has_any_permission(request.user, PAGE_PERMISSIONS):
        raise PermissionDenied
    try:
        posted = json.loads(request.body)
        html, text, language = (_string(posted, name) for name in ("html", "text", "language"))
    except RequestDataTooBig:
        return _error(_("This text is too long to be pasted at once. Paste it in parts."), 413)
    except (AttributeError, RawPostDataException, RecursionError, TypeError, ValueError):
        return _error(_("The pasted text could not be read."), 400)
    if language not in available_languages():
        return _error(_("The pasted text could not be read."), 400)
    if not can(request.user, "edit", language):
        return _error(_("You may not write in this language."), 403)
    try:
        converted = blocks_from_html(html or html_from_text(text), language=language)
    except DocumentRefused as refusal:
        return _error(str(refusal), 413)
    stored = converted.stored()
    body = ArticlePage._meta.get_field("body").stream_block
    return JsonResponse(
        {
            "blocks": stored,
            "state": body.get_form_state(body.to_python(stored)),
            "notes": converted.notes,
        }
    )


def paste_options():
    """What ``paste.js`` needs: the address of :func:`paste`, the languages and the messages."""
    languages = available_languages()
    return {
        "url": reverse("diptych_paste"),
        "languages": {column("body", each): each for each in languages},
        "label": _("Pasted text"),
        "busy": _("The pasted text is being turned into blocks…"),
        "done": _("The pasted text has become blocks."),
        "undo": _("Undo the paste"),
        "undone": _("The paste was undone."),
        "close": _("Hide this message"),
        "failed": _("The text was pasted as it is: no blocks could be made of it just now."),
        "within": _(
            "The text was pasted into this block, as the blocks of a translation follow its source."
        ),
    }


def _string(posted, name):
    value = posted.get(name, "")
    if not isinstance(value, str):
        raise TypeError(f"{name} is no string")
    return value


def _error(message, status):
    return JsonResponse({"error": message}, status=status)


class NewFromDocumentView(WagtailAdminTemplateMixin, FormView):
    """Make a draft article of Word files or pasted texts, one for each language."""

    form_class = DocumentForm
    template_name = "diptych/admin/documents/new.html"
    page_title = gettext_lazy("New from a document")

    def dispatch(self, request, *args, **kwargs):
        if not ArticleIndexPage.objects.exists():
            return redirect("diptych_articles:choose_parent")  # which says what is missing
        if not self.parents or not languages_for(request.user, "edit"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def parents(self):
        return parents_for(self.request.user, ArticleIndexPage)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("diptych_articles:index"), "label": _("Articles")},
            {"url": "", "label": self.page_title},
        ]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user, "parents": self.parents}

    def form_valid(self, form):
        try:
            page, notes = create_article(form.parent, form.texts, self.request.user)
        except DocumentRefused as refusal:
            form.add_error(form.field_of(refusal.language), str(refusal))
            return self.form_invalid(form)
        self._report(page, notes)
        return redirect("wagtailadmin_pages:edit", page.pk)

    def _report(self, page, notes):
        """Say what could not be taken, by language."""
        named = {"title": page.get_admin_display_title()}
        messages.success(self.request, _("The draft “%(title)s” was made.") % named)
        lists = [(translated_language_name(code), each) for code, each in notes.items() if each]
        if lists:
            context = {"lists": lists, "is_named": len(notes) > 1}
            text = render_to_string("diptych/admin/documents/left_to_do.html", context)
            messages.warning(self.request, text)
