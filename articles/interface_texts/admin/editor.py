"""The form in which the texts of a catalogue are searched, read and changed."""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.widgets.button import HeaderButton

from diptych.articles.interface_texts.admin.rows import OtherLanguages, RowBuilder
from diptych.articles.interface_texts.admin.selection import Selection
from diptych.articles.interface_texts.admin.views import CatalogueMixin
from diptych.articles.interface_texts.catalogues import (
    entries_by_key,
    entry_key,
    normalize_line_breaks,
    translation_digest,
)
from diptych.articles.interface_texts.models import TextChange
from diptych.articles.interface_texts.places import Place
from diptych.articles.interface_texts.saving import (
    Change,
    explain_write_error,
    save_and_record,
    with_outer_breaks_of,
)
from diptych.articles.interface_texts.unconfirmed import discard, pending_in
from diptych.articles.interface_texts.validation import forms_of
from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.languages.config.primary_keys import id_in

#: The hook by which other applications add buttons; it is given the catalogue and the user.
BUTTONS = "register_diptych_site_text_buttons"
#: No language has more plural forms.
MOST_FORMS = 6


class TextPaginator(WagtailPaginator):
    verbose_name = gettext_lazy("text")
    verbose_name_plural = gettext_lazy("texts")


@dataclass
class Section:
    """Rows of one place, with the address where it can be seen; of no place if mixed."""

    place: Place | None = None
    url: str | None = None
    rows: list = field(default_factory=list)


