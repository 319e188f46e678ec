"""Delete images and documents into the bin, the list of those in it, and their restoration."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.documents.views import documents
from wagtail.documents.views import multiple as multiple_documents
from wagtail.documents.views.bulk_actions import DeleteBulkAction as DeleteDocuments
from wagtail.images import get_image_model
from wagtail.images.views import images
from wagtail.images.views import multiple as multiple_images
from wagtail.images.views.bulk_actions import DeleteBulkAction as DeleteImages

from diptych.articles.languages.admin.listings.reports import ReportViewSet
from diptych.articles.languages.bin.admin.deletion import announce
from diptych.articles.languages.bin.admin.views import (
    DELETION,
    BinEntryMixin,
    BinReport,
    can_see_files,
    deletion_cells,
    languages_in_words,
)
from diptych.articles.languages.bin.deleting import DAYS_KEPT, Gone
from diptych.articles.languages.bin.files import (
    NotReadable,
    can_manage_file,
    delete_file_for_good,
    manageable_files,
    move_file_to_bin,
    not_deleted,
    restore_file,
    uses_denied,
    uses_of,
)
from diptych.articles.languages.bin.restoring import NotRestorable
from diptych.articles.languages.models import DeletedFile
from diptych.articles.languages.publication.pages import MultilingualPageMixin

#: So many uses are listed before a deletion; the others are counted.
LISTED = 20


def uses_in_words(user, uses):
    """The uses that are listed before a deletion: first those that forbid it, then live ones.

    Objects that ``user`` may not edit have no title, as in Wagtail's list of uses.
    """
    finder = AdminURLFinder(user)
    found = []
    judged = [(use, use.denied_to(user)) for use in uses]
    judged.sort(key=lambda each: (not each[1], not each[0].is_live))
    for use, is_denied in judged[:LISTED]:
        url = finder.get_edit_url(use.source)
        kind = use.source._meta.verbose_name
        title = getattr(use.source, "get_admin_display_title", use.source.__str__)()
        found.append(
            {
                "title": title if url else _("(Private %(object)s)") % {"object": kind},
                "url": url,
                "languages": MultilingualPageMixin.names_of(use.languages),
                "is_live": use.is_live,
                "is_denied": is_denied,
            }
        )
    return found


class FileDeletionMixin:
    """Wagtail's question before an image or document is deleted, with the list of its uses."""

    template_name = "diptych_languages/admin/bin/delete_file.html"

    @cached_property
    def uses(self):
        return uses_of(self.object)

    @cached_property
    def denied(self):
        return uses_denied(self.request.user, self.uses)

    def form_valid(self, form):
        if self.denied:
            return self.render_to_response(self.get_context_data(form=form), status=403)
        if self.usage and self.usage.is_protected:
            raise PermissionDenied
        success_url = self.get_success_url()
        try:
            deleted = move_file_to_bin(self.object, self.request.user)
        except Gone as error:
            raise Http404 from error
        except NotReadable:
            messages.error(self.request, not_deleted(self.object.title))
            return redirect(success_url)
        announce(self.request, deleted.title, reverse("diptych_restore_file", args=(deleted.pk,)))
        return redirect(success_url)

    def get_context_data(self, **kwargs):
        uses = uses_in_words(self.request.user, self.uses)
        return super().get_context_data(
            **kwargs,
            uses=uses,
            other_uses=max(len(self.uses) - LISTED, 0),
            is_denied=bool(self.denied),
            is_image=isinstance(self.object, get_image_model()),
            days=DAYS_KEPT,
        )


class DeleteImageView(FileDeletionMixin, images.DeleteView):
    pass


class DeleteDocumentView(FileDeletionMixin, documents.DeleteView):
    pass


class UploadDeletionMixin:
    """The button of Wagtail's screen for several uploads."""

    def post(self, request, *args, **kwargs):
        self.model = self.get_model()
        instance = get_object_or_404(self.model, pk=kwargs[self.pk_url_kwarg])
        policy = self.permission_policy
        if not policy.user_has_permission_for_instance(request.user, "delete", instance):
            raise PermissionDenied
        if uses_denied(request.user, uses_of(instance)):
            raise PermissionDenied
        pk = instance.pk
        try:
            move_file_to_bin(instance, request.user)
        except Gone as error:
            raise Http404 from error
        except NotReadable:
            return JsonResponse({"success": False}, status=503)
        return JsonResponse({"success": True, self.context_object_id_name: pk})


class DeleteUploadedImageView(UploadDeletionMixin, multiple_images.DeleteView):
    pass


class DeleteUploadedDocumentView(UploadDeletionMixin, multiple_documents.DeleteView):
    pass


