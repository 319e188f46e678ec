"""The dates of a page in one language: their form, a section of a side panel, and a view."""

from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages

from diptych.articles.languages.admin.access import page_in_language
from diptych.articles.languages.admin.history.changes import changes_between
from diptych.articles.languages.admin.inputs.date_inputs import LocalDateTimeField
from diptych.articles.languages.admin.links import PageBreadcrumbsMixin
from diptych.articles.languages.admin.listings.states import language_heading
from diptych.articles.languages.admin.publishing.confirmation import (
    ask_again,
    linked_problems,
    posted_confirmations,
)
from diptych.articles.languages.config.dates import moment_in_words
from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.languages.publication.readiness.grading import NotPublishable
from diptych.articles.languages.publication.schedules import scheduling
from diptych.articles.languages.publication.schedules.scheduling import PUBLISH, UNPUBLISH
from diptych.articles.languages.publication.schedules.snapshots import restore, snapshot

#: At which hour of its day a preset publishes.
PRESET_HOUR = time(8)
#: The name of the buttons that post a preset in place of the date of publication.
PRESET = "preset"


def presets():
    """``[(moment, label)]``: tomorrow and next Monday in the morning, where the site is."""
    zone = timezone.get_default_timezone()
    today = timezone.localdate(timezone=zone)
    days = {
        today + timedelta(days=7 - today.weekday()): _("Monday: %(moment)s"),
        today + timedelta(days=1): _("Tomorrow: %(moment)s"),
    }
    with timezone.override(zone):
        moments = [(datetime.combine(day, PRESET_HOUR, zone), days[day]) for day in sorted(days)]
        return [(each, label % {"moment": moment_in_words(each)}) for each, label in moments]


class LanguageDates:
    """The stored dates of ``page`` in ``language``, for ``user``, who may set them."""

    def __init__(self, page, language, user):
        self.page = page
        self.language = language
        self.user = user

    @cached_property
    def known(self):
        """The stored dates by act."""
        rows = self.page.language_schedules.filter(language=self.language)
        return {row.act: row for row in rows.select_related("page")}

    @cached_property
    def draft(self):
        return self.page.get_latest_revision_as_object()

    @cached_property
    def newer(self):
        """The changes of the newest draft since the scheduled snapshot."""
        if PUBLISH not in self.known:
            return []
        scheduled = self.page.with_content_json(self.known[PUBLISH].content)
        return changes_between(scheduled, self.draft, self.language)

    @cached_property
    def problems(self):
        """The problems that prevent the newest text from being published."""
        content = snapshot(self.page, self.language, self.user)
        return restore(self.page, content, self.language).publication_problems(self.language)

    @property
    def is_locked(self):
        return self.page.is_locked_for(self.user)

    def due(self, act):
        return self.known[act].due_at if act in self.known else None

    def missed(self):
        """``(act, moment in words, reasons)`` of each date that has passed."""
        return [
            (row.act, moment_in_words(row.due_at), scheduling.problems_of(row))
            for row in self.known.values()
            if row.is_overdue
        ]

    def form(self, data=None):
        initial = {"publish_at": self.due(PUBLISH), "unpublish_at": self.due(UNPUBLISH)}
        return ScheduleForm(data, initial=initial, dates=self)


class ScheduleForm(forms.Form):
    """Dates of publication and unpublishing; either may be empty.

    A preset that was posted is the date of publication. ``dates`` are the stored ones.
    """

    publish_at = LocalDateTimeField(label=gettext_lazy("Publish on"), required=False)
    unpublish_at = LocalDateTimeField(label=gettext_lazy("Unpublish on"), required=False)
    with_newest_text = forms.BooleanField(
        label=gettext_lazy("Schedule the newest text instead"),
        required=False,
        help_text=gettext_lazy(
            "The text has changed since the date was set. Without this, it is published as it was."
        ),
    )
    #: The blockers of scheduling the newest text, as :class:`PublicationProblem`.
    to_do = ()

    def __init__(self, data=None, *, dates, **kwargs):
        if data is not None and data.get(PRESET):
            data = {**data.dict(), "publish_at": _as_typed(data[PRESET])}
        super().__init__(data, auto_id=f"id_%s_{dates.language}", **kwargs)
        self.dates = dates
        for name in ("publish_at", "unpublish_at"):
            widget = self.fields[name].widget
            widget.js_overlay_parent_selector = f"#diptych-calendar-{dates.language}"
        if not dates.newer:
            del self.fields["with_newest_text"]

    def clean(self):
        data = super().clean()
        for name in ("publish_at", "unpublish_at"):
            moment = data.get(name)
            if moment and name in self.changed_data and moment <= timezone.now():
                self.add_error(name, _("Choose a date in the future."))
        publish_at, unpublish_at = data.get("publish_at"), data.get("unpublish_at")
        if publish_at and unpublish_at and unpublish_at <= publish_at:
            self.add_error("unpublish_at", _("Choose a date after that of the publication."))
        expire_at = self.dates.page.expire_at
        if publish_at and expire_at and expire_at <= publish_at:
            self.add_error("publish_at", _("The whole page goes offline before that."))
        if data.get("with_newest_text") and "publish_at" in data and not publish_at:
            self.add_error("publish_at", _("Say when the newest text is to be published."))
        takes_newest = data.get("with_newest_text") or PUBLISH not in self.dates.known
        if publish_at and takes_newest:
            self._refuse_incomplete()
        return data

    def _refuse_incomplete(self):
        self.to_do = self.dates.problems
        if self.to_do:
            message = ngettext(
                "Not scheduled: %(count)s thing to do",
                "Not scheduled: %(count)s things to do",
                len(self.to_do),
            )
            notice = f"{message % {'count': len(self.to_do)}}. {_('The draft is saved.')}"
            self.add_error("publish_at", notice)

    def linked_problems(self):
        """``(sentence, URL of its field)`` for each thing to do."""
        return linked_problems(self.dates.page, self.to_do)

    def date(self, name):
        """The date to set; an unchanged input keeps the seconds of the stored one."""
        return self.cleaned_data[name] if name in self.changed_data else self.initial[name]


