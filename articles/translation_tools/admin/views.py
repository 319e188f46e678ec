"""The files of a page, or of several, for translation: download, upload, report."""

import base64
import binascii
import zlib

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter

from diptych.articles.languages.admin import access
from diptych.articles.languages.admin.links import (
    PageBreadcrumbsMixin,
    translating_url,
    worklist_url,
)
from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.languages.permissions.policy import can, languages_for
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.translation_tools import archives, site_texts
from diptych.articles.translation_tools.exporting import file_of, page_of
from diptych.articles.translation_tools.formats import EXTENSIONS, FORMATS, write
from diptych.articles.translation_tools.formats.reading import LARGEST_FILE, FileRefused, check_size
from diptych.articles.translation_tools.image_texts import files as image_texts
from diptych.articles.translation_tools.importing import ACTION, TAKEN, import_file, refused_report

FORMAT_LABELS = {
    "xliff": gettext_lazy("XLIFF 1.2, for most programs"),
    "xliff2": gettext_lazy("XLIFF 2.0"),
    "po": gettext_lazy("PO, for Poedit and others"),
}
#: The most characters of the name of a file that are shown and stored.
LONGEST_NAME = 100


class UploadForm(forms.Form):
    """A file for translators or an archive; ``cleaned_data["read"]`` are the files in it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(
            attrs={"accept": ",".join(f".{each}" for each in (*EXTENSIONS, "zip"))}
        ),
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        data = upload.read(LARGEST_FILE + 1)
        try:
            self.cleaned_data["read"] = archives.read(upload.name[:LONGEST_NAME], data)
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return data


class TakingView(WagtailAdminTemplateMixin, FormView):
    """Takes in a file, after a report of what would be taken.

    The file stands packed in the form of the report, and is read and checked anew.
    """

    form_class = UploadForm
    template_name = "diptych_translation_tools/files.html"
    header_icon = "download"

    def import_files(self, files, is_dry):
        """The reports of ``(name, file)`` pairs; raises :class:`FileRefused`."""
        raise NotImplementedError

    def post(self, request, *args, **kwargs):
        if "content" not in request.POST:
            return super().post(request, *args, **kwargs)
        try:
            data = unpacked(request.POST["content"])
            name = request.POST.get("name", "").replace("\0", "")[:LONGEST_NAME]
            files = archives.read(name, data)
            reports = self.import_files(files, is_dry=False)
        except FileRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        taken = sum(each.counts[TAKEN] for each in reports)
        messages.success(request, self.taken_message(taken))
        return redirect(self.back_url)

    def taken_message(self, count):
        """What is said once ``count`` texts are taken."""
        return ngettext(
            "%(count)s text has been taken into the draft.",
            "%(count)s texts have been taken into the draft.",
            count,
        ) % {"count": number_format(count, force_grouping=True)}

    def form_valid(self, form):
        try:
            reports = self.import_files(form.cleaned_data["read"], is_dry=True)
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        return self.render_to_response(
            self.get_context_data(
                form=UploadForm(),
                reports=reports,
                taken=sum(each.counts[TAKEN] for each in reports),
                name=self.request.FILES["file"].name[:LONGEST_NAME],
                content=packed(form.cleaned_data["file"]),
            )
        )

    def import_for_user(self, page, file, name, is_dry):
        user = self.request.user
        may_approve = can(user, "publish", file.target_language)
        return import_file(page, file, name, user, may_approve, is_dry=is_dry)

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "back_url": self.back_url}


class FilesView(PageBreadcrumbsMixin, TakingView):
    """The files of one page for its translation into a language."""

    def dispatch(self, request, page_id, language):
        self.page = access.draft_to_translate(request, page_id, language)
        self.language = language
        self.back_url = translating_url(page_id, language)
        if language == self.page.source_language:
            return redirect(self.back_url)
        return super().dispatch(request)

    def get_page_title(self):
        name = {"language": translated_language_name(self.language)}
        return _("Files for translating into %(language)s") % name

    def get(self, request, *args, **kwargs):
        if (kind := request.GET.get("format")) not in FORMATS:
            return super().get(request, *args, **kwargs)
        file = file_of(self.page, self.language)
        return attachment(write(file, kind), archives.name_of(file, kind))

    def import_files(self, files, is_dry):
        for _name, file in files:
            check_target(file, self.language)
        return [self.import_for_user(self.page, file, name, is_dry) for name, file in files]

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "source_name": translated_language_name(self.page.source_language),
            "formats": FORMAT_LABELS.items(),
        }


class ArchiveView(TakingView):
    """Files of several pages, taken in together."""

    page_title = gettext_lazy("Translated files")

    def dispatch(self, request):
        if not languages_for(request.user, "edit"):
            raise PermissionDenied
        self.back_url = worklist_url()
        return super().dispatch(request)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def import_files(self, files, is_dry):
        if all(image_texts.are_in(file) for _name, file in files):
            self.back_url = reverse("diptych_image_texts:index")
        return [self._import(name, file, is_dry) for name, file in files]

    def taken_message(self, count):
        return taken_beside(count)

    def _import(self, name, file, is_dry):
        if site_texts.are_in(file):
            return self._import_site_texts(name, file, is_dry)
        if image_texts.are_in(file):
            return self._import_image_texts(name, file, is_dry)
        try:
            page = access.draft_to_translate(self.request, page_of(file), file.target_language)
        except Http404:
            return refused_report(file, name, _("The file is of no page of this site."))
        except PermissionDenied:
            return refused_report(file, name, _("You may not translate this page."))
        return self.import_for_user(page, file, name, is_dry)

    def _import_site_texts(self, name, file, is_dry):
        from diptych.articles.translation_tools.site_texts.importing import import_file
        from diptych.articles.translation_tools.site_texts.texts import catalogue_of

        catalogue, user = catalogue_of(file), self.request.user
        if catalogue is None:
            return refused_report(file, name, _("The file is of no texts of this site."))
        if not can(user, "edit", catalogue.language):
            reason = _("You have no permission to edit the site texts of this language.")
            return refused_report(file, name, reason)
        return import_file(catalogue, file, name, user, is_dry)

    def _import_image_texts(self, name, file, is_dry):
        user, language = self.request.user, file.target_language
        if not can(user, "edit", language):
            return refused_report(file, name, _("You may not translate into this language."))
        may_approve = can(user, "publish", language)
        return image_texts.import_file(file, name, user, may_approve, is_dry)


def taken_beside(count):
    """What is said of ``count`` texts of which some may wait beside those that readers see."""
    return ngettext(
        "%(count)s text has been taken; readers see none that is to be confirmed.",
        "%(count)s texts have been taken; readers see none that is to be confirmed.",
        count,
    ) % {"count": number_format(count, force_grouping=True)}


def check_target(file, language):
    """Raise :class:`FileRefused` for a file that is for translating into another language."""
    if file.target_language != language:
        message = _("The file is for translating into another language (“%(language)s”).")
        raise FileRefused(message % {"language": file.target_language[:20]})


def attachment(data, name):
    """The response by which a browser stores ``data`` as a file."""
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def packed(data):
    """``data`` as a text for a hidden input."""
    return base64.b64encode(zlib.compress(data)).decode()


def unpacked(text):
    """The bytes that :func:`packed` made ``text`` of; raises :class:`FileRefused`."""
    try:
        data = zlib.decompressobj().decompress(base64.b64decode(text), LARGEST_FILE + 1)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise FileRefused(_("The file has been damaged on its way; choose it again.")) from error
    check_size(data)
    return data


def header_buttons(page, user, view_name, next_url=None):
    """For ``register_page_header_buttons``."""
    if not isinstance(page, MultilingualPageMixin) or page.alias_of_id:
        return
    if not page.permissions_for_user(user).can_edit():
        return
    for language in access.languages_to_translate(user, page):
        name = {"language": translated_language_name(language)}
        yield Button(
            _("Files for translating into %(language)s") % name,
            reverse("diptych_translation_files", args=(page.pk, language)),
            icon_name="download",
            priority=14,
        )


class ImportFormatter(LogFormatter):
    """The entry in the history for texts that came in a file."""

    label = gettext_lazy("Take in a file of translations")

    def format_message(self, log_entry):
        data = log_entry.data
        message = ngettext(
            "%(count)s text in %(language)s taken from “%(file)s”",
            "%(count)s texts in %(language)s taken from “%(file)s”",
            data["taken"],
        )
        language = translated_language_name(data["language"])
        count = number_format(data["taken"], force_grouping=True)
        return message % {"count": count, "language": language, "file": data["origin"]}


def log_actions(actions):
    """For ``register_log_actions``."""
    actions.register_action(ACTION)(ImportFormatter)


FILES = "diptych/translation-files/"
urlpatterns = [
    path(FILES, ArchiveView.as_view(), name="diptych_translation_archive"),
    path(
        f"{FILES}<int:page_id>/<slug:language>/",
        FilesView.as_view(),
        name="diptych_translation_files",
    ),
]
