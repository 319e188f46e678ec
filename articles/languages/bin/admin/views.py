"""The list of the bin, restoring a page from it, and deleting one for good."""

from datetime import timedelta
from math import ceil

import swapper
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, UserColumn
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminPageChooser
from wagtail.permissions import policy_registry

from diptych.articles.languages.admin.access import page_policy
from diptych.articles.languages.admin.inputs.malformed import RowField
from diptych.articles.languages.admin.listings.reports import Report, ReportMenuItem, ReportViewSet
from diptych.articles.languages.bin.deleting import Gone, delete_for_good, kept_until
from diptych.articles.languages.bin.files import file_models
from diptych.articles.languages.bin.restoring import (
    NotRestorable,
    can_manage,
    check_place,
    manageable,
    places_of,
    restore_from_bin,
)
from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.languages.models import DeletedPage
from diptych.articles.languages.publication.pages import MultilingualPageMixin

#: So many drafts are named in a message; the others are counted.
NAMED = 5


def languages_in_words(codes):
    """The names of languages, as in a list."""
    return ", ".join(capfirst(translated_language_name(code)) for code in codes)


def days_left(deleted):
    """For how many days the bin still keeps it, 0 once it may be emptied."""
    left = kept_until(deleted) - timezone.now()
    return max(ceil(left / timedelta(days=1)), 0)


def can_see_files(user):
    """Whether ``user`` has anything to do with images or documents."""
    policies = map(policy_registry.get_by_type, file_models())
    return any(each.user_has_any_permission(user, {"add", "change"}) for each in policies)


def lists_of_bin(user, shown):
    """The lists of the bin that ``user`` may see, to go from one to another."""
    found = [
        ("diptych_bin", _("Pages"), BinReport.can_see(user)),
        ("diptych_bin_files", _("Images and documents"), can_see_files(user)),
    ]
    return [
        {"url": reverse(f"{name}:index"), "label": label, "is_shown": name == shown}
        for name, label, is_allowed in found
        if is_allowed
    ]


class TitleColumn(BaseColumn):
    cell_template_name = "diptych_languages/admin/bin/title_cell.html"


#: Who deleted something, and when; of pages and of files.
DELETION = [
    UserColumn(
        "deleted_by",
        label=gettext_lazy("Deleted by"),
        blank_display_name="–",
        classname="diptych-bin-detail",
    ),
    DateColumn("deleted_at", label=gettext_lazy("Deleted on"), classname="diptych-bin-detail"),
    Column("days_left", label=gettext_lazy("Days left"), accessor=days_left),
]
COLUMNS = [
    TitleColumn("title", label=gettext_lazy("Title")),
    Column(
        "live_in",
        label=gettext_lazy("Was live in"),
        accessor=lambda row: languages_in_words(row.live_in),
    ),
    *DELETION,
]


def deletion_cells():
    """The columns of :data:`DELETION` in an export: heading to function of a row."""
    return {
        _("Deleted by"): lambda row: (
            get_user_display_name(row.deleted_by) if row.deleted_by else ""
        ),
        _("Deleted on"): lambda row: localtime(row.deleted_at).replace(tzinfo=None),
        _("Days left"): days_left,
    }


class BinReport(Report):
    """The deleted pages that somebody may restore, the newest first."""

    model = DeletedPage
    columns = COLUMNS
    page_title = gettext_lazy("Bin")
    header_icon = "bin"
    table_classname = "listing diptych-bin"
    export_filename = "bin"
    template_name = "diptych_languages/admin/bin/list.html"
    viewset_name = "diptych_bin"
    #: The entries that a user may restore.
    restorable = staticmethod(manageable)

    @staticmethod
    def can_see(user):
        return page_policy().user_has_any_permission(user, {"add", "change"})

    def get_queryset(self):
        known = [each.pk for each in self.restorable(self.request.user)]
        rows = self.model.objects.defer("rows").select_related("deleted_by", "content_type")
        return rows.filter(pk__in=known)

    def get_context_data(self, **kwargs):
        lists = lists_of_bin(self.request.user, self.viewset_name)
        return super().get_context_data(**kwargs, lists=lists)

    @cached_property
    def no_results_message(self):
        return _("The bin is empty.")

    @cached_property
    def spreadsheet(self):
        """The columns of the export: heading to function of a row."""
        return {
            _("Title"): lambda row: row.title,
            _("Pages"): lambda row: row.page_count,
            _("Was live in"): lambda row: languages_in_words(row.live_in),
            **deletion_cells(),
        }


class BinViewSet(ReportViewSet):
    report_class = BinReport
    url_prefix = "diptych/bin"


def menu_item():
    """For the hook ``register_reports_menu_item``."""
    return ReportMenuItem(BinReport, "diptych_bin", order=670)