class BulkMixin:
    """Wagtail's bulk action; files on others’ live pages are kept, the rest is moved to the bin."""

    template_name = "diptych_languages/admin/bin/bulk_delete_files.html"

    def check_perm(self, instance):
        if not super().check_perm(instance):
            return False
        instance.uses = uses_of(instance)
        instance.uses_denied = uses_denied(self.request.user, instance.uses)
        return not instance.uses_denied

    def get_execution_context(self):
        context = super().get_execution_context()
        return {**context, "user": self.request.user, "request": self.request}

    @classmethod
    def execute_action(cls, objects, user=None, request=None, **kwargs):
        count = 0
        for each in objects:
            try:
                move_file_to_bin(each, user)
            except Gone:
                continue
            except NotReadable:
                messages.error(request, not_deleted(each.title))
                continue
            count += 1
        return count, 0

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user = self.request.user
        for each in context["items"]:
            live = [use for use in each["item"].uses if use.is_live]
            each["uses"] = uses_in_words(user, live)
        kept = [each["item"] for each in context["items_with_no_access"]]
        shown = [
            {"title": each.title, "uses": uses_in_words(user, each.uses_denied)}
            for each in kept
            if getattr(each, "uses_denied", ())
        ]
        return {**context, "days": DAYS_KEPT, "shown_by_others": shown}

    def get_success_message(self, num_parent_objects, num_child_objects):
        message = super().get_success_message(num_parent_objects, num_child_objects)
        return f"{message}. {_('The bin keeps them for %(days)s days.') % {'days': DAYS_KEPT}}"


class MoveImagesToBin(BulkMixin, DeleteImages):
    pass


class MoveDocumentsToBin(BulkMixin, DeleteDocuments):
    pass


def deletion_urls():
    """Hook for ``register_admin_urls``, before Wagtail's: its addresses, with these views."""
    return [
        path("images/<int:image_id>/delete/", DeleteImageView.as_view()),
        path("images/multiple/<int:image_id>/delete/", DeleteUploadedImageView.as_view()),
        path("documents/delete/<int:document_id>/", DeleteDocumentView.as_view()),
        path("documents/multiple/<int:doc_id>/delete/", DeleteUploadedDocumentView.as_view()),
    ]


# The list


class FileColumn(BaseColumn):
    cell_template_name = "diptych_languages/admin/bin/file_cell.html"


class BinFilesReport(BinReport):
    """The deleted images and documents that somebody may restore, the newest first."""

    model = DeletedFile
    columns = [
        FileColumn("title", label=gettext_lazy("Title")),
        Column(
            "shown_in",
            label=gettext_lazy("Was shown in"),
            accessor=lambda row: languages_in_words(row.shown_in),
        ),
        *DELETION,
    ]
    page_title = gettext_lazy("Bin: images and documents")
    export_filename = "bin-files"
    viewset_name = "diptych_bin_files"
    restorable = staticmethod(manageable_files)

    can_see = staticmethod(can_see_files)

    @cached_property
    def spreadsheet(self):
        """The columns of the export: heading to function of a row."""
        return {
            _("Title"): lambda row: row.title,
            _("Was shown in"): lambda row: languages_in_words(row.shown_in),
            **deletion_cells(),
        }


class BinFilesViewSet(ReportViewSet):
    report_class = BinFilesReport
    url_prefix = "diptych/bin/files"


# One file


class DeletedFileView(BinEntryMixin, TemplateView):
    """A question about one file in the bin, for those who may restore it."""

    report = BinFilesReport
    list_name = "diptych_bin_files:index"
    gone_message = gettext_lazy("This file is not in the bin any more.")

    def dispatch(self, request, pk):
        stored = DeletedFile.objects.defer("rows").select_related("content_type", "deleted_by")
        self.deleted = stored.filter(pk=pk).first()
        if self.deleted is None:
            return self.report_gone()
        if not can_manage_file(request.user, self.deleted):
            raise PermissionDenied
        return super().dispatch(request, pk)

    def get_context_data(self, **kwargs):
        shown_in = MultilingualPageMixin.names_of(self.deleted.shown_in)
        return super().get_context_data(**kwargs, was_shown_in=shown_in)


class RestoreFileView(DeletedFileView):
    template_name = "diptych_languages/admin/bin/restore_file.html"
    page_title = gettext_lazy("Restore")

    def post(self, request, pk):
        try:
            restored = restore_file(pk, request.user)
        except Gone:
            return self.report_gone()
        except NotRestorable as reason:
            messages.error(request, str(reason))
            return self.to_list()
        message = _("“%(title)s” has been restored, where it was used as well.")
        messages.success(request, message % {"title": restored.title})
        url = AdminURLFinder(request.user).get_edit_url(restored)
        return redirect(url) if url else self.to_list()


class DeleteFileForGoodView(DeletedFileView):
    template_name = "diptych_languages/admin/bin/delete_for_good.html"
    page_title = gettext_lazy("Delete for good")
    extra_context = {"is_file": True}

    def post(self, request, pk):
        try:
            delete_file_for_good(self.deleted, request.user)
        except Gone:
            return self.report_gone()
        return self.report_deleted_for_good()


urlpatterns = [
    path(
        "diptych/bin/files/<int:pk>/restore/",
        RestoreFileView.as_view(),
        name="diptych_restore_file",
    ),
    path(
        "diptych/bin/files/<int:pk>/delete/",
        DeleteFileForGoodView.as_view(),
        name="diptych_delete_file_for_good",
    ),
]
