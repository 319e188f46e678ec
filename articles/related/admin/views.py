"""The view of suggestions for the form in which an article is edited."""

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView

from diptych.articles.languages.permissions.policy import can_edit_shared
from diptych.articles.models import ArticlePage
from diptych.articles.related.admin.suggestions import proposals


class SuggestionsView(PreviewOnEditView):
    """Takes the current form, as Wagtail's preview does, and returns suggestions.

    An invalid form is no error: its valid fields are used, and stored values for the others.
    """

    http_method_names = ("post",)

    def dispatch(self, request, *args, **kwargs):
        if not isinstance(self.object, ArticlePage):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        page = self._page_in_form() or self.get_object()
        context = {
            "languages": proposals(request, page),
            "can_choose": can_edit_shared(request.user, page),
        }
        return TemplateResponse(request, "diptych_related/admin/suggestions.html", context)

    def _page_in_form(self):
        try:
            form = self.get_form(self.request.POST)
            self.validate_form(form)
            for rows in form.formsets.values():
                if rows.is_valid():
                    rows.instance = form.instance
                    rows.save(commit=False)
        except (AttributeError, KeyError, TypeError, ValueError):
            # A form that was not sent by the editor.
            return None
        return form.instance


class SuggestionsForNewPage(SuggestionsView, PreviewOnCreateView):
    """For an article that has not been saved yet."""


urlpatterns = [
    path(
        "diptych/related/<int:page_id>/",
        SuggestionsView.as_view(),
        name="diptych_related_suggestions",
    ),
    path(
        "diptych/related/<slug:content_type_app_name>/<slug:content_type_model_name>/"
        "<int:parent_page_id>/",
        SuggestionsForNewPage.as_view(),
        name="diptych_related_suggestions_new",
    ),
]