class BinEntryMixin(WagtailAdminTemplateMixin):
    """A view of one entry of the bin, ``deleted``, and of the list that it is in."""

    header_icon = "bin"
    #: The list, its address, and the message once the entry is gone.
    report = None
    list_name = ""
    gone_message = ""

    def to_list(self):
        return redirect(self.list_name)

    def report_gone(self):
        """Somebody has restored it or deleted it for good meanwhile, or it never was here."""
        if not self.report.can_see(self.request.user):
            raise Http404
        messages.warning(self.request, self.gone_message)
        return self.to_list()

    def report_deleted_for_good(self):
        message = _("“%(title)s” has been deleted for good.")
        messages.success(self.request, message % {"title": self.deleted.title})
        return self.to_list()

    def get_page_subtitle(self):
        return self.deleted.title

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse(self.list_name), "label": self.report.page_title},
            {"url": "", "label": self.get_page_title(), "sublabel": self.deleted.title},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **kwargs, deleted=self.deleted, list_url=reverse(self.list_name)
        )


class DeletedPageMixin(BinEntryMixin):
    """A view of one page in the bin, for those who may restore it."""

    report = BinReport
    list_name = "diptych_bin:index"
    gone_message = gettext_lazy("This page is not in the bin any more.")

    def dispatch(self, request, key):
        rows = DeletedPage.objects.defer("rows").select_related("deleted_by", "content_type")
        self.deleted = rows.filter(key=key).first()
        if self.deleted is None:
            return self.report_gone()
        self.place, self.is_parent = places_of([self.deleted])[key]
        if not can_manage(request.user, self.deleted, self.place):
            raise PermissionDenied
        return super().dispatch(request, key)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **kwargs,
            was_live_in=MultilingualPageMixin.names_of(self.deleted.live_in),
            descendant_count=self.deleted.page_count - 1,
        )


class RestoreForm(forms.Form):
    """Where a page is restored; needed where the page above it is gone."""

    parent = RowField(
        label=gettext_lazy("Below which page"),
        queryset=swapper.load_model("wagtailcore", "Page").objects.order_by("path"),
        widget=AdminPageChooser,
        required=False,
    )

    def __init__(self, *args, deleted, place, is_parent, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.deleted, self.place, self.user = deleted, place, user
        parent = self.fields["parent"]
        parent.required = not is_parent
        parent.help_text = (
            _("Leave it empty to restore the page where it stood.")
            if is_parent
            else _("The page above it is gone. Choose another place.")
        )

    def clean_parent(self):
        parent = self.cleaned_data["parent"]
        try:
            check_place(self.deleted, parent or self.place, self.user)
        except NotRestorable as reason:
            raise forms.ValidationError(str(reason)) from reason
        return parent


class RestoreView(DeletedPageMixin, FormView):
    template_name = "diptych_languages/admin/bin/restore.html"
    form_class = RestoreForm
    page_title = gettext_lazy("Restore")

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(),
            "deleted": self.deleted,
            "place": self.place,
            "is_parent": self.is_parent,
            "user": self.request.user,
        }

    def form_valid(self, form):
        parent = form.cleaned_data["parent"]
        try:
            restored = restore_from_bin(self.deleted.key, self.request.user, parent)
        except Gone:
            return self.report_gone()
        except NotRestorable as reason:
            form.add_error("parent", str(reason))
            return self.form_invalid(form)
        announce(self.request, restored)
        if restored.page.permissions_for_user(self.request.user).can_edit():
            return redirect("wagtailadmin_pages:edit", restored.page.pk)
        return self.to_list()

    def get_context_data(self, **kwargs):
        title = self.is_parent and self.place.specific_deferred.get_admin_display_title()
        return super().get_context_data(**kwargs, place_title=title)


def announce(request, restored):
    """Add messages on a restored page: where it is live, and which texts are drafts now."""
    values = {
        "title": restored.page.get_admin_display_title(),
        "languages": MultilingualPageMixin.names_of(restored.live),
    }
    if restored.live:
        message = _("“%(title)s” has been restored and is live in %(languages)s.")
    elif restored.page.live:
        message = _("“%(title)s” has been restored and is live.")
    else:
        message = _("“%(title)s” has been restored as a draft.")
    messages.success(request, message % values)
    for page, languages, reason in restored.drafts[:NAMED]:
        title = page.get_admin_display_title()
        messages.warning(request, _draft_in_words(title, languages, reason))
    others = len(restored.drafts) - NAMED
    if others > 0:
        message = ngettext(
            "%(count)s more page is a draft now.", "%(count)s more pages are drafts now.", others
        )
        messages.warning(request, message % {"count": others})


def _draft_in_words(title, languages, reason):
    values = {
        "title": title,
        "languages": MultilingualPageMixin.names_of(languages),
        "reason": reason,
    }
    if languages:
        return _("“%(title)s” is a draft in %(languages)s now. %(reason)s") % values
    return _("“%(title)s” is a draft now. %(reason)s") % values


class DeleteForGoodView(DeletedPageMixin, TemplateView):
    template_name = "diptych_languages/admin/bin/delete_for_good.html"
    page_title = gettext_lazy("Delete for good")

    def post(self, request, key):
        try:
            delete_for_good(self.deleted, request.user)
        except Gone:
            return self.report_gone()
        return self.report_deleted_for_good()


urlpatterns = [
    path("diptych/bin/<int:key>/restore/", RestoreView.as_view(), name="diptych_restore_page"),
    path(
        "diptych/bin/<int:key>/delete/",
        DeleteForGoodView.as_view(),
        name="diptych_delete_for_good",
    ),
]
