"""The form in which the texts of a catalogue are searched, read and changed."""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.admin.widgets.button import HeaderButton

from articles.interface_texts.admin.views import CatalogueMixin
from articles.interface_texts.catalogues import (
    entries_by_key,
    entries_by_state,
    entry_key,
    forms_needed,
    normalize_line_breaks,
    sources_of,
    translation_digest,
)
from articles.interface_texts.saving import Change, explain_write_error, save
from articles.interface_texts.validation import forms_of
from articles.languages.available import translated_language_name

FILTERS = {
    "all": gettext_lazy("All texts"),
    "untranslated": gettext_lazy("Without words"),
    "fuzzy": gettext_lazy("To be checked"),
    "translated": gettext_lazy("Translated"),
}

#: No language has more plural forms.
MOST_FORMS = 6


class TextPaginator(WagtailPaginator):
    verbose_name = gettext_lazy("text")
    verbose_name_plural = gettext_lazy("texts")


class CatalogueEditView(CatalogueMixin, View):
    """The texts of one catalogue, page by page."""

    template_name = "diptych_interface_texts/catalogue.html"
    paginate_by = 20

    def get_page_subtitle(self):
        return capfirst(translated_language_name(self.catalogue.language))

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_subtitle()}]

    def get(self, request, *args, **kwargs):
        rows = [self.row_builder.row(entry) for entry in self.page.object_list]
        return self.render_to_response(self.get_context_data(rows=rows))

    def post(self, request, *args, **kwargs):
        """Save what is valid; show again, as it was typed, what is not."""
        typed = self._typed()
        outcome = save(self.catalogue, self._changes(typed), request.user)
        self._settle(typed, outcome)
        if not outcome.refused and not outcome.gone:
            return HttpResponseRedirect(self._next_url())
        del self.file
        rows = list(self._rows_again(typed, outcome.refused))
        gone = [" / ".join(change.forms) for change in outcome.gone]
        context = self.get_context_data(rows=rows, gone=gone, is_refused=True)
        return self.render_to_response(context)

    def get_context_data(self, **kwargs):
        download = HeaderButton(
            _("Download"), url=self.url_of("download"), icon_name="download", priority=10
        )
        self.header_buttons = [download]
        return super().get_context_data(
            catalogue=self.catalogue,
            language_name=self.get_page_subtitle(),
            is_writable=self.catalogue.is_writable(),
            waiting=len(self.unwritten.pending_in(self.file)),
            download_url=self.url_of("download"),
            filters=self._filters(),
            query=self.query,
            page=self.page,
            elided_page_range=self.page.paginator.get_elided_page_range(self.page.number),
            **kwargs,
        )

    # Entries

    @cached_property
    def query(self):
        return self.request.GET.get("query", "").strip()

    @cached_property
    def state(self):
        """The state that is filtered for, none while something is searched."""
        asked = self.request.GET.get("msg_filter")
        return None if self.query else asked if asked in FILTERS else "all"

    @cached_property
    def page(self):
        entries = self._found() if self.query else entries_by_state(self.file)[self.state]
        return TextPaginator(entries, self.paginate_by).get_page(self.request.GET.get("p"))

    @cached_property
    def row_builder(self):
        others = {
            code: other.read()
            for code, _name in settings.LANGUAGES
            if code != self.catalogue.language and (other := self.catalogue.in_language(code))
        }
        unwritten = self.unwritten.pending_in(self.file)
        return RowBuilder(self.file, self.catalogue.language, others, unwritten)

    def _found(self):
        """List the entries that contain the query in any language."""
        wanted = _folded(self.query)
        entries = entries_by_state(self.file)["all"]
        return [entry for entry in entries if wanted in _folded(self._all_texts(entry))]

    def _all_texts(self, entry):
        texts = [entry.msgid, entry.msgid_plural, entry.comment, *forms_of(entry)]
        for _code, forms in self.row_builder.translations_of(entry_key(entry)):
            texts += forms
        return "\n".join(filter(None, texts))

    def _filters(self):
        entries = entries_by_state(self.file)
        return [
            {"name": name, "label": label, "count": len(entries[name]), "on": name == self.state}
            for name, label in FILTERS.items()
        ]

    def _rows_again(self, typed, refused):
        """Build the rows of what was posted, whatever the filter would show now."""
        entries = entries_by_key(self.file)
        for key, texts in typed.items():
            if key in entries:
                is_refused = key in refused
                yield self.row_builder.row(
                    entries[key], texts if is_refused else None, refused.get(key, ())
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
        """Yield what was changed, what is unwritten, and what was fuzzy and is confirmed."""
        entries, unwritten = entries_by_key(self.file), self.unwritten.all()
        posted = self.request.POST
        for key, texts in typed.items():
            seen = posted[f"seen_{key}"]
            is_wanted = f"right_{key}" in posted or texts == unwritten.get(key)
            if translation_digest(texts) != seen or is_wanted:
                forms = [_with_outer_breaks_of(entries.get(key), text) for text in texts]
                yield Change(key, tuple(forms), seen)

    def _settle(self, typed, outcome):
        """Keep what could not be written, and report what became of each change.

        An unwritten text is discarded when it was shown and the text of the file is posted again.
        """
        shown = {key for key in typed if f"waits_{key}" in self.request.POST}
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
            messages.success(self.request, message % {"count": count})
        if count := len(outcome.refused) + len(outcome.gone):
            message = ngettext(
                "%(count)s text was not saved; the reason stands beside it.",
                "%(count)s texts were not saved; the reason stands beside each.",
                count,
            )
            messages.error(self.request, message % {"count": count})

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


def _folded(text):
    """Fold case, apostrophes and white space for a search."""
    return " ".join(text.casefold().replace("’", "'").split())


def _with_outer_breaks_of(entry, text):
    """Let a text begin and end with a line break where its source does, as gettext demands."""
    if entry is None:
        return text
    source = entry.msgid_plural or entry.msgid
    if text and source.startswith("\n") != text.startswith("\n"):
        text = f"\n{text}" if source.startswith("\n") else text.lstrip()
    if text and source.endswith("\n") != text.endswith("\n"):
        text = f"{text}\n" if source.endswith("\n") else text.rstrip()
    return text


# Rows of the form


@dataclass
class TextField:
    """One text to type: the only one of an entry, or one of its plural forms."""

    name: str
    label: str
    text: str
    attributes: dict

    @property
    def widget(self):
        attributes = {"id": self.name, **self.attributes}
        return AdminAutoHeightTextInput().render(self.name, self.text, attributes)


@dataclass
class Row:
    """One entry: its source, its translations into other languages, and its fields.

    ``source_languages`` names the languages whose translation is the source itself;
    ``waiting_over`` is the text of the file where an unwritten one is shown.
    """

    entry: object
    key: str
    seen: str
    fields: list
    source_languages: list = field(default_factory=list)
    references: list = field(default_factory=list)
    reasons: list = field(default_factory=list)
    is_unwritten: bool = False
    waiting_over: str | None = None

    @property
    def sources(self):
        return sources_of(self.entry)


class RowBuilder:
    """Builds rows from the entries of one file, the same file in other languages, and changes."""

    def __init__(self, file, language, others, unwritten):
        direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
        self.attributes = {"lang": language, "dir": direction, "spellcheck": "true"}
        self.file = file
        self.others = {code: entries_by_key(other) for code, other in others.items()}
        self.unwritten = unwritten

    def row(self, entry, typed=None, reasons=()):
        """Build a row that shows what was just typed, or is unwritten, or is in the file."""
        key, saved = entry_key(entry), forms_of(entry)
        unwritten = self.unwritten.get(key)
        references = list(self._references(key))
        sources = sources_of(entry)
        return Row(
            entry=entry,
            key=key,
            seen=translation_digest(saved),
            fields=self._fields(entry, key, typed or unwritten or saved, bool(reasons)),
            source_languages=[
                translated_language_name(code)
                for code, _name, forms in references
                if forms == sources
            ],
            references=[each for each in references if each[-1] != sources],
            reasons=list(reasons),
            is_unwritten=unwritten is not None,
            waiting_over=" / ".join(saved) if unwritten and not typed else None,
        )

    def translations_of(self, key):
        """Yield the language and the forms of each complete translation of an entry."""
        for code, entries in self.others.items():
            if (entry := entries.get(key)) and all(forms_of(entry)):
                yield code, forms_of(entry)

    def _references(self, key):
        for code, forms in self.translations_of(key):
            yield code, capfirst(translated_language_name(code)), forms

    def _fields(self, entry, key, texts, is_refused):
        attributes = {**self.attributes, "aria-describedby": f"source-{key}"}
        if is_refused:
            attributes |= {"aria-invalid": "true", "aria-describedby": f"source-{key} reason-{key}"}
        if not entry.msgid_plural:
            return [TextField(f"m_{key}", "", texts[0] if texts else "", attributes)]
        count = forms_needed(entry, self.file)
        texts = [*texts, *[""] * count][:count]
        return [
            TextField(f"m_{key}_{number}", label, text, attributes)
            for number, (label, text) in enumerate(zip(_form_labels(count), texts, strict=True))
        ]


def _form_labels(count):
    """List what each plural form is for."""
    if count == 2:
        return [_("for one"), _("for several")]
    return [_("form %(number)s") % {"number": number + 1} for number in range(count)]