class CatalogueEditView(CatalogueMixin, View):
    """The texts of one catalogue, page by page."""

    template_name = "diptych_interface_texts/catalogue.html"
    paginate_by = 20

    def get_page_subtitle(self):
        return capfirst(translated_language_name(self.catalogue.language))

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_subtitle()}]

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data(sections=self._sections()))

    def post(self, request, *args, **kwargs):
        """Save valid texts, restore one text or discard one that waits to be confirmed.

        Restoring or discarding a text does not save the others: they are shown as they were typed.
        """
        typed = self._typed()
        changes = list(self._changes(typed))
        unsaved = set()
        if former := self._former_text():
            unsaved = {change.key for change in changes} - {former.key}
            typed[former.key] = former.forms
            changes = [former]
        elif discarded := self._discarded():
            unsaved = {change.key for change in changes} - {discarded}
            changes = []
            discard(self.catalogue, [discarded])
        outcome = save_and_record(self.catalogue, changes, request.user)
        self._settle(typed.keys() - unsaved, outcome)
        if not outcome.refused and not outcome.gone and not unsaved:
            return HttpResponseRedirect(self._next_url())
        del self.file
        rows = list(self._rows_again(typed, outcome.refused, unsaved))
        gone = [" / ".join(change.forms) for change in outcome.gone]
        sections = [Section(rows=rows)] if rows else []
        context = self.get_context_data(sections=sections, gone=gone, is_refused=True)
        return self.render_to_response(context)

    def get_context_data(self, **kwargs):
        download = HeaderButton(
            _("Download"), url=self.url_of("download"), icon_name="download", priority=10
        )
        others = (hook(self.catalogue, self.request.user) for hook in hooks.get_hooks(BUTTONS))
        self.header_buttons = [download, *filter(None, others)]
        return super().get_context_data(
            catalogue=self.catalogue,
            language_name=self.get_page_subtitle(),
            is_writable=self.catalogue.is_writable(),
            waiting=len(self.unwritten.pending_in(self.file)),
            download_url=self.url_of("download"),
            selection=self.selection,
            page=self.page,
            elided_page_range=self.page.paginator.get_elided_page_range(self.page.number),
            **kwargs,
        )

    # Entries

    @cached_property
    def history(self):
        return TextChange.objects.of_catalogue(self.catalogue)

    @cached_property
    def unconfirmed(self):
        return pending_in(self.catalogue, self.file)

    @cached_property
    def selection(self):
        changes, unconfirmed = self.history, self.unconfirmed
        return Selection(self.request.GET, self.file, changes, unconfirmed, self._all_texts)

    @cached_property
    def page(self):
        paginator = TextPaginator(self.selection.entries, self.paginate_by)
        return paginator.get_page(self.request.GET.get("p"))

    @cached_property
    def other_languages(self):
        """The translations of the same catalogue into the other languages of the site."""
        files = {
            code: other.read()
            for code, _name in settings.LANGUAGES
            if code != self.catalogue.language and (other := self.catalogue.in_language(code))
        }
        return OtherLanguages(files)

    def _row_builder(self, keys):
        unwritten = self.unwritten.pending_in(self.file)
        return RowBuilder(
            self.file,
            self.catalogue.language,
            self.other_languages,
            unwritten,
            self.selection.places,
            self.history.by_key(keys),
            self.unconfirmed,
        )

    def _sections(self):
        """The rows of the page in sections, one for each place unless they are in another order."""
        entries = self.page.object_list
        builder = self._row_builder([entry_key(entry) for entry in entries])
        sections = []
        for entry in entries:
            place = self._section_of(entry)
            if not sections or sections[-1].place != place:
                url = place.url(self.catalogue.language) if place else None
                sections.append(Section(place, url))
            sections[-1].rows.append(builder.row(entry))
        return sections

    def _section_of(self, entry):
        if not self.selection.is_by_place:
            return None
        return self.selection.place or self.selection.places(entry)[0]

    def _all_texts(self, entry):
        texts = [entry.msgid, entry.msgid_plural, entry.msgctxt, entry.comment, *forms_of(entry)]
        if waiting := self.unconfirmed.get(entry_key(entry)):
            texts += waiting.forms
        for _code, forms in self.other_languages.translations_of(entry_key(entry)):
            texts += forms
        return "\n".join(filter(None, texts))

    def _rows_again(self, typed, refused, unsaved):
        """Build the rows of the posted texts, independent of the filter."""
        entries = entries_by_key(self.file)
        known = {key: texts for key, texts in typed.items() if key in entries}
        builder = self._row_builder(known)
        for key, texts in known.items():
            is_shown_as_typed = key in refused or key in unsaved
            yield builder.row(
                entries[key], texts if is_shown_as_typed else None, refused.get(key, ())
            )

    # Posted texts

    def _typed(self):
        """Map the key of each posted entry to its texts."""
        posted = self.request.POST
        typed = {}
        for key in (name.removeprefix("seen_") for name in posted if name.startswith("seen_")):
            names = [f"m_{key}", *(f"m_{key}_{number}" for number in range(MOST_FORMS))]
            typed[key] = [normalize_line_breaks(posted[name]) for name in names if name in posted]
        return typed

    def _changes(self, typed):
        """Yield changed texts, unwritten texts, and those to be confirmed that are."""
        entries, unwritten = entries_by_key(self.file), self.unwritten.all()
        posted = self.request.POST
        for key, texts in typed.items():
            seen = posted[f"seen_{key}"]
            shown = posted.get(f"waiting_{key}", seen)
            is_wanted = f"right_{key}" in posted or texts == unwritten.get(key)
            if translation_digest(texts) != shown or is_wanted:
                entry = entries.get(key)
                forms = [with_outer_breaks_of(entry, text) for text in texts] if entry else texts
                yield Change(key, tuple(forms), seen)

    def _former_text(self):
        """The change that restores the text whose button was pressed, if one was."""
        pk = id_in(self.request.POST.get("restore"))
        former = self.history.filter(pk=pk).first() if pk is not None else None
        if former is None:
            return None
        seen = self.request.POST.get(f"seen_{former.key}", "")
        return Change(former.key, former.before, seen, is_former=True, fuzzy=former.was_fuzzy)

    def _discarded(self):
        """The key of the text whose translation is discarded, if a button for that was pressed."""
        key = self.request.POST.get("discard")
        return key if key in entries_by_key(self.file) else None

    def _settle(self, keys, outcome):
        """Store the texts that could not be written, and report the outcome of each change.

        An unwritten text is discarded when it was shown and the text of the file is posted again.
        """
        shown = {key for key in keys if f"waits_{key}" in self.request.POST}
        self.unwritten.discard((shown | outcome.saved.keys()) - outcome.refused.keys())
        if outcome.write_error:
            self.unwritten.add(outcome.saved)
            self._report_write_error(outcome.write_error)
        elif count := len(outcome.saved):
            message = ngettext(
                "%(count)s text saved; readers see it now.",
                "%(count)s texts saved; readers see them now.",
                count,
            )
            button = messages.button(self._changed_here_url(), _("See and undo"))
            messages.success(self.request, message % {"count": count}, buttons=[button])
        if count := len(outcome.refused) + len(outcome.gone):
            message = ngettext(
                "%(count)s text was not saved; the reason stands beside it.",
                "%(count)s texts were not saved; the reason stands beside each.",
                count,
            )
            messages.error(self.request, message % {"count": count})

    def _changed_here_url(self):
        """The address of the texts changed here, the newest first, in the same tab."""
        parameters = {"msg_filter": "changed"}
        if tab := self.request.GET.get("tab"):
            parameters["tab"] = tab
        return f"{self.request.path}?{urlencode(parameters)}"

    def _report_write_error(self, error):
        message = _(
            "The catalogue could not be written: %(reason)s. What you typed waits here until you "
            "sign out; download the catalogue to keep it."
        )
        button = messages.button(self.url_of("download"), _("Download"))
        text = message % {"reason": explain_write_error(error)}
        messages.error(self.request, text, buttons=[button])

    def _next_url(self):
        """Return the same page of the list, or the next one if that was asked for."""
        parameters = self.request.GET.copy()
        if "next_page" in self.request.POST and self.page.has_next():
            parameters["p"] = self.page.next_page_number()
        return f"{self.request.path}?{parameters.urlencode()}"
