"""Views to claim, release and assign one translation, and the URLs of the list."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.utils import get_user_display_name, get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.utils.urlpatterns import decorate_urlpatterns

from diptych.articles.languages.admin.access import page_policy, refused_in_words
from diptych.articles.languages.admin.links import translating_url, worklist_url
from diptych.articles.languages.admin.worklist import assignments
from diptych.articles.languages.admin.worklist.assignments import Order, notify_translator
from diptych.articles.languages.admin.worklist.filters import TranslationFilterSet
from diptych.articles.languages.admin.worklist.forms import AssignmentForm
from diptych.articles.languages.admin.worklist.listing import MARKS, WorklistView
from diptych.articles.languages.admin.worklist.permissions import WorklistPermissions
from diptych.articles.languages.admin.worklist.rows import (
    CONCERNED,
    OPEN,
    Page,
    describe,
    is_overdue,
)
from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.publication.pages import MultilingualPageMixin


def report_taken(request, taken):
    """Add a message that somebody else has changed the assignment."""
    if taken.holder is None:
        messages.error(
            request, _("Somebody else changed this a moment ago. Please check it again.")
        )
        return
    name = {"name": get_user_display_name(taken.holder)}
    messages.error(request, _("%(name)s has claimed this translation.") % name)


class OneTranslation(View):
    """A view of a page in a language other than its source language."""

    def setup(self, request, *args, page_id, language, **kwargs):
        super().setup(request, *args, **kwargs)
        self.page = get_object_or_404(Page, pk=page_id).specific
        if not isinstance(self.page, MultilingualPageMixin) or self.page.alias_of_id:
            raise Http404
        rows = PageLanguage.objects.with_assignment().select_related("edited_by")
        self.row = get_object_or_404(rows, page=self.page, language=language)
        describe([self.row])
        if language == self.row.source:
            raise Http404
        self.language = language
        permissions = WorklistPermissions(request.user)
        self.can_claim = permissions.can_claim(self.page, language, self.row.source)
        self.can_assign = permissions.can_assign(self.page, language, self.row.source)

    @cached_property
    def names(self):
        """The headline and the language, for messages."""
        return {
            "title": self.row.headline,
            "language": translated_language_name(self.language),
        }

    def go_back(self):
        return redirect(get_valid_next_url_from_request(self.request) or worklist_url())


class ClaimView(OneTranslation):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        if not self.can_claim:
            raise PermissionDenied
        try:
            is_new = assignments.claim(self.page, self.language, request.user)
        except assignments.Taken as taken:
            report_taken(request, taken)
            return self.go_back()
        if is_new:
            message = _("You have claimed the translation of “%(title)s” into %(language)s.")
        else:
            message = _("The translation of “%(title)s” into %(language)s is yours already.")
        messages.success(request, message % self.names)
        return self.go_back()


class ReleaseView(OneTranslation):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        if assignments.release(self.page, self.language, request.user):
            message = _("You have released the translation of “%(title)s” into %(language)s.")
            messages.success(request, message % self.names)
        else:
            messages.error(request, _("This translation is not yours."))
        return self.go_back()


class AssignmentView(WagtailAdminTemplateMixin, OneTranslation, FormView):
    """Translator, due date and comment, as far as the user may set them."""

    template_name = "diptych_languages/admin/worklist/assignment.html"
    form_class = AssignmentForm
    index_url_name = None

    def dispatch(self, request, *args, **kwargs):
        if not self.can_claim and not self.can_assign:
            raise PermissionDenied
        return super().dispatch(request)

    @cached_property
    def assignment(self):
        return assignments.assignment_of(self.page, self.language)

    def get_form_kwargs(self):
        given = {key: value for key, value in super().get_form_kwargs().items() if key != "initial"}
        return {
            **given,
            "assignment": self.assignment,
            "page": self.page,
            "can_assign": self.can_assign,
        }

    def form_valid(self, form):
        values = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        seen = form.cleaned_data["seen"]
        try:
            changed = assignments.assign(
                self.page, self.language, self.request.user, seen, **values
            )
        except assignments.Taken as taken:
            return self._ask_again(form, taken.holder)
        if "translator" in changed:
            self._notify(values)
        if changed:
            message = _("The work on “%(title)s” in %(language)s has been noted.")
            messages.success(self.request, message % self.names)
        return self.go_back()

    def _ask_again(self, form, holder):
        """Render the form again after somebody else has changed the assignment."""
        del self.assignment
        form.data = form.data.copy()
        form.data["seen"] = self.assignment.translator_id or ""
        if holder is None:
            message = _("It has been released meanwhile. Save again to keep what you chose.")
        else:
            message = _("%(name)s has claimed it meanwhile. Save again to keep what you chose.")
            message %= {"name": get_user_display_name(holder)}
        form.add_error("translator", message)
        return self.form_invalid(form)

    def _notify(self, values):
        words = self.row.words_missing + self.row.words_changed
        order = Order(self.page, self.language, words)
        given = (values["translator"], [order], values["due_date"], values["comment"])
        notify_translator(self.request, *given)

    def get_page_title(self):
        return _("Translation into %(language)s") % self.names

    def get_page_subtitle(self):
        return self.row.headline

    def get_breadcrumbs_items(self):
        worklist = {"url": worklist_url(), "label": _("Translations")}
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), worklist, here]

    def get_context_data(self, **kwargs):
        holder = self.assignment.holder
        return super().get_context_data(
            **kwargs,
            row=self.row,
            work=self.assignment,
            holder=holder,
            is_mine=holder == self.request.user,
            is_overdue=is_overdue(self.row),
            can_claim=self.can_claim,
            claimable=OPEN,
            can_assign=self.can_assign,
            mark=MARKS[self.row.progress],
            language_name=capfirst(self.names["language"]),
            writing_url=translating_url(self.page.pk, self.language),
            worklist_url=worklist_url(),
            next=get_valid_next_url_from_request(self.request) or worklist_url(),
        )


class WorklistMenuItem(MenuItem):
    """Shown to those who edit or publish pages."""

    def is_shown(self, request):
        return page_policy().user_has_any_permission(request.user, CONCERNED)


class TranslationsViewSet(ViewSet):
    icon = "tasks"
    menu_label = gettext_lazy("Translations")
    menu_name = "diptych-translations"
    menu_order = 135
    menu_item_class = WorklistMenuItem
    add_to_admin_menu = True
    url_prefix = "diptych/translations"

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            **{
                "header_icon": self.icon,
                "index_url_name": self.get_url_name("index"),
                "index_results_url_name": self.get_url_name("index_results"),
                "filterset_class": TranslationFilterSet,
                "export_filename": "translations",
                "paginate_by": 50,
                **kwargs,
            }
        )

    def get_urlpatterns(self):
        translation = "<int:page_id>/<slug:language>/"
        results = self.construct_view(WorklistView, results_only=True)
        urlpatterns = [
            path("", self.construct_view(WorklistView), name="index"),
            path("results/", results, name="index_results"),
            path(translation, self.construct_view(AssignmentView), name="assignment"),
            path(f"{translation}claim/", self.construct_view(ClaimView), name="claim"),
            path(f"{translation}release/", self.construct_view(ReleaseView), name="release"),
        ]
        return decorate_urlpatterns(urlpatterns, refused_in_words)
