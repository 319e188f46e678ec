"""The screens of the words: rosetta's views, within Wagtail's admin and its rights."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from articles.interface_texts.catalogues import as_file
from articles.interface_texts.drafts import Drafts
from articles.interface_texts.files import UnreadableCatalogue, catalogues_in
from articles.interface_texts.progress import progress_table
from articles.languages.available import available_languages
from articles.languages.permissions.policy import languages_for, may


class WordsScreen(WagtailAdminTemplateMixin):
    """A screen of the words, for those who may edit a language."""

    page_title = gettext_lazy("The site’s words")
    header_icon = "openquote"

    @method_decorator(never_cache)
    def dispatch(self, request, *args, **kwargs):
        """Ask for the right to the language; rosetta's own question knows one right for all."""
        if not self.is_allowed():
            return self.say(_("You have no right to edit the words of this language."), 403)
        try:
            return View.dispatch(self, request, *args, **kwargs)
        except UnreadableCatalogue as error:
            return self.say(_("The catalogue cannot be read: %(error)s") % {"error": error}, 409)

    def say(self, message, status):
        context = {
            "page_title": self.page_title,
            "header_icon": self.header_icon,
            "message": message,
        }
        template = "diptych_interface_texts/message.html"
        return TemplateResponse(self.request, template, context, status=status)

    def get_breadcrumbs_items(self):
        address = reverse("diptych_words:index")
        return [*super().get_breadcrumbs_items(), {"url": address, "label": self.page_title}]


class ListView(WordsScreen, View):
    """The catalogues of the languages that somebody may edit, and how far each is."""

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


class OneCatalogue(WordsScreen):
    """A screen about one catalogue, under the names that rosetta's views know it by.

    Rosetta would number the catalogues of all packages, and keep a read-only one in a cache.
    """

    def is_allowed(self):
        return may(self.request.user, "edit", self.kwargs["lang_id"])

    @cached_property
    def catalogue(self):
        language = self.kwargs["lang_id"]
        catalogues = catalogues_in(language) if language in available_languages() else []
        if self.kwargs["idx"] >= len(catalogues):
            raise Http404
        return catalogues[self.kwargs["idx"]]

    @cached_property
    def drafts(self):
        return Drafts(self.request.session, self.catalogue)

    @property
    def language_id(self):
        return self.catalogue.language

    @property
    def po_file_path(self):
        return str(self.catalogue.path)

    @cached_property
    def po_file(self):
        return self.catalogue.read()

    @property
    def po_file_is_writable(self):
        return self.catalogue.may_be_written()

    def address(self, name):
        return reverse(f"diptych_words:{name}", kwargs=self.kwargs)


class DownloadView(OneCatalogue, View):
    """The catalogue as a file, with the words that wait to be written."""

    http_method_names = ["get"]

    def get(self, request, *args, **kwargs):
        self.drafts.put_into(self.po_file)
        response = HttpResponse(as_file(self.po_file), content_type="text/x-gettext-translation")
        name = f"{self.language_id}-{self.catalogue.path.name}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
