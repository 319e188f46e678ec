"""The form of a page in several languages, and that of its copies."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import Media
from django.forms.formsets import DEFAULT_MAX_NUM, DELETION_FIELD_NAME, TOTAL_FORM_COUNT
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm
from wagtail.blocks import BlockWidget
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import COMMENTS_RELATION_NAME

from diptych.articles.languages.admin.editor.widgets import slug_input
from diptych.articles.languages.admin.inputs.malformed import (
    RefusingMalformedMixin,
    formfield_for_dbfield,
)
from diptych.articles.languages.admin.merging.form import MergingFormMixin
from diptych.articles.languages.admin.read_only.fields import WithholdingMixin
from diptych.articles.languages.config.content import is_visible, without_overrides
from diptych.articles.languages.config.fields import language_of, languages_by_column
from diptych.articles.languages.config.language_config import (
    available_languages,
    column,
    translated_language_name,
)
from diptych.articles.languages.config.primary_keys import id_in
from diptych.articles.languages.permissions.policy import can_publish_all, languages_denied
from diptych.articles.languages.publication.partial_publication import prepare_partial_publication
from diptych.articles.languages.routes.addresses import without_room
from diptych.articles.languages.routes.slugs import (
    LONGEST,
    accepts_unicode,
    first_free,
    make_page_slug,
)
from diptych.articles.languages.translations.provenance import record_of
from diptych.articles.languages.translations.units import translated_relations

#: The name of the editor's button that publishes all languages.
PUBLISH_ALL_BUTTON = "action-publish-all-languages"


def publish_button(language):
    """The name of the editor's button that publishes one language only."""
    return f"action-publish-only-{language}"


def languages_asked_for(data):
    """The languages of the button in the posted ``data``; ``None`` when it was another one."""
    if PUBLISH_ALL_BUTTON in data:
        return available_languages()
    for language in available_languages():
        if publish_button(language) in data:
            return [language]
    return None


def without_unfinished_rows(data, formsets, is_autosave=False):
    """The posted ``data``, with new rows in which nothing is filled in marked as deleted.

    In an automatic save so are those that lack something required: they stay in the form, and are
    saved once they are complete. ``formsets`` are the classes of the formsets, by relation; those
    whose rows have rows of their own are left alone.
    """
    unfinished = [
        row
        for relation, formset in formsets.items()
        if relation != COMMENTS_RELATION_NAME and not getattr(formset.form, "formsets", None)
        for row in _unfinished_rows(data, relation, formset.form.base_fields, is_autosave)
    ]
    if unfinished:
        data = data.copy()
        data.update({f"{row}-{DELETION_FIELD_NAME}": "on" for row in unfinished})
    return data


def _unfinished_rows(data, relation, fields, is_autosave):
    """The prefixes of the new rows of ``relation`` that are not to be saved."""
    total = id_in(data.get(f"{relation}-{TOTAL_FORM_COUNT}", "")) or 0
    required = {name for name, field in fields.items() if field.required}
    for number in range(min(total, DEFAULT_MAX_NUM)):
        row = f"{relation}-{number}"
        filled = {name for name, field in fields.items() if _is_filled(field, data, row, name)}
        is_unfinished = not filled or (is_autosave and not required <= filled)
        if is_unfinished and not data.get(f"{row}-id"):
            yield row


def _is_filled(field, data, row, name):
    """Whether something is posted for a field; blocks and files count in any case."""
    posted = f"{row}-{name}"
    if field.widget.needs_multipart_form:
        return True
    if isinstance(field.widget, BlockWidget):
        return not field.widget.value_omitted_from_data(data, {}, posted)
    inputs = getattr(field.widget, "widgets_names", [""])
    return any(data.get(posted + each, "").strip() for each in inputs)


