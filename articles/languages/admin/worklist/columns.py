"""Columns of the worklist. Each cell has the name of its column, for narrow screens."""

from django.middleware.csrf import get_token
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn

from articles.languages.admin.links import list_as_shown, review_url, translating_url
from articles.languages.admin.states import STATE_LABELS, language_heading
from articles.languages.admin.worklist.rows import OPEN, is_overdue
from articles.languages.models import Progress
from articles.languages.schedules.keeping import coming_dates

#: A mark beside the words for each state, so that nobody depends on colours.
MARKS = {
    Progress.MISSING: "radio-empty",
    Progress.IN_PROGRESS: "edit",
    Progress.TO_REVIEW: "glasses",
    Progress.OUTDATED: "warning",
    Progress.UP_TO_DATE: "check",
    Progress.ORIGINAL: "title",
}


class WorklistColumn(BaseColumn):
    def __init__(self, name, label, **kwargs):
        self.cell_template_name = f"diptych_languages/admin/worklist/{name}_cell.html"
        kwargs.setdefault("classname", f"diptych-worklist-{name}")
        super().__init__(name, label=label, **kwargs)

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "work": instance.assignment}


class HeadlineColumn(WorklistColumn):
    """The headline, which leads to where the translation is written by those who may edit it."""

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        may_open = instance.may_claim or instance.may_assign
        context["url"] = translating_url(instance.page_id, instance.language) if may_open else None
        return context


class LanguageColumn(WorklistColumn):
    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "language_name": language_heading(instance.language)}


class ProgressColumn(WorklistColumn):
    """How far the translation is; what waits for a review leads there."""

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        if instance.progress == Progress.TO_REVIEW:
            context["url"] = review_url(instance.page_id, instance.language)
        context["mark"] = MARKS[instance.progress]
        return context


class LiveColumn(WorklistColumn):
    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        words = STATE_LABELS[instance.state] if instance.live else _("Not live")
        dates = coming_dates(instance.page, instance.language)
        return {**context, "words": words, "coming_dates": dates}


class ClaimedColumn(WorklistColumn):
    """Who works on it, with the buttons to claim, release and assign."""

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        holder = instance.assignment.holder if instance.assignment else None
        context.update(
            holder=holder,
            is_mine=holder == request.user,
            claimable=OPEN,
            next=list_as_shown(request),
            csrf_token=get_token(request),
        )
        return context


class DueColumn(WorklistColumn):
    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "is_overdue": is_overdue(instance)}


COLUMNS = [
    BulkActionsCheckboxColumn("bulk_actions", obj_type="pagelanguage"),
    HeadlineColumn(
        "title", _("Headline"), sort_key="title", classname="title diptych-worklist-title"
    ),
    LanguageColumn("language", _("Language")),
    ProgressColumn("state", _("Translation"), sort_key="state"),
    LiveColumn("live", _("Live")),
    WorklistColumn("words", _("Words"), sort_key="words"),
    WorklistColumn("edited", _("Last edited"), sort_key="edited"),
    ClaimedColumn("claimed", _("Claimed by")),
    DueColumn("due", _("Due date"), sort_key="due"),
]
