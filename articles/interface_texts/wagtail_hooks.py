from functools import lru_cache

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from diptych.articles.interface_texts.checks import check_polib
from diptych.articles.languages.config.language_config import available_languages, default_language
from diptych.articles.languages.permissions.policy import languages_for

#: The most words of a site text that may be a term.
MOST_WORDS = 3


class InterfaceTextsMenuItem(MenuItem):
    """Shown to users who may edit at least one language."""

    def is_shown(self, request):
        return bool(languages_for(request.user, "edit"))


class InterfaceTextsViewSet(ViewSet):
    icon = "openquote"
    menu_label = _("Site texts")
    menu_name = "diptych-interface-texts"
    menu_order = 150
    menu_item_class = InterfaceTextsMenuItem
    add_to_admin_menu = True
    url_prefix = "diptych/site-texts"

    def get_urlpatterns(self):
        from diptych.articles.interface_texts.admin.editor import CatalogueEditView
        from diptych.articles.interface_texts.admin.views import CatalogueListView, DownloadView

        catalogue = "<slug:language>/<int:number>/"
        return [
            path("", self.construct_view(CatalogueListView), name="index"),
            path(catalogue, self.construct_view(CatalogueEditView), name="edit"),
            path(f"{catalogue}download/", self.construct_view(DownloadView), name="download"),
        ]


@hooks.register("register_admin_viewset")
def viewsets():
    """Register the editor; without polib the system check reports what to install."""
    return [InterfaceTextsViewSet("diptych_interface_texts")] if not check_polib(None) else []


@hooks.register("register_diptych_glossary_candidates")
def names_for_glossary():
    """``(kind, {language: text})`` of short texts that readers see."""
    from diptych.articles.interface_texts.site_catalogues import UnreadableCatalogue, catalogues_in

    if check_polib(None):
        return
    for catalogue in catalogues_in(default_language()):
        files = [catalogue.in_language(code) for code in available_languages()]
        files = tuple((each, each.path.stat().st_mtime_ns) for each in files if each)
        try:
            names = _short_texts(files)
        except UnreadableCatalogue:
            continue
        yield from ((_("Site text"), each) for each in names)


@lru_cache(maxsize=4)
def _short_texts(files):
    """The short texts of ``(catalogue, time of its file)`` pairs, each by language."""
    from diptych.articles.interface_texts.catalogues import entries_by_key
    from diptych.articles.interface_texts.places import ADMINISTRATION, places_of

    names = {}
    for catalogue, _time in files:
        for key, entry in entries_by_key(catalogue.read()).items():
            if _is_short(entry) and (key in names or places_of(entry) != [ADMINISTRATION]):
                names.setdefault(key, {})[catalogue.language] = entry.msgstr
    return tuple(names.values())


def _is_short(entry):
    text = entry.msgstr
    is_plain = entry.translated() and not any(sign in text for sign in "%{}<>…:.?!,")
    return is_plain and not entry.msgid_plural and 0 < len(text.split()) <= MOST_WORDS