class MultilingualPageForm(
    RefusingMalformedMixin, MergingFormMixin, WithholdingMixin, WagtailAdminPageForm
):
    """The editor's form of a page in several languages.

    A draft needs one headline. A language that is being published needs all that
    ``publication_problems`` of the page names; the other languages may stay half written.
    """

    #: The languages that are being published by name; set by the view once it publishes.
    publishing = None
    #: The unpublished content of the draft; see ``prepare_partial_publication``.
    partial_publication = None
    #: The messages on empty required fields, where the form can still be saved as a draft.
    lacking = None

    class Meta(WagtailAdminPageForm.Meta):
        formfield_callback = formfield_for_dbfield

    def __init__(self, data=None, *args, is_autosave=False, **kwargs):
        if data is not None:
            data = without_unfinished_rows(data, type(self).formsets, is_autosave)
        super().__init__(data, *args, **kwargs)
        self.is_autosave = is_autosave

    @property
    def media(self):
        """Nothing in the answer to an automatic save, whose editor has it."""
        return Media() if self.is_autosave else super().media

    @cached_property
    def languages_asked_for(self):
        """The languages of the button that was pressed, or ``None`` for plain "Publish"."""
        return languages_asked_for(self.data) if self.is_bound else None

    def clean(self):
        data = super().clean()
        self._clean_texts(data)
        if not self._has_headline(data):
            page = self.instance
            self._complain("headline", page.source_language, str(page.headline_needed))
        slugs = {code: self._clean_slug(data, code) for code in available_languages()}
        slugs = {code: slug for code, slug in slugs.items() if slug}
        for language in without_room(self.instance, slugs, self.parent_page):
            message = _("With the pages above it, this address is too long in %(language)s.")
            self._complain_of_address(language, message)
        return data

    def _clean_texts(self, data):
        """Empty texts without visible characters; remove marks that change their direction."""
        for name in languages_by_column(type(self.instance)).keys() & data.keys():
            if isinstance(data[name], str):
                data[name] = without_overrides(data[name])

    def clean_source_language(self):
        """The language that is posted, of which all passages are confirmed, or else the stored."""
        stored = self.initial["source_language"]
        language = self.cleaned_data["source_language"] or stored
        if language != stored and record_of(self.instance, language).get("unconfirmed"):
            raise ValidationError(_("Confirm its passages first: not all are confirmed."))
        return language

    def _has_headline(self, data):
        """Whether there is one in any language, be it one that is refused for something else."""
        return any(
            column("headline", code) in self.errors
            or is_visible(self._value(data, "headline", code))
            for code in available_languages()
        )

    def _clean_slug(self, data, language):
        """Complain of a slug that is taken; returns the one to be stored, if it is a new one.

        One that the editor has filled in from the headline is emptied where it is taken: the page
        gives it a number. It is filled in until the language is live.
        """
        slug = self._value(data, "url_slug", language)
        of_headline = make_page_slug(self._value(data, "headline", language), language)
        if slug and self._stands_at(slug, language):
            return ""
        if slug and not self.instance.slug_is_free(language, slug, self.parent_page):
            if slug != of_headline or language in self.instance.live_languages:
                message = _("Another page here already has this address in %(language)s.")
                self._complain_of_address(language, message)
                return ""
            data[column("url_slug", language)] = ""
        return slug or of_headline

    def _complain_of_address(self, language, message):
        values = {"language": translated_language_name(language)}
        self._complain("url_slug", language, message % values)

    def _stands_at(self, slug, language):
        """Whether the page has that address already, which no other page can have taken."""
        return any(
            row.language == language and row.slug == slug and row.translated
            for row in self.instance.language_rows
        )

    def _value(self, data, name, language):
        return data.get(column(name, language), self.instance.text_in(name, language))

    def _complain(self, name, language, message):
        field = column(name, language)
        self.add_error(field if field in self.fields else None, message)

    def is_valid(self):
        """Whether it can be saved; the view decides whether to publish with fields ``lacking``."""
        if super().is_valid():
            return True
        if self.is_deferred_validation or self.conflicts or not self._is_publishing():
            return False
        errors = self._errors
        self.defer_required_fields()
        self.full_clean()
        if super().is_valid():
            self.lacking = errors
            return True
        self.restore_required_fields()
        self._errors = errors
        return False

    def show_lacking(self):
        """Show the fields in ``lacking`` as errors, in a form that is not saved."""
        self.restore_required_fields()
        self._errors = self.lacking

    def _post_clean(self):
        super()._post_clean()
        if self.is_deferred_validation or self._is_sent_back():
            return
        if self._is_publishing() and not self.errors:
            return  # the view saves the draft first, and reports then why it is not published
        languages = self.languages_asked_for
        if languages is None:
            languages = self.instance.languages_of_plain_publish()
        self.show_problems(
            [
                problem
                for language in self._own(languages)
                for problem in self.instance.publication_problems(language)
            ]
        )

    def _is_publishing(self):
        return self.languages_asked_for is not None or "action-publish" in self.data

    def show_problems(self, problems):
        """Show each :class:`PublicationProblem` beside its field, where that has no error yet."""
        if not self.is_bound:
            self.cleaned_data = {}  # errors take invalid fields out of it
        for field, error in errors_by_field(problems).items():
            if field in self.fields and field not in self.errors:
                self.add_error(field, error)
            elif field not in self.fields:
                self.add_error(None, [message for name, message in problems if name == field])

    def _own(self, languages):
        """Those of ``languages`` that the person can do something about."""
        denied = languages_denied(self.for_user, "edit") if self.for_user else []
        return [code for code in languages if code not in denied]

    def _is_sent_back(self):
        """Whether a moderator returns the page, which may well be because it is incomplete."""
        return self.data.get("workflow-action-name") == "reject"

    def draft_to_grade(self):
        """The draft as it would be saved, with its comments and the rows whose texts count."""
        self.fill_rows()
        names = translated_relations(type(self.instance))
        if "comments" in self.formsets and self.formsets["comments"].has_changed():
            names = (*names, "comments")
        for name in names:
            if name in self.formsets:
                self.formsets[name].instance = self.instance
                self.formsets[name].save(commit=False)
        return self.instance

    def save(self, commit=True):
        self.instance.request_publication(self.publishing or [])
        page = super().save(commit=commit)
        if self.publishing:
            self.partial_publication = prepare_partial_publication(
                page, self.publishing, self.for_user
            )
        return page


