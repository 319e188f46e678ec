"""The form in which the words of a catalogue are searched, read and changed."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic.base import ContextMixin
from rosetta.conf import settings as rosetta_settings
from rosetta.signals import post_save
from rosetta.views import TranslationFormView
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.widgets.button import HeaderButton

from articles.interface_texts.entries import (
    RowMaker,
    digest_of,
    entries_by_key,
    in_plain_letters,
    key_of,
    with_plain_breaks,
)
from articles.interface_texts.faults import forms_of
from articles.interface_texts.saving import Change, explain_obstacle, save
from articles.interface_texts.views import OneCatalogue
from articles.languages.available import translated_language_name

FILTERS = {
    "all": gettext_lazy("All texts"),
    "untranslated": gettext_lazy("Without words"),
    "fuzzy": gettext_lazy("To be checked"),
    "translated": gettext_lazy("Translated"),
}

#: No language has more forms for numbers.
MOST_FORMS = 6


class RosettaForm(TranslationFormView):
    """Rosetta's form as far as it is used: which entries are wanted, and their line breaks."""

    def get_context_data(self, **kwargs):
        """Without rosetta's own, which needs the addresses of its translation machines."""
        return ContextMixin.get_context_data(self, **kwargs)


class TextPaginator(WagtailPaginator):
    verbose_name = gettext_lazy("text")
    verbose_name_plural = gettext_lazy("texts")


class CatalogueView(OneCatalogue, RosettaForm):
    """The words of one catalogue, page by page."""

    template_name = "diptych_interface_texts/catalogue.html"

    def get_page_subtitle(self):
        return capfirst(translated_language_name(self.language_id))

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_subtitle()}]

    def get(self, request, *args, **kwargs):
        rows = [self.row_maker.row(entry) for entry in self.page.object_list]
        return self.render_to_response(self.get_context_data(rows=rows))

    def post(self, request, *args, **kwargs):
        """Save what holds; show again, as it was typed, what does not."""
        typed = self._typed()
        outcome = save(self.catalogue, self._changes(typed), request.user)
        self._settle(typed, outcome)
        if not outcome.refused and not outcome.gone:
            return HttpResponseRedirect(self._next_address())
        del self.po_file
        rows = list(self._rows_again(typed, outcome.refused))
        gone = [" / ".join(change.forms) for change in outcome.gone]
        context = self.get_context_data(rows=rows, gone=gone, is_refused=True)
        return self.render_to_response(context)

    def get_context_data(self, **kwargs):
        download = HeaderButton(
            _("Download"), url=self.address("download"), icon_name="download", priority=10
        )
        self.header_buttons = [download]
        return super().get_context_data(
            catalogue=self.catalogue,
            language_name=self.get_page_subtitle(),
            is_writable=self.po_file_is_writable,
            waiting=len(self.drafts.over(self.po_file)),
            download_url=self.address("download"),
            filters=self._filters(),
            query=self.query or "",
            page=self.page,
            elided_page_range=self.page.paginator.get_elided_page_range(self.page.number),
            **kwargs,
        )

    # What is shown

    @cached_property
    def page(self):
        paginator = TextPaginator(self.get_entries(), rosetta_settings.MESSAGES_PER_PAGE)
        return paginator.get_page(self.request.GET.get("p"))

    @cached_property
    def row_maker(self):
        others = {
            code: other.read()
            for code, _name in settings.LANGUAGES
            if code != self.language_id and (other := self.catalogue.beside(code))
        }
        return RowMaker(self.po_file, self.language_id, others, self.drafts.over(self.po_file))

    def get_entries(self):
        """As rosetta finds them, but a search is about the words of every language."""
        if not self.query:
            return super().get_entries()
        wanted = in_plain_letters(self.query)
        return [
            entry
            for entry in self.po_file
            if not entry.obsolete and wanted in in_plain_letters(self._all_words(entry))
        ]

    def _all_words(self, entry):
        words = [entry.msgid, entry.msgid_plural, entry.comment, *forms_of(entry)]
        for _code, forms in self.row_maker.texts_elsewhere(key_of(entry)):
            words += forms
        return "\n".join(filter(None, words))

    def _filters(self):
        file = self.po_file
        counts = {
            "all": sum(not entry.obsolete for entry in file),
            "untranslated": len(file.untranslated_entries()),
            "fuzzy": sum(not entry.obsolete for entry in file.fuzzy_entries()),
            "translated": len(file.translated_entries()),
        }
        return [
            {"name": name, "label": label, "count": counts[name], "on": name == self.msg_filter}
            for name, label in FILTERS.items()
        ]

    def _rows_again(self, typed, refused):
        """What was posted, whatever the filter would show now."""
        entries = entries_by_key(self.po_file)
        for key, texts in typed.items():
            if key in entries:
                is_refused = key in refused
                yield self.row_maker.row(
                    entries[key], texts if is_refused else None, refused.get(key, ())
                )

    # What was posted

    def _typed(self):
        """The texts of each entry, by its key."""
        posted = self.request.POST
        typed = {}
        for key in (name.removeprefix("seen_") for name in posted if name.startswith("seen_")):
            names = [f"m_{key}", *(f"m_{key}_{number}" for number in range(MOST_FORMS))]
            typed[key] = [with_plain_breaks(posted[name]) for name in names if name in posted]
        return typed

    def _changes(self, typed):
        """What was typed anew, what waits, and what was doubtful and is said to be right."""
        entries, waiting = entries_by_key(self.po_file), self.drafts.all()
        posted = self.request.POST
        for key, texts in typed.items():
            seen = posted[f"seen_{key}"]
            is_wanted = f"right_{key}" in posted or texts == waiting.get(key)
            if digest_of(texts) != seen or is_wanted:
                yield Change(key, tuple(self._with_breaks(entries.get(key), texts)), seen)

    def _with_breaks(self, entry, texts):
        """The texts with line breaks at both ends where the source has them."""
        source = (entry.msgid_plural or entry.msgid) if entry else ""
        return [self.fix_nls(source, text) for text in texts]

    def _settle(self, typed, outcome):
        """Keep what could not be written, and say what became of it all.

        Whoever was shown what waits, and types the words of the file again, takes it back.
        """
        shown = {key for key in typed if f"waits_{key}" in self.request.POST}
        self.drafts.forget((shown | outcome.saved.keys()) - outcome.refused.keys())
        if outcome.obstacle:
            self.drafts.keep(outcome.saved)
            self._say_obstacle(outcome.obstacle)
        elif count := len(outcome.saved):
            post_save.send(sender=None, language_code=self.language_id, request=self.request)
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

    def _say_obstacle(self, error):
        message = _(
            "The catalogue could not be written: %(reason)s. What you typed waits here until you "
            "sign out; download the catalogue to keep it."
        )
        button = messages.button(self.address("download"), _("Download"))
        text = message % {"reason": explain_obstacle(error)}
        messages.error(self.request, text, buttons=[button])

    def _next_address(self):
        """The same page of the list, or the next one if that was asked for."""
        parameters = self.request.GET.copy()
        if "next_page" in self.request.POST and self.page.has_next():
            parameters["p"] = self.page.next_page_number()
        return f"{self.request.path}?{parameters.urlencode()}"
