"""Bulk actions that request the translation of selected pages."""

import swapper
from django.shortcuts import get_list_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction

from diptych.articles.languages.admin.access import page_policy
from diptych.articles.languages.admin.listings.states import language_heading
from diptych.articles.languages.admin.worklist import assignments
from diptych.articles.languages.admin.worklist.assignments import Order, notify_translator
from diptych.articles.languages.admin.worklist.filters import TranslationFilterSet
from diptych.articles.languages.admin.worklist.forms import AskForm, AskInLanguageForm
from diptych.articles.languages.admin.worklist.listing import rows_found
from diptych.articles.languages.admin.worklist.permissions import WorklistPermissions
from diptych.articles.languages.admin.worklist.rows import OPEN, describe, rows_for
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.config.primary_keys import id_in
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.publication.pages import MultilingualPageMixin

Page = swapper.load_model("wagtailcore", "Page")

#: How many left out pages are named with the reason; the others are counted.
NAMED = 5


def ids_in(texts):
    """The ids in ``texts`` from a URL; malformed ones are skipped."""
    return [number for number in map(id_in, map(str, texts)) if number is not None]


class AskMixin:
    """Requests the selected translations; reports which were left out and why."""

    display_name = gettext_lazy("Ask for translation")
    action_type = "ask_for_translation"
    aria_label = gettext_lazy("Ask for the translation of the selected pages")
    template_name = "diptych_languages/admin/worklist/ask.html"
    action_priority = 35

    @cached_property
    def permissions(self):
        return WorklistPermissions(self.request.user)

    def get_execution_context(self):
        return {"action": self}

    @classmethod
    def execute_action(cls, objects, action=None, **kwargs):
        return action.ask(objects), 0

    def ask(self, objects):
        """Request each translation; returns the number of requests."""
        values = {**self.cleaned_form.cleaned_data}
        values.pop("language", None)
        asked, refused = [], []
        for page, row in self.translations(objects):
            try:
                self._check(page, row, values["translator"])
                assignments.ask(page, row.language, self.request.user, **values)
            except assignments.NotNeeded as refusal:
                refused.append((page, refusal.reason))
            except assignments.Taken as taken:
                refused.append((page, str(taken)))
            else:
                words = row.words_missing + row.words_changed
                asked.append(Order(page, row.language, words))
        self._report_refused(refused)
        translator = values["translator"]
        notify_translator(self.request, translator, asked, values["due_date"], values["comment"])
        return len(asked)

    def _check(self, page, row, translator):
        source = page.source_language
        if row.language != source and not self.permissions.can_assign(page, row.language, source):
            raise assignments.NotNeeded(_("You have no right to ask for it."))
        if translator is None:
            return
        if not page_policy().user_has_permission_for_instance(translator, "change", page):
            name = {"name": get_user_display_name(translator)}
            raise assignments.NotNeeded(_("%(name)s has no right to edit this page.") % name)

    def _report_refused(self, refused):
        for page, reason in refused[:NAMED]:
            title = page.get_admin_display_title()
            message = _("“%(title)s” has been left out. %(reason)s")
            messages.warning(self.request, message % {"title": title, "reason": reason})
        others = len(refused) - NAMED
        if others > 0:
            message = ngettext(
                "%(count)s more text has been left out.",
                "%(count)s more texts have been left out.",
                others,
            )
            messages.warning(self.request, message % {"count": others})

    def get_success_message(self, num_parent_objects, num_child_objects):
        if not num_parent_objects:
            return None
        return ngettext(
            "%(count)s translation has been asked for.",
            "%(count)s translations have been asked for.",
            num_parent_objects,
        ) % {"count": num_parent_objects}


class AskForPages(AskMixin, PageBulkAction):
    """For lists of pages; the form asks for the language."""

    form_class = AskInLanguageForm

    @classmethod
    def get_queryset(cls, model, object_ids):
        return get_list_or_404(model.objects.specific(), pk__in=ids_in(object_ids))

    def check_perm(self, page):
        return isinstance(page, MultilingualPageMixin) and any(
            self.permissions.can_assign(page, language, page.source_language)
            for language in available_languages()
        )

    def get_form_kwargs(self):
        languages = self.permissions.languages_to_ask_for()
        return {**super().get_form_kwargs(), "languages": languages}

    def get_initial(self):
        """The first language besides the default one."""
        default, *others = self.permissions.languages_to_ask_for() or [None]
        return {"language": others[0] if others else default}

    def translations(self, pages):
        language = self.cleaned_form.cleaned_data["language"]
        rows = PageLanguage.objects.filter(language=language, page__in=pages)
        rows = rows.filter(page__alias_of=None)
        found = {row.page_id: row for row in rows}
        return [(page, found[page.pk]) for page in pages if page.pk in found]


class ListedRowsAction(BulkAction):
    """For the list of translations, whose rows are a page in a language."""

    models = [PageLanguage]

    @classmethod
    def get_queryset(cls, model, object_ids):
        rows = model.objects.with_assignment().select_related("page__content_type")
        return describe(get_list_or_404(rows, pk__in=ids_in(object_ids)))

    def get_all_objects_in_listing_query(self, parent_id):
        """Ids of open translations in the filtered listing."""
        return self._rows_listed.values_list("pk", flat=True)

    @cached_property
    def _rows_listed(self):
        rows = rows_for(self.request.user).filter(progress__in=OPEN)
        rows = TranslationFilterSet(self.request.GET, rows, request=self.request).qs
        words = self.request.GET.get("q")
        return rows_found(rows, words) if words else rows

    def object_context(self, row):
        row.language_name = language_heading(row.language)
        return {"item": row, "row": row}


class AskForRows(AskMixin, ListedRowsAction):
    """Requests the translations in selected rows."""

    form_class = AskForm

    def check_perm(self, row):
        return self.permissions.can_assign(row.page, row.language, row.source)

    def get_form_kwargs(self):
        ids = self.request.GET.getlist("id")
        if "all" in ids:
            rows = self._rows_listed
        else:
            rows = PageLanguage.objects.filter(pk__in=ids_in(ids))
        known = set(rows.order_by().values_list("language", flat=True).distinct())
        return {**super().get_form_kwargs(), "languages": sorted(known) or available_languages()}

    def translations(self, rows):
        pages = Page.objects.filter(pk__in=[row.page_id for row in rows]).specific()
        specific = {page.pk: page for page in pages}
        return [(specific[row.page_id], row) for row in rows]
