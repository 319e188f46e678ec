"""The screens of machine drafts: what would be sent, how far it is, what became of it."""

import math

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter

from diptych.articles.languages.admin import access
from diptych.articles.languages.admin.links import PageBreadcrumbsMixin, fragment, translating_url
from diptych.articles.languages.admin.side_by_side.aids import TranslationAid
from diptych.articles.languages.config.language_config import column, translated_language_name
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.translation_tools.machine import drafting, limits, markup, setting
from diptych.articles.translation_tools.machine.models import MachineDraft, MachineText
from diptych.articles.translation_tools.machine.passages import open_passages
from diptych.articles.translation_tools.machine.undoing import ACTION as UNDONE
from diptych.articles.translation_tools.machine.undoing import PageLocked, undo

#: Seconds after which a screen that shows progress is loaded again.
REFRESH = 2


class MachineView(PageBreadcrumbsMixin, TemplateView):
    """A screen about a page and a language, for those who may send its texts to a machine."""

    header_icon = "cogs"

    def show(self, request, page_id, language):
        self.page = access.draft_to_translate(request, page_id, language)
        self.language = language
        if not drafting.can_send(request.user, self.page, language):
            raise PermissionDenied
        return super().dispatch(request)

    def get_page_title(self):
        return draft_into(self.language)

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "back_url": self.back_url,
            "source_language": self.page.source_language,
        }

    @property
    def back_url(self):
        """Where the language is written, at the passage if the screen is about a single one."""
        url, keys = translating_url(self.page.pk, self.language), self.keys
        if len(keys) != 1:
            return url
        name, _dot, inside = keys[0].partition(".")
        field = column(name, self.language)
        return url + fragment(field if hasattr(self.page, field) else name, inside)


class MachineDraftView(MachineView):
    """What would be sent, with words, characters and costs; a post sends it."""

    template_name = "diptych_translation_tools/machine_draft.html"

    def dispatch(self, request, page_id, language):
        return self.show(request, page_id, language)

    @property
    def keys(self):
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        return asked.getlist("unit")

    @property
    def drafts(self):
        return MachineDraft.objects.filter(page_id=self.page.pk, language=self.language)

    def get(self, request, *args, **kwargs):
        if self.page.source_language == self.language:
            return redirect(translating_url(self.page.pk, self.language))
        if run := self.drafts.under_way().first():
            return redirect("diptych_machine_run", run.pk)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        try:
            run = drafting.begin(
                self.page,
                self.language,
                request.user,
                setting.provider(),
                self.keys,
                is_start="start" in request.POST,
            )
        except (setting.BadSetting, drafting.NotSendable) as refusal:
            messages.error(request, str(refusal))
            return redirect(request.get_full_path())
        query = {"return": 1} if self.keys else None
        return redirect(reverse("diptych_machine_run", args=(run.pk,), query=query))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        try:
            provider = setting.provider()
        except setting.BadSetting as fault:
            return {**context, "fault": str(fault)}
        passages = open_passages(self.page, self.language, self.keys)
        last = self.drafts.taken().first()
        return {
            **context,
            **what_is_sent(provider, passages.found),
            "refused": passages.refused,
            "units": self.keys,
            "last": last,
            "last_url": last and reverse("diptych_machine_run", args=(last.pk,)),
            "is_start": "start" in self.request.GET,
        }


def what_is_sent(provider, passages):
    """The variables of ``machine_draft.html`` about the ``passages`` that would be sent."""
    characters = limits.characters_in(provider, passages)
    return {
        "engine": provider.name,
        "passages": passages,
        "words": sum(each.words for each in passages),
        "characters": characters,
        "cost": _cost(provider, characters),
    }


def language_choice(request, label, name, languages, chosen):
    """One of the ``choices`` of ``machine_draft.html``: links that set the parameter ``name``."""
    options, query = [], request.GET.copy()
    for code in languages:
        query[name] = code
        url = f"?{query.urlencode()}"
        options.append((translated_language_name(code), url, code == chosen))
    return label, options


def waiting_message(run):
    """What is said of the texts of ``run`` that wait beside those that readers see."""
    return ngettext(
        "%(count)s text waits to be confirmed.",
        "%(count)s texts wait to be confirmed.",
        count := run.counts[MachineText.State.TAKEN],
    ) % {"count": number_format(count, force_grouping=True)}


def _cost(provider, characters):
    """``(amount, currency)``, the amount rounded up to hundredths; ``None`` if no price is set."""
    if provider.price is None:
        return None
    return math.ceil(provider.price * characters / 10_000) / 100, provider.currency