class LanguageCopyForm(CopyForm):
    """Ask for the headline and the address of the copy in every language the page is written in.

    The addresses proposed are free among the siblings of the page. In a language that the user may
    not edit, the copy gets the headline of the page, and its address with a number.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.page = self.page.specific
        self.draft = self.page.get_latest_revision_as_object()
        written = {*self.page.languages_written(), *self.draft.languages_written()}
        self.languages = sorted(
            (code for code in available_languages() if code in written),
            key=lambda code: code != self.page.source_language,
        )
        others = {
            name: self.fields.pop(name)
            for name in list(self.fields)
            if name not in ("new_title", "new_slug")
        }
        del self.fields["new_title"], self.fields["new_slug"]
        denied = languages_denied(self.user, "edit")
        self.kept = [code for code in self.languages if code in denied]
        self.languages = [code for code in self.languages if code not in denied]
        for language in self.languages:
            self._add_language(language)
        self.fields.update(others)
        if not can_publish_all(self.user, self.page, and_below=True):
            # An alias is live wherever the page is.
            self.fields.pop("alias", None)

    def _add_language(self, language):
        name = {"language": translated_language_name(language)}
        self.fields[f"new_headline_{language}"] = forms.CharField(
            initial=self._text_in("headline", language),
            label=self.page.headline_of_copy % name,
            max_length=255,
        )
        self.fields[f"new_slug_{language}"] = forms.SlugField(
            initial=self._free_slug(language),
            label=_("New address (%(language)s)") % name,
            max_length=LONGEST,
            allow_unicode=accepts_unicode(),
            widget=slug_input(language),
        )

    def _text_in(self, name, language):
        return self.page.text_in(name, language) or self.draft.text_in(name, language)

    def _free_slug(self, language, parent=None):
        slug = self._text_in("url_slug", language)
        if not slug:
            return ""
        parent = parent or self.page.get_parent()
        return first_free(
            slug, lambda each: each != slug and self._slug_is_free(language, each, parent)
        )

    def clean(self):
        data = super().clean()
        parent = data.get("new_parent_page") or self.page.get_parent()
        if "new_parent_page" not in data:
            # The chooser can show pages only.
            self.data = {**self.data.dict(), "new_parent_page": parent.pk}
        if data.get("copy_subpages") and parent.pk == self.page.pk:
            message = _("You cannot copy a page into itself when copying subpages")
            self.add_error("new_parent_page", message)
        for language in self.languages:
            message = self._problem_of_address(data.get(f"new_slug_{language}"), language, parent)
            if message:
                self.add_error(
                    f"new_slug_{language}",
                    message % {"language": translated_language_name(language)},
                )
        return data

    def _problem_of_address(self, slug, language, parent):
        if slug and not self._slug_is_free(language, slug, parent):
            return _("Another page there already has this address in %(language)s.")
        if slug and without_room(self.page, {language: slug}, parent):
            return _("With the pages above it, this address is too long in %(language)s.")
        return None

    def _slug_is_free(self, language, slug, parent):
        newcomer = type(self.page)()
        return newcomer.slug_is_free(language, slug, parent)

    def new_values(self):
        """The values of the copy that differ from the page's own, by column."""
        values = {}
        parent = self.cleaned_data["new_parent_page"] or self.page.get_parent()
        for language in self.languages:
            values[column("headline", language)] = self.cleaned_data[f"new_headline_{language}"]
            values[column("url_slug", language)] = self.cleaned_data[f"new_slug_{language}"]
        for language in self.kept:
            values[column("url_slug", language)] = self._free_slug(language, parent) or None
        return {**values, **self._mirrored(values)}

    def _mirrored(self, values):
        """Wagtail's own title and slug: those of the language the copy is written in first."""
        named = {
            code: values.get(column("headline", code)) or self.page.text_in("headline", code)
            for code in (*self.languages, *self.kept)
        }
        ranked = sorted(
            filter(named.get, named), key=lambda code: code != self.page.source_language
        )
        for language in ranked[:1]:
            return {"title": named[language], "slug": values[column("url_slug", language)]}
        return {}


