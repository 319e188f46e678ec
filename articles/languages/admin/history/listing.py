"""Wagtail's history of a page, by language."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.views.generic.history import ActionColumn
from wagtail.admin.views.pages.history import PageHistoryFilterSet, PageHistoryView

from diptych.articles.languages.admin.inputs.malformed import RowFiltersMixin
from diptych.articles.languages.admin.listings.filters import language_filter
from diptych.articles.languages.admin.listings.states import language_heading
from diptych.articles.languages.config.language_config import (
    available_languages,
    translated_language_name,
)
from diptych.articles.languages.models import PUBLICATIONS, RevisionLanguage
from diptych.articles.languages.publication.restoring import can_restore


def entries_about(language):
    """The condition for log entries that concern ``language``.

    Entries name a language or the languages of a publication; for the others, the revision has
    the languages it changed.
    """
    rows = RevisionLanguage.objects.filter(revision=OuterRef("revision"), language=language)
    by_revision = Q(content_changed=True) & ~names_languages() & Exists(rows)
    return Q(data__language=language) | Q(data__languages__has_key=language) | by_revision


def names_languages():
    return Q(data__has_key="language") | Q(data__has_key="languages")


def languages_of(entry):
    """The languages an entry of a page's log concerns, the default one first."""
    data = entry.data or {}
    if "language" in data:
        concerned = [data["language"]]
    elif "languages" in data:
        concerned = data["languages"]
    elif entry.content_changed and entry.revision_id:
        concerned = [row.language for row in entry.revision.diptych_languages.all()]
    else:
        concerned = ()
    return [language for language in available_languages() if language in concerned]


class LanguageHistoryFilterSet(RowFiltersMixin, PageHistoryFilterSet):
    language = language_filter(method="filter_language")

    def filter_language(self, queryset, name, value):
        wanted = Q()
        for language in value:
            wanted |= entries_about(language)
        return queryset.filter(wanted)


class EntryLanguagesColumn(BaseColumn):
    """The languages of an entry, and in which the page was published for the first time."""

    cell_template_name = "diptych_languages/admin/history/languages_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        firsts = (instance.data or {}).get("languages", {})
        context["languages"] = [
            (language_heading(language), firsts.get(language) == "first")
            for language in languages_of(instance)
        ]
        return context


class LanguageActionColumn(ActionColumn):
    """Wagtail's actions on a version, then those on one language."""

    def __init__(self, *args, restorable, **kwargs):
        super().__init__(*args, **kwargs)
        self.restorable = restorable

    def get_actions(self, instance, parent_context):
        actions = super().get_actions(instance, parent_context)
        is_version = instance.revision_id and instance.content_changed
        if not actions or not is_version or instance.action in PUBLICATIONS:
            return actions
        return [*actions, *self._comparisons(instance), *self._restorations(instance)]

    def _comparisons(self, entry):
        if not entry.previous_revision_id:
            return
        args = (self.object.pk, entry.previous_revision_id, entry.revision_id)
        url = reverse(self.url_names["revisions_compare"], args=args)
        for language in languages_of(entry):
            label = _("Compare %(language)s only with previous version")
            yield {"url": f"{url}?language={language}", "label": label % _named(language)}

    def _restorations(self, entry):
        if entry.revision_id == self.object.latest_revision_id:
            return
        for language in self.restorable:
            args = (self.object.pk, entry.revision_id, language)
            label = _("Restore %(language)s only…") % _named(language)
            yield {"url": reverse("diptych_restore_language", args=args), "label": label}


def _named(language):
    return {"language": translated_language_name(language)}


class LanguageHistoryView(PageHistoryView):
    filterset_class = LanguageHistoryFilterSet

    @cached_property
    def columns(self):
        action, *others = super().columns
        user = self.request.user
        own = LanguageActionColumn(
            action.name,
            label=action.label,
            object=action.object,
            url_names=action.url_names,
            user_can_unschedule=action.user_can_unschedule,
            restorable=[
                each for each in available_languages() if can_restore(user, self.object, each)
            ],
        )
        languages = EntryLanguagesColumn("languages", label=gettext_lazy("Languages"), width="15%")
        return [own, languages, *others]

    def get_base_queryset(self):
        queryset = super().get_base_queryset().defer("revision__content")
        return queryset.prefetch_related("revision__diptych_languages")
