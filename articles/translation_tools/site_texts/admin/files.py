"""The files of a catalogue: download, upload, report."""

from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import HeaderButton

from diptych.articles.interface_texts.admin.views import CatalogueMixin
from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.translation_tools import archives
from diptych.articles.translation_tools.admin.views import (
    FORMAT_LABELS,
    TakingView,
    attachment,
    check_target,
    taken_beside,
)
from diptych.articles.translation_tools.formats import FORMATS, write
from diptych.articles.translation_tools.site_texts.importing import import_file, is_catalogue
from diptych.articles.translation_tools.site_texts.texts import (
    SOURCE_LANGUAGE,
    file_of,
    other_sources,
)


class SiteTextFilesView(CatalogueMixin, TakingView):
    """The files of one catalogue for its translation from English or another language."""

    header_icon = "download"

    def dispatch(self, request, language, number):
        self.edit_url = reverse("diptych_interface_texts:edit", args=(language, number))
        self.back_url = f"{self.edit_url}?msg_filter=unconfirmed"
        if language == SOURCE_LANGUAGE:
            return redirect(self.edit_url)
        return super().dispatch(request)

    def get_page_title(self):
        return _files_for(self.kwargs["language"])

    def get_breadcrumbs_items(self):
        catalogue = {"url": self.edit_url, "label": self.catalogue.name}
        here = {"url": "", "label": self.get_page_title()}
        return [*super().get_breadcrumbs_items(), catalogue, here]

    def get(self, request, *args, **kwargs):
        if (kind := request.GET.get("format")) not in FORMATS:
            return super().get(request, *args, **kwargs)
        source = request.GET.get("source", SOURCE_LANGUAGE)
        if source not in (SOURCE_LANGUAGE, *dict(other_sources(self.catalogue))):
            return super().get(request, *args, **kwargs)
        file = file_of(self.catalogue, source)
        return attachment(write(file, kind), archives.name_of(file, kind))

    def import_files(self, files, is_dry):
        user = self.request.user
        for _name, file in files:
            if not is_catalogue(file):
                check_target(file, self.catalogue.language)
        return [import_file(self.catalogue, file, name, user, is_dry) for name, file in files]

    def taken_message(self, count):
        return taken_beside(count)

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "source_name": translated_language_name(SOURCE_LANGUAGE),
            "formats": FORMAT_LABELS.items(),
            "is_catalogue": True,
            "other_sources": [
                (code, translated_language_name(code), left)
                for code, left in other_sources(self.catalogue)
            ],
        }


def _files_for(language):
    name = {"language": translated_language_name(language)}
    return _("Files for translating into %(language)s") % name


def header_button(catalogue, user):
    """For ``register_diptych_site_text_buttons``."""
    if catalogue.language == SOURCE_LANGUAGE:
        return None
    url = reverse("diptych_site_text_files", args=(catalogue.language, catalogue.number))
    return HeaderButton(_files_for(catalogue.language), url=url, icon_name="download", priority=20)


urlpatterns = [
    path(
        "diptych/site-text-files/<slug:language>/<int:number>/",
        SiteTextFilesView.as_view(),
        name="diptych_site_text_files",
    ),
]
