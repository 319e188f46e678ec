"""The files of selected translations, in an archive."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from diptych.articles.languages.admin.worklist.bulk import ListedRowsAction
from diptych.articles.languages.permissions.policy import can
from diptych.articles.translation_tools import archives
from diptych.articles.translation_tools.admin.views import FORMAT_LABELS, attachment
from diptych.articles.translation_tools.exporting import file_of
from diptych.articles.translation_tools.formats.reading import MOST_FILES


class FormatForm(forms.Form):
    format = forms.ChoiceField(
        label=gettext_lazy("Format"), choices=FORMAT_LABELS.items(), widget=forms.RadioSelect
    )


class DownloadFiles(ListedRowsAction):
    """Downloads a file for each selected translation of a page."""

    display_name = gettext_lazy("Download for translation")
    action_type = "download_for_translation"
    aria_label = gettext_lazy("Download the selected texts for translation in another program")
    template_name = "diptych_translation_tools/download.html"
    action_priority = 40
    form_class = FormatForm
    initial = {"format": "xliff"}

    def check_perm(self, row):
        return (
            row.language != row.source
            and can(self.request.user, "edit", row.language)
            and row.page.permissions_for_user(self.request.user).can_edit()
        )

    def prepare_action(self, rows, rows_without_access):
        if len(rows) > MOST_FILES:
            message = _("Select %(count)s texts at most.") % {"count": MOST_FILES}
            messages.error(self.request, message)
        if not 0 < len(rows) <= MOST_FILES:
            return self.render_to_response(self.get_context_data(form=self.cleaned_form))
        files = (file_of(_draft_of(row), row.language) for row in rows)
        data = archives.write([each for each in files if each.units], self._format)
        return attachment(data, "translations.zip")

    @property
    def _format(self):
        return self.cleaned_form.cleaned_data["format"]

    def get_context_data(self, **kwargs):
        url = reverse("diptych_translation_archive")
        return {**super().get_context_data(**kwargs), "archive_url": url}


def _draft_of(row):
    return row.page.get_latest_revision_as_object()
