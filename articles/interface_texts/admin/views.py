"""List and download of the site's catalogues, for users who may edit their language."""

from dataclasses import dataclass, field

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from diptych.articles.interface_texts.admin.selection import TABS, entries_by_tab
from diptych.articles.interface_texts.catalogues import (
    as_file,
    entries_by_key,
    entries_by_state,
    entry_key,
    forms_needed,
    set_translation,
)
from diptych.articles.interface_texts.site_catalogues import UnreadableCatalogue, catalogues_in
from diptych.articles.interface_texts.unconfirmed import pending_in
from diptych.articles.interface_texts.validation import forms_of
from diptych.articles.languages.config.language_config import (
    available_languages,
    translated_language_name,
)
from diptych.articles.languages.permissions.policy import can, languages_for

SESSION_KEY = "diptych_interface_texts"


class InterfaceTextsMixin(WagtailAdminTemplateMixin):
    """A view for users who may edit a language; subclasses define ``is_allowed``."""

    page_title = gettext_lazy("Site texts")
    header_icon = "openquote"

    @method_decorator(never_cache)
    def dispatch(self, request, *args, **kwargs):
        if not self.is_allowed():
            message = _("You have no permission to edit the site texts of this language.")
            return self.render_message(message, 403)
        try:
            return super().dispatch(request, *args, **kwargs)
        except UnreadableCatalogue as error:
            message = _("The catalogue cannot be read: %(error)s") % {"error": error}
            return self.render_message(message, 409)

    def render_message(self, message, status):
        """Return a page that shows nothing but a message."""
        context = {
            "page_title": self.page_title,
            "header_icon": self.header_icon,
            "message": message,
        }
        template = "diptych_interface_texts/message.html"
        return TemplateResponse(self.request, template, context, status=status)

    def get_breadcrumbs_items(self):
        index = {"url": reverse("diptych_interface_texts:index"), "label": self.page_title}
        return [*super().get_breadcrumbs_items(), index]


# The list


class CatalogueListView(InterfaceTextsMixin, View):
    """The catalogues of the languages that the user may edit, with their progress."""

    template_name = "diptych_interface_texts/list.html"

    def is_allowed(self):
        return bool(languages_for(self.request.user, "edit"))

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        languages = languages_for(self.request.user, "edit")
        catalogues = [each for code in languages for each in catalogues_in(code)]
        return super().get_context_data(
            **kwargs, table=progress_table(catalogues), catalogues=catalogues
        )


@dataclass
class Progress:
    """The counts of one catalogue, and of each of its tabs; none when it cannot be read."""

    catalogue: object
    total: int = 0
    translated: int = 0
    parts: list = field(default_factory=list)
    is_readable: bool = True

    @classmethod
    def of(cls, catalogue):
        try:
            file = catalogue.read()
        except UnreadableCatalogue:
            return cls(catalogue, is_readable=False)
        states = entries_by_state(file)
        unconfirmed = pending_in(catalogue, file)
        parts = [
            {"name": name, "label": TABS[name], **_counts_to_do(entries, unconfirmed)}
            for name, entries in entries_by_tab(states["all"]).items()
        ]
        return cls(catalogue, len(states["all"]), len(states["translated"]), parts)

    @property
    def language(self):
        return capfirst(translated_language_name(self.catalogue.language))

    @property
    def file(self):
        return self.catalogue.name

    @property
    def percentage(self):
        """Rounded down, so that 100 means complete."""
        return 100 * self.translated // self.total if self.total else 100

    @property
    def url(self):
        arguments = [self.catalogue.language, self.catalogue.number]
        return reverse("diptych_interface_texts:edit", args=arguments)


def _counts_to_do(entries, unconfirmed):
    states = entries_by_state(entries)
    counts = {state: len(states[state]) for state in ("untranslated", "fuzzy")}
    return {**counts, "unconfirmed": sum(entry_key(each) in unconfirmed for each in entries)}


class CatalogueColumn(TitleColumn):
    cell_template_name = "diptych_interface_texts/catalogue_cell.html"


class ProgressColumn(Column):
    cell_template_name = "diptych_interface_texts/progress_cell.html"


def progress_table(catalogues):
    """Return a table with the progress of each catalogue, of two columns to fit a phone."""
    columns = [
        CatalogueColumn("language", label=_("Language"), get_url=lambda progress: progress.url),
        ProgressColumn("translated", label=_("Translated")),
    ]
    return Table(columns, [Progress.of(each) for each in catalogues])


# One catalogue


class UnwrittenTexts:
    """Valid changes that could not be written, kept in the session of the user.

    Only the changes are kept, as lists of forms by the key of their entry, and applied to the
    catalogue as it is when it is shown.
    """

    def __init__(self, session, catalogue):
        self.session = session
        self.place = str(catalogue.path)

    def all(self):
        """Map keys to forms, without looking at the catalogue."""
        return dict(self.session.get(SESSION_KEY, {}).get(self.place, {}))

    def add(self, texts):
        self._store(self.all() | texts)

    def discard(self, keys):
        kept = self.all()
        if kept.keys() & set(keys):
            self._store({key: forms for key, forms in kept.items() if key not in keys})

    def pending_in(self, file):
        """Map keys to unwritten forms of a catalogue; delete those that it contains by now."""
        entries = entries_by_key(file)
        pending = {key: forms for key, forms in self.all().items() if key in entries}
        written = {
            key
            for key, forms in pending.items()
            if forms_of(entries[key]) == forms and not entries[key].fuzzy
        }
        self.discard(written)
        return {key: forms for key, forms in pending.items() if key not in written}

    def apply_to(self, file):
        """Put the changes into a catalogue that is downloaded.

        Those whose entry has another number of forms by now are left out.
        """
        entries = entries_by_key(file)
        for key, forms in self.pending_in(file).items():
            if len(forms) == forms_needed(entries[key], file):
                set_translation(entries[key], forms)

    def _store(self, texts):
        everything = dict(self.session.get(SESSION_KEY, {}))
        everything.pop(self.place, None)
        if texts:
            everything[self.place] = texts
        self.session[SESSION_KEY] = everything


class CatalogueMixin(InterfaceTextsMixin):
    """A view of the catalogue that the address names by its language and number."""

    def is_allowed(self):
        return can(self.request.user, "edit", self.kwargs["language"])

    @cached_property
    def catalogue(self):
        language = self.kwargs["language"]
        catalogues = catalogues_in(language) if language in available_languages() else []
        if self.kwargs["number"] >= len(catalogues):
            raise Http404
        return catalogues[self.kwargs["number"]]

    @cached_property
    def file(self):
        """The parsed catalogue."""
        return self.catalogue.read()

    @cached_property
    def unwritten(self):
        return UnwrittenTexts(self.request.session, self.catalogue)

    def url_of(self, name):
        return reverse(f"diptych_interface_texts:{name}", kwargs=self.kwargs)


class DownloadView(CatalogueMixin, View):
    """The catalogue as a file, with the changes of the user that could not be written."""

    http_method_names = ["get"]

    def get(self, request, *args, **kwargs):
        self.unwritten.apply_to(self.file)
        response = HttpResponse(as_file(self.file), content_type="text/x-gettext-translation")
        name = f"{self.catalogue.language}-{self.catalogue.path.name}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