class RunView(TemplateView):
    """The progress of a draft and, at the end, what became of each text; a post takes it back.

    Subclasses set ``run`` and have ``back_url``, ``run_url``, ``again_url`` and :meth:`undo`.
    """

    template_name = "diptych_translation_tools/machine_run.html"

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        if self.run.is_under_way:
            response["Refresh"] = str(REFRESH)
        return response

    def post(self, request, *args, **kwargs):
        if self.can_undo:
            self._undo()
        return redirect(self.run_url)

    def undo(self):
        """Take the draft back; see ``undoing.undo``."""
        raise NotImplementedError

    def _undo(self):
        try:
            count, left = self.undo()
        except PageLocked:
            messages.error(self.request, _("The page could not be saved as it is locked."))
            return
        message = ngettext(
            "%(count)s text of the machine has been taken back.",
            "%(count)s texts of the machine have been taken back.",
            count,
        ) % {"count": number_format(count, force_grouping=True)}
        if left:
            message = f"{message} {_('What was confirmed or changed since stays.')}"
        messages.success(self.request, message)

    @property
    def can_undo(self):
        is_undone = self.run.state == MachineDraft.State.UNDONE
        return bool(self.run.before) and not (is_undone or self.run.is_under_way)

    @property
    def taken_message(self):
        message = ngettext(
            "%(count)s passage is in the draft, to be confirmed.",
            "%(count)s passages are in the draft, to be confirmed.",
            count := self.run.counts[MachineText.State.TAKEN],
        )
        return message % {"count": number_format(count, force_grouping=True)}

    @cached_property
    def texts(self):
        """The texts without a translation, each with the beginning of its source."""
        failed = self.run.texts.filter(state=MachineText.State.FAILED)
        return [(each, _words_of(each.text["markup"])) for each in failed]

    def get_context_data(self, **kwargs):
        counts = self.run.counts
        states = MachineText.State
        number = sum(counts.values())
        done = number - counts[states.WAITING] - counts[states.SENT]
        return {
            **super().get_context_data(**kwargs),
            "back_url": self.back_url,
            "run": self.run,
            "number": number,
            "done": done,
            "taken_message": self.taken_message,
            "failed": self.texts,
            "can_undo": self.can_undo,
            "is_undone": self.run.state == MachineDraft.State.UNDONE,
            "again_url": self.again_url,
        }


class MachineRunView(RunView, MachineView):
    """A draft of a page."""

    def dispatch(self, request, pk):
        runs = MachineDraft.objects.select_related("started_by").exclude(page=None)
        self.run = get_object_or_404(runs, pk=pk)
        return self.show(request, self.run.page_id, self.run.language)

    def get(self, request, *args, **kwargs):
        if "return" in request.GET and self.run.state == MachineDraft.State.DONE and not self.texts:
            button = messages.button(self.run_url, _("Take back…"))
            messages.success(request, self.taken_message, buttons=[button])
            return redirect(self.back_url)
        return super().get(request, *args, **kwargs)

    @cached_property
    def keys(self):
        return list(self.run.texts.order_by().values_list("key", flat=True).distinct())

    @property
    def run_url(self):
        return reverse("diptych_machine_run", args=(self.run.pk,))

    @property
    def again_url(self):
        return _url(self.page, self.language)

    def undo(self):
        return undo(self.run, self.request.user)


def _words_of(source):
    """The words of a markup without its codes."""
    return "".join(each for each in markup.read(source) if isinstance(each, str))


def draft_into(language):
    """The heading of a screen, and what leads to it."""
    name = {"language": translated_language_name(language)}
    return _("Machine draft into %(language)s") % name


def _url(page, language):
    return reverse("diptych_machine_draft", args=(page.pk, language))


def translation_aid(page, language, user):
    """For ``register_diptych_translation_aids``."""
    if not setting.is_set() or not drafting.can_send(user, page, language):
        return None
    return TranslationAid(
        _url(page, language),
        _("Machine draft"),
        _("With a draft by a machine"),
        _("A machine translates; nothing of it is published before you have confirmed it."),
        _("Start with a machine draft"),
        "cogs",
        "Alt+M",
    )


def header_buttons(page, user, view_name, next_url=None):
    """For ``register_page_header_buttons``."""
    if not setting.is_set() or not isinstance(page, MultilingualPageMixin) or page.alias_of_id:
        return
    for language in access.languages_to_translate(user, page):
        if drafting.can_send(user, page, language):
            yield Button(draft_into(language), _url(page, language), icon_name="cogs", priority=13)


# History


class SentFormatter(LogFormatter):
    label = gettext_lazy("Send texts to a machine")

    def format_message(self, log_entry):
        data = log_entry.data
        message = ngettext(
            "%(count)s text for %(language)s sent to %(engine)s (%(characters)s characters)",
            "%(count)s texts for %(language)s sent to %(engine)s (%(characters)s characters)",
            data["texts"],
        )
        return message % {
            "count": number_format(data["texts"], force_grouping=True),
            "language": translated_language_name(data["language"]),
            "engine": data["engine"],
            "characters": number_format(data["characters"], force_grouping=True),
        }


class DraftedFormatter(LogFormatter):
    label = gettext_lazy("Take in a machine draft")

    def format_message(self, log_entry):
        data = log_entry.data
        message = ngettext(
            "%(count)s text in %(language)s drafted by %(engine)s",
            "%(count)s texts in %(language)s drafted by %(engine)s",
            data["taken"],
        )
        language = translated_language_name(data["language"])
        count = number_format(data["taken"], force_grouping=True)
        return message % {"count": count, "language": language, "engine": data["engine"]}


class UndoneFormatter(LogFormatter):
    label = gettext_lazy("Take back a machine draft")

    def format_message(self, log_entry):
        data = log_entry.data
        message = ngettext(
            "%(count)s text in %(language)s by %(engine)s taken back",
            "%(count)s texts in %(language)s by %(engine)s taken back",
            data["units"],
        )
        language = translated_language_name(data["language"])
        count = number_format(data["units"], force_grouping=True)
        return message % {"count": count, "language": language, "engine": data["engine"]}


def log_actions(actions):
    """For ``register_log_actions``."""
    actions.register_action(drafting.SENT)(SentFormatter)
    actions.register_action(drafting.DRAFTED)(DraftedFormatter)
    actions.register_action(UNDONE)(UndoneFormatter)


urlpatterns = [
    path(
        "diptych/machine-draft/<int:page_id>/<slug:language>/",
        MachineDraftView.as_view(),
        name="diptych_machine_draft",
    ),
    path(
        "diptych/machine-draft/<int:pk>/",
        MachineRunView.as_view(),
        name="diptych_machine_run",
    ),
]