class LanguageSettingsForm(RefusingMalformedMixin, WagtailAdminModelForm):
    """Leaves out the languages that ``user`` may not edit; panels show them as text.

    Only users who may edit every language may change the settings of all languages.
    """

    class Meta(WagtailAdminModelForm.Meta):
        formfield_callback = formfield_for_dbfield

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        denied = languages_denied(self.for_user, "edit") if self.for_user else []
        self.withheld = frozenset(self._columns_in(denied) if denied else ())
        for name in self.withheld:
            del self.fields[name]

    def _columns_in(self, denied):
        """The fields of the form in the languages ``denied``, and those without a language."""
        model = type(self.instance)
        return [name for name in self.fields if language_of(model, name) in (*denied, None)]


def errors_by_field(problems):
    """``{column name: ValidationError}`` for problems, which may be plain pairs.

    Wagtail shows one error per body, so messages are nested in a single block error.
    """
    by_field = {}
    for problem in problems:
        field, message = problem
        path = getattr(problem, "path", ())
        by_field.setdefault(field, []).append((path, message))
    return {field: _error_of_field(found) for field, found in by_field.items()}


def _error_of_field(found):
    if not any(path for path, _message in found):
        return ValidationError([message for _path, message in found])
    return _error_in_blocks(found, StreamBlockValidationError)


def _error_in_blocks(found, kind):
    """A nested error with the messages for a block and its children."""
    own = [message for path, message in found if not path]
    if len(own) == len(found):
        return ValidationError(own)
    inner = {}
    for path, message in found:
        if path:
            inner.setdefault(path[0], []).append((path[1:], message))
    errors = {key: _error_in_blocks(each, _kind_within(each)) for key, each in inner.items()}
    whole = {"non_block_errors": ValidationError(own).error_list} if own else {}
    return kind(block_errors=errors, **whole)


def _kind_within(found):
    """The error class: children with names are of a StructBlock, with numbers of a ListBlock."""
    keys = [path[0] for path, _message in found if path]
    is_structure = keys and isinstance(keys[0], str)
    return StructBlockValidationError if is_structure else ListBlockValidationError
