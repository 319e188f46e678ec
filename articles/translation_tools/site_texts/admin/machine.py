"""The screens of machine drafts of a catalogue."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from diptych.articles.interface_texts.admin.views import CatalogueMixin
from diptych.articles.translation_tools.admin.machine import (
    RunView,
    draft_into,
    language_choice,
    waiting_message,
    what_is_sent,
)
from diptych.articles.translation_tools.machine import setting
from diptych.articles.translation_tools.machine.drafting import NotSendable, can_send_for
from diptych.articles.translation_tools.machine.limits import most_characters
from diptych.articles.translation_tools.site_texts import drafting
from diptych.articles.translation_tools.site_texts.texts import SOURCE_LANGUAGE, other_sources


class DraftMixin(CatalogueMixin):
    """For those who may send the texts of a catalogue to a machine."""

    header_icon = "cogs"

    def is_allowed(self):
        language = self.kwargs["language"]
        return language != SOURCE_LANGUAGE and can_send_for(self.request.user, language)

    @property
    def names(self):
        return self.kwargs["language"], self.kwargs["number"]

    @property
    def edit_url(self):
        return reverse("diptych_interface_texts:edit", args=self.names)

    @property
    def again_url(self):
        return reverse("diptych_site_text_draft", args=self.names, query={"source": self.source})

    def run_url_of(self, run):
        return reverse("diptych_site_text_run", args=(*self.names, run.pk))

    @property
    def back_url(self):
        return f"{self.edit_url}?msg_filter=unconfirmed"

    def get_page_title(self):
        return draft_into(self.kwargs["language"])

    def get_breadcrumbs_items(self):
        catalogue = {"url": self.edit_url, "label": self.catalogue.name}
        here = {"url": "", "label": self.get_page_title()}
        return [*super().get_breadcrumbs_items(), catalogue, here]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "back_url": self.back_url, "source_language": self.source}


class SiteTextDraftView(DraftMixin, TemplateView):
    """What would be sent of a catalogue; a post sends it."""

    template_name = "diptych_translation_tools/machine_draft.html"

    @cached_property
    def other_sources(self):
        """How many texts are left out, by each source beside English."""
        return dict(other_sources(self.catalogue))

    @cached_property
    def source(self):
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        source = asked.get("source")
        return source if source in self.other_sources else SOURCE_LANGUAGE

    def get(self, request, *args, **kwargs):
        if run := drafting.drafts_of(self.catalogue).under_way().first():
            return redirect(self.run_url_of(run))
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        try:
            run = drafting.begin(self.catalogue, request.user, setting.provider(), self.source)
        except (setting.BadSetting, NotSendable) as refusal:
            messages.error(request, str(refusal))
            query = {"source": self.source}
            return redirect(reverse("diptych_site_text_draft", args=self.names, query=query))
        return redirect(self.run_url_of(run))

    @property
    def _choices(self):
        if not self.other_sources:
            return []
        languages = SOURCE_LANGUAGE, *self.other_sources
        label = _("Translated from")
        return [language_choice(self.request, label, "source", languages, self.source)]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        try:
            provider = setting.provider()
        except setting.BadSetting as fault:
            return {**context, "fault": str(fault)}
        fit, left = drafting.open_texts(self.catalogue, provider, self.source)
        last = drafting.drafts_of(self.catalogue).taken().first()
        return {
            **context,
            **what_is_sent(provider, fit.found),
            "refused": fit.refused,
            "choices": self._choices,
            "wordless": self.other_sources.get(self.source, 0),
            "left_message": _left_message(left),
            "last": last,
            "last_url": last and self.run_url_of(last),
        }


def _left_message(count):
    """What is said of ``count`` texts that a draft leaves for another one."""
    if not count:
        return ""
    return ngettext(
        "%(count)s text is left for another draft: those that readers see are sent first, and one "
        "draft sends %(most)s characters at most.",
        "%(count)s texts are left for another draft: those that readers see are sent first, and "
        "one draft sends %(most)s characters at most.",
        count,
    ) % {"count": number_format(count, force_grouping=True), "most": most_characters()}


class SiteTextRunView(RunView, DraftMixin):
    """A draft of a catalogue: its progress, what became of it, and how to take it back."""

    def dispatch(self, request, language, number, pk):
        self.pk = pk
        return super().dispatch(request)

    @cached_property
    def run(self):
        drafts = drafting.drafts_of(self.catalogue).select_related("started_by")
        return get_object_or_404(drafts, pk=self.pk)

    @property
    def source(self):
        return self.run.source_language

    @property
    def run_url(self):
        return self.run_url_of(self.run)

    @property
    def taken_message(self):
        return waiting_message(self.run)

    def undo(self):
        return drafting.undo(self.run, self.request.user)

    def get_context_data(self, **kwargs):
        left = 0 if self.run.is_under_way else len(drafting.due_texts(self.catalogue, self.source))
        return {**super().get_context_data(**kwargs), "left": left}


def header_button(catalogue, user):
    """For ``register_diptych_site_text_buttons``."""
    is_possible = setting.is_set() and catalogue.language != SOURCE_LANGUAGE
    if not is_possible or not can_send_for(user, catalogue.language):
        return None
    url = reverse("diptych_site_text_draft", args=(catalogue.language, catalogue.number))
    label = draft_into(catalogue.language)
    return HeaderButton(label, url=url, icon_name="cogs", priority=30)


DRAFT = "diptych/site-text-draft/<slug:language>/<int:number>/"
urlpatterns = [
    path(DRAFT, SiteTextDraftView.as_view(), name="diptych_site_text_draft"),
    path(f"{DRAFT}<int:pk>/", SiteTextRunView.as_view(), name="diptych_site_text_run"),
]