def _as_typed(preset):
    """A preset as the input of the date shows it; an invalid one is left to the form to refuse."""
    field = LocalDateTimeField()
    try:
        return field.widget.format_value(timezone.make_naive(field.clean(preset)))
    except ValidationError:
        return preset


def section_context(request, dates, form=None, notice=""):
    """The context of the section of a side panel with the dates of a language.

    ``form`` is an invalid one, ``notice`` a message on the last action.
    """
    page, language = dates.page, dates.language
    is_live = page.is_live_in(language)
    return {
        "csrf_token": get_token(request),
        "language": language,
        "language_name": translated_language_name(language),
        "schedule_url": reverse("diptych_schedule", args=(page.pk, language)),
        "dates": scheduling.dates_in_words(page, language, is_live),
        "is_locked": dates.is_locked,
        "is_scheduled": bool(dates.known),
        "missed": dates.missed(),
        "presets": presets(),
        "zone": timezone.get_default_timezone_name(),
        "form": form or dates.form(),
        "coming": scheduling.coming_dates(page, language),
        "notice": notice,
    }


class ScheduleView(PageBreadcrumbsMixin, FormView):
    """Set, change and cancel the schedule of one language.

    A request of the side panel is answered with the panel's section, or with the status 409 where
    a question is to be asked first, on a page of its own.
    """

    template_name = "diptych_languages/admin/history/schedule.html"
    section_template_name = "diptych_languages/admin/schedule_answer.html"
    header_icon = "calendar-alt"

    def dispatch(self, request, page_id, language):
        self.page = page_in_language(request, page_id, language, scheduling.can_schedule)
        self.language = language
        self.is_in_panel = request.headers.get("x-requested-with") == "XMLHttpRequest"
        return super().dispatch(request)

    @cached_property
    def dates(self):
        return LanguageDates(self.page, self.language, self.request.user)

    def get_page_title(self):
        return _("Dates in %(language)s") % {"language": translated_language_name(self.language)}

    def get_page_subtitle(self):
        written = self.dates.draft.text_in("headline", self.language)
        return written or self.page.get_admin_display_title()

    def get_form(self, form_class=None):
        return self.dates.form(self.request.POST if self.request.method == "POST" else None)

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        self.page.lock_row()
        # The page may have been saved or locked meanwhile.
        self.page = page_in_language(request, self.page.pk, self.language, scheduling.can_schedule)
        if self.dates.is_locked:
            return self._answer(_("The page is locked: its dates cannot be changed now."), "error")
        if "call-off" in request.POST:
            return self._set({PUBLISH: None, UNPUBLISH: None})
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        dates = {PUBLISH: form.date("publish_at"), UNPUBLISH: form.date("unpublish_at")}
        try:
            return self._set(dates, form.cleaned_data.get("with_newest_text", False))
        except NotPublishable as refusal:
            if self.is_in_panel:
                return HttpResponse(status=409)
            fields = (PRESET, "publish_at", "unpublish_at", "with_newest_text")
            return ask_again(self.request, self, refusal, self.page, fields, self.request.path)

    def form_invalid(self, form):
        return self._section(form=form) if self.is_in_panel else super().form_invalid(form)

    @transaction.atomic
    def _set(self, dates, newest=False):
        confirmed = posted_confirmations(self.request)
        key = (self.page, self.language)
        changed = [
            scheduling.set_date(*key, act, date, self.request.user, newest, confirmed)
            for act, date in dates.items()
        ]
        return self._answer(self._in_words(dates) if any(changed) else _("Nothing has changed."))

    def _answer(self, notice, level="success"):
        if self.is_in_panel:
            return self._section(notice=notice)
        getattr(messages, level)(self.request, notice)
        return redirect(self.edit_url)

    def _section(self, form=None, notice=""):
        dates = LanguageDates(self.page.stored(), self.language, self.request.user)
        context = {"section": section_context(self.request, dates, form, notice)}
        return TemplateResponse(self.request, self.section_template_name, context)

    def _in_words(self, dates):
        words = {act: moment_in_words(date) for act, date in dates.items() if date}
        values = {"language": language_heading(self.language), **words}
        if PUBLISH in words and UNPUBLISH in words:
            message = _(
                "%(language)s is published on %(publish)s and unpublished on %(unpublish)s."
            )
        elif PUBLISH in words:
            message = _("%(language)s is published on %(publish)s.")
        elif UNPUBLISH in words:
            message = _("%(language)s is unpublished on %(unpublish)s.")
        else:
            message = _("%(language)s has no dates any more.")
        return message % values

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        written = self.dates.draft.text_in("headline", self.language)
        return {
            **context,
            **section_context(self.request, self.dates, context["form"]),
            "headline_language": self.language if written else self.page.source_language,
            "edit_url": self.edit_url,
            "is_live": self.page.is_live_in(self.language),
            "changes": self.dates.newer,
            "media": context["form"].media,
        }
