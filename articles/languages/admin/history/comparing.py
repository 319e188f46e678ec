"""Wagtail's comparison of two versions of a page, of all languages or of one."""

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.revisions import RevisionsCompareView

from diptych.articles.languages.admin.history.missing import MissingVersionMixin
from diptych.articles.languages.admin.listings.states import language_heading
from diptych.articles.languages.admin.merging.changes import name_of
from diptych.articles.languages.config.dates import moment_in_words
from diptych.articles.languages.config.fields import language_of, written_columns
from diptych.articles.languages.config.language_config import (
    available_languages,
    translated_language_name,
)


class Named:
    """One of Wagtail's comparisons, with another label."""

    def __init__(self, comparison, label):
        self.comparison = comparison
        self.field_label = label

    def __getattr__(self, name):
        return getattr(self.comparison, name)


class RowsInLanguage(Named):
    """A comparison of rows below a page in one language only."""

    def __init__(self, comparison, language):
        super().__init__(comparison, comparison.field_label())
        self.language = language

    def has_changed(self):
        return bool(self.get_child_comparisons())

    def get_child_comparisons(self):
        rows = [
            RowInLanguage(each, self.language) for each in self.comparison.get_child_comparisons()
        ]
        return [row for row in rows if row.get_field_comparisons()]


class RowInLanguage:
    def __init__(self, comparison, language):
        self.comparison = comparison
        self.language = language

    @property
    def is_addition(self):
        return bool(self.comparison.is_addition())

    @property
    def is_deletion(self):
        return bool(self.comparison.is_deletion())

    def get_field_comparisons(self):
        is_whole = self.is_addition or self.is_deletion
        return [
            Named(each, field_name(each.field, with_language=False))
            for each in self.comparison.get_field_comparisons()
            if language_of(each.field.model, each.field.name) == self.language
            and (each.val_b if is_whole else each.has_changed())
        ]


class RowsInWords(Named):
    def get_child_comparisons(self):
        for row in self.comparison.get_child_comparisons():
            yield RowInWords(row, "")


class RowInWords(Named):
    def get_field_comparisons(self):
        compared = self.comparison.get_field_comparisons()
        return [Named(each, field_name(each.field)) for each in compared]


def field_name(field, with_language=True):
    """The label of a field: "Lead (French)"."""
    language = language_of(field.model, field.name) if with_language else None
    return name_of(field, language)


class LanguageCompareView(MissingVersionMixin, RevisionsCompareView):
    """With ``?language=fr``, compares that language only."""

    template_name = "diptych_languages/admin/history/compare.html"

    @cached_property
    def language(self):
        language = self.request.GET.get("language")
        if language and language not in available_languages():
            raise Http404
        return language

    def get_page_title(self):
        if not self.language:
            return super().get_page_title()
        return _("Compare %(language)s") % {"language": translated_language_name(self.language)}

    def _heading_of(self, revision_id, heading):
        """The moment of a numbered revision; ``heading`` for "live", "earliest" and "latest"."""
        if not str(revision_id).isdecimal():
            return heading
        revision = self.object.revisions.only("created_at").get(pk=revision_id)
        return moment_in_words(revision.created_at)

    def _compared(self, compared):
        """Those of Wagtail's comparisons that concern the chosen language, labelled."""
        if not self.language:
            return [self._in_words(each) for each in compared]
        columns = written_columns(type(self.object), self.language)
        chosen = []
        for each in compared:
            if not each.is_field:
                chosen.append(RowsInLanguage(each, self.language))
            elif each.field.name in columns:
                chosen.append(Named(each, field_name(each.field, with_language=False)))
        return [each for each in chosen if each.has_changed()]

    @staticmethod
    def _in_words(comparison):
        if comparison.is_field:
            return Named(comparison, field_name(comparison.field))
        return RowsInWords(comparison, comparison.field_label())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["comparison"] = self._compared(context["comparison"])
        for side, revision_id in (("a", self.revision_id_a), ("b", self.revision_id_b)):
            name = f"revision_{side}_heading"
            context[name] = self._heading_of(revision_id, context[name])
        choices = [("", _("Everything"))]
        choices += [(code, capfirst(language_heading(code))) for code in available_languages()]
        return {**context, "language": self.language or "", "language_choices": choices}
