"""The texts of selected images as a file, and the list of those that wait to be confirmed."""

from django import forms
from django.shortcuts import get_list_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.images.views.bulk_actions.image_bulk_action import ImageBulkAction

from diptych.articles.images.admin.rows import image_policy
from diptych.articles.images.models import UnconfirmedImageText
from diptych.articles.languages.admin.listings.reports import Report, ReportMenuItem, ReportViewSet
from diptych.articles.languages.admin.listings.states import language_heading
from diptych.articles.languages.config.language_config import (
    available_languages,
    translated_language_name,
)
from diptych.articles.languages.config.primary_keys import key_in
from diptych.articles.languages.permissions.policy import languages_for
from diptych.articles.translation_tools import archives
from diptych.articles.translation_tools.admin.bulk import FormatForm
from diptych.articles.translation_tools.admin.views import attachment
from diptych.articles.translation_tools.formats import write
from diptych.articles.translation_tools.image_texts.files import file_of


def _named(languages):
    return [(code, translated_language_name(code)) for code in languages]


def _shown(row):
    """The text of a row of the report, with a note if its source has changed."""
    text = format_html('<span lang="{}">{}</span>', row.language, row.text)
    if not row.has_changed_source:
        return text
    note = _("The source has changed since.")
    return format_html('{} <span class="w-status">{}</span>', text, note)


class ImageFilesForm(FormatForm):
    """From which language into which, and the format; ``targets`` may be edited by the user."""

    source = forms.ChoiceField(label=gettext_lazy("From"))
    target = forms.ChoiceField(label=gettext_lazy("Into"))
    field_order = ["source", "target", "format"]

    def __init__(self, *args, targets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = _named(available_languages())
        self.fields["target"].choices = _named(targets)
        if targets:
            self.initial["target"] = targets[-1]

    def clean(self):
        values = super().clean()
        if values.get("source") and values["source"] == values.get("target"):
            self.add_error("target", _("The source and the target are the same language."))
        return values


class ImageTextsAction(ImageBulkAction):
    """For images whose texts the user may change in some language."""

    @classmethod
    def get_queryset(cls, model, object_ids):
        keys = [key_in(model, str(each)) for each in object_ids]
        images = model.objects.select_related("collection").order_by("pk")
        return get_list_or_404(images, pk__in=[each for each in keys if each is not None])

    def check_perm(self, image):
        user = self.request.user
        may_change = self.permission_policy.user_has_permission_for_instance
        return bool(languages_for(user, "edit")) and may_change(user, "change", image)


class DownloadImageTexts(ImageTextsAction):
    """Downloads one file with the texts of the selected images."""

    display_name = gettext_lazy("Download for translation")
    action_type = "download_for_translation"
    aria_label = gettext_lazy("Download the texts of the selected images for translation")
    template_name = "diptych_translation_tools/download_images.html"
    action_priority = 40
    form_class = ImageFilesForm
    initial = {"format": "xliff"}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "targets": languages_for(self.request.user, "edit")}

    def prepare_action(self, images, images_without_access):
        chosen = self.cleaned_form.cleaned_data
        file = file_of(images, chosen["source"], chosen["target"])
        if file.units:
            kind = chosen["format"]
            return attachment(write(file, kind), archives.name_of(file, kind))
        messages.error(self.request, _("None of these images has a text in that language."))
        return self.render_to_response(self.get_context_data(form=self.cleaned_form))

    def get_context_data(self, **kwargs):
        url = reverse("diptych_translation_archive")
        return {**super().get_context_data(**kwargs), "archive_url": url}


class ImageTextsReport(Report):
    """The texts of images that wait to be confirmed, with links to the forms of these images."""

    model = UnconfirmedImageText
    page_title = gettext_lazy("Texts of images to be confirmed")
    header_icon = "image"
    columns = [
        TitleColumn(
            "image",
            label=gettext_lazy("Image"),
            width="30%",
            get_url=lambda row: reverse("wagtailimages:edit", args=(row.image_id,)),
        ),
        Column(
            "language",
            label=gettext_lazy("Language"),
            accessor=lambda row: language_heading(row.language),
        ),
        Column(
            "text",
            label=gettext_lazy("Text"),
            accessor=_shown,
        ),
        Column("origin", label=gettext_lazy("Origin")),
    ]
    list_export = [
        "image.title",
        "language",
        "field",
        "text",
        "origin",
        "has_changed_source",
        "proposed_at",
    ]
    export_filename = "texts-of-images"

    @staticmethod
    def can_see(user):
        may_change = image_policy().user_has_permission(user, "change")
        return may_change and bool(languages_for(user, "edit"))

    def get_base_queryset(self):
        user = self.request.user
        images = image_policy().instances_user_has_permission_for(user, "change")
        found = UnconfirmedImageText.objects.filter(
            image__in=images.order_by().values("pk"), language__in=languages_for(user, "edit")
        )
        return found.select_related("image").order_by("image__title", "image", "language", "pk")

    @property
    def no_results_message(self):
        return _("No text of an image waits to be confirmed.")


class ImageTextsViewSet(ReportViewSet):
    report_class = ImageTextsReport
    url_prefix = "diptych/image-texts"


def menu_item():
    """For ``register_reports_menu_item``."""
    return ReportMenuItem(ImageTextsReport, "diptych_image_texts", order=660)
