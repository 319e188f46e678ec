from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import widgets
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm

from articles.languages.available import available_languages, column, translated_language_name
from articles.languages.holding_back import hold_back
from articles.languages.publication_request import languages_asked_for


class LanguagePageForm(WagtailAdminPageForm):
    """The editor's form of a page in several languages.

    A draft needs one headline. A language that is being published needs all that
    ``publication_problems`` of the page names; the other languages may stay half written.
    """

    #: The languages that are being published by name; set by the view once it publishes.
    publishing = None
    #: What the page held before other languages were held back; see ``hold_back``.
    kept = None

    @cached_property
    def languages_asked_for(self):
        """The languages of the button that was pressed, or ``None`` for plain "Publish"."""
        return languages_asked_for(self.data) if self.is_bound else None

    def clean(self):
        data = super().clean()
        headlines = [self._value(data, "headline", code) for code in available_languages()]
        if not any((headline or "").strip() for headline in headlines):
            self._complain("headline", self.instance.source_language, _("Write a headline."))
        for language in available_languages():
            slug = self._value(data, "url_slug", language)
            if slug and not self.instance.slug_is_free(language, slug, self.parent_page):
                message = _("Another page here already has this address in %(language)s.")
                self._complain(
                    "url_slug", language, message % {"language": translated_language_name(language)}
                )
        return data

    def _value(self, data, name, language):
        return data.get(column(name, language), self.instance.text_in(name, language))

    def _complain(self, name, language, message):
        field = column(name, language)
        self.add_error(field if field in self.fields else None, message)

    def _post_clean(self):
        super()._post_clean()
        if self.is_deferred_validation or self._is_sent_back():
            return
        languages = self.languages_asked_for
        if languages is None:
            languages = self.instance.languages_of_plain_publish()
        for language in languages:
            for field, message in self.instance.publication_problems(language):
                if field not in self.errors:
                    self.add_error(field if field in self.fields else None, message)

    def _is_sent_back(self):
        """Whether a moderator returns the page, which may well be because it is incomplete."""
        return self.data.get("workflow-action-name") == "reject"

    def save(self, commit=True):
        self.instance.ask_to_publish(self.publishing or [])
        page = super().save(commit=commit)
        if self.publishing:
            self.kept = hold_back(page, self.publishing)
        return page


class LanguageCopyForm(CopyForm):
    """Ask for the headline and the address of the copy in every language the page is written in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.page = self.page.specific
        self.draft = self.page.get_latest_revision_as_object()
        written = {*self.page.languages_written(), *self.draft.languages_written()}
        self.languages = sorted(written, key=lambda code: code != self.page.source_language)
        others = {
            name: self.fields.pop(name)
            for name in list(self.fields)
            if name not in ("new_title", "new_slug")
        }
        del self.fields["new_title"], self.fields["new_slug"]
        for language in self.languages:
            self._add_language(language)
        self.fields.update(others)

    def _add_language(self, language):
        name = {"language": translated_language_name(language)}
        self.fields[f"new_headline_{language}"] = forms.CharField(
            initial=self._text_in("headline", language),
            label=_("New headline (%(language)s)") % name,
            max_length=255,
        )
        self.fields[f"new_slug_{language}"] = forms.SlugField(
            initial=self._text_in("url_slug", language),
            label=_("New address (%(language)s)") % name,
            max_length=150,
            widget=widgets.SlugInput(locale=language),
        )

    def _text_in(self, name, language):
        return self.page.text_in(name, language) or self.draft.text_in(name, language)

    def clean(self):
        data = super().clean()
        parent = data.get("new_parent_page") or self.page.get_parent()
        for language in self.languages:
            slug = data.get(f"new_slug_{language}")
            if slug and not self._slug_is_free(language, slug, parent):
                message = _("Another page there already has this address in %(language)s.")
                self.add_error(
                    f"new_slug_{language}",
                    message % {"language": translated_language_name(language)},
                )
        return data

    def _slug_is_free(self, language, slug, parent):
        newcomer = type(self.page)()
        return newcomer.slug_is_free(language, slug, parent)

    def new_values(self):
        """What the copy has instead of the page's own values, by column."""
        values = {}
        for language in self.languages:
            values[column("headline", language)] = self.cleaned_data[f"new_headline_{language}"]
            values[column("url_slug", language)] = self.cleaned_data[f"new_slug_{language}"]
        values["title"] = self.cleaned_data[f"new_headline_{self.languages[0]}"]
        values["slug"] = self.cleaned_data[f"new_slug_{self.languages[0]}"]
        return values
