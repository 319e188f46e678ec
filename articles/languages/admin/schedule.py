"""The schedule view of a page in one language."""

from django import forms
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from articles.languages.admin.access import page_in_language
from articles.languages.admin.breadcrumbs import PageBreadcrumbsMixin
from articles.languages.admin.confirming import ask_again, posted_confirmations
from articles.languages.admin.date_inputs import LocalDateTimeField, LocalDateTimeInput
from articles.languages.admin.history.changes import changes_between
from articles.languages.admin.states import language_heading
from articles.languages.available import translated_language_name
from articles.languages.dates import moment_in_words
from articles.languages.grading import NotPublishable
from articles.languages.schedules import scheduling
from articles.languages.schedules.scheduling import PUBLISH, UNPUBLISH
from articles.languages.schedules.snapshots import restore, snapshot


def _input():
    """The datetime input, with the calendar beside it."""
    return LocalDateTimeInput(js_overlay_parent_selector="#diptych-dates")


class ScheduleForm(forms.Form):
    """Dates of publication and unpublishing; either may be empty.

    ``problems`` prevent the newest text from being scheduled.
    """

    publish_at = LocalDateTimeField(
        label=gettext_lazy("Publish on"), required=False, widget=_input()
    )
    unpublish_at = LocalDateTimeField(
        label=gettext_lazy("Unpublish on"), required=False, widget=_input()
    )
    with_newest_text = forms.BooleanField(
        label=gettext_lazy("Schedule the newest text instead"),
        required=False,
        help_text=gettext_lazy(
            "The text has changed since the date was set. Without this, it is published as it was."
        ),
    )

    def __init__(self, *args, page, has_text, has_newer_text, problems, **kwargs):
        super().__init__(*args, **kwargs)
        self.page = page
        self.has_text = has_text
        self.problems = problems
        if not has_newer_text:
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
        expire_at = self.page.expire_at
        if publish_at and expire_at and expire_at <= publish_at:
            self.add_error("publish_at", _("The whole page goes offline before that."))
        if data.get("with_newest_text") and "publish_at" in data and not publish_at:
            self.add_error("publish_at", _("Say when the newest text is to be published."))
        takes_newest = data.get("with_newest_text") or not self.has_text
        if publish_at and takes_newest and self.problems:
            self.add_error("publish_at", " ".join([_("It is not complete yet."), *self.problems]))
        return data

    def date(self, name, known):
        """The date to set; an unchanged input keeps the seconds of the stored one."""
        return self.cleaned_data[name] if name in self.changed_data else known


class ScheduleView(PageBreadcrumbsMixin, FormView):
    """Set, change and cancel the schedule of one language."""

    template_name = "diptych_languages/admin/history/schedule.html"
    form_class = ScheduleForm
    header_icon = "calendar-alt"

    def dispatch(self, request, page_id, language):
        self.page = page_in_language(request, page_id, language, scheduling.can_schedule)
        self.language = language
        return super().dispatch(request)

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
        """Messages for what prevents the newest text from being published."""
        content = snapshot(self.page, self.language, self.request.user)
        draft = restore(self.page, content, self.language)
        return [sentence for _field, sentence in draft.publication_problems(self.language)]

    def get_page_title(self):
        return _("Dates in %(language)s") % {"language": translated_language_name(self.language)}

    def get_page_subtitle(self):
        return self.draft.text_in("headline", self.language) or self.page.get_admin_display_title()

    def get_initial(self):
        return {
            "publish_at": self.known[PUBLISH].due_at if PUBLISH in self.known else None,
            "unpublish_at": self.known[UNPUBLISH].due_at if UNPUBLISH in self.known else None,
        }

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(),
            "page": self.page,
            "has_text": PUBLISH in self.known,
            "has_newer_text": bool(self.newer),
            "problems": self.problems,
        }

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        self.page.lock_row()
        # The page may have been saved or locked meanwhile.
        self.page = page_in_language(request, self.page.pk, self.language, scheduling.can_schedule)
        if self.page.is_locked_for(request.user):
            messages.error(request, _("The page is locked: its dates cannot be changed now."))
            return redirect(self.edit_url)
        if "call-off" in request.POST:
            return self._set({PUBLISH: None, UNPUBLISH: None})
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        initial = form.initial
        dates = {
            PUBLISH: form.date("publish_at", initial["publish_at"]),
            UNPUBLISH: form.date("unpublish_at", initial["unpublish_at"]),
        }
        try:
            return self._set(dates, form.cleaned_data.get("with_newest_text", False))
        except NotPublishable as refusal:
            fields = ("publish_at", "unpublish_at", "with_newest_text")
            return ask_again(self.request, self, refusal, self.page, fields, self.request.path)

    @transaction.atomic
    def _set(self, dates, newest=False):
        confirmed = posted_confirmations(self.request)
        what = (self.page, self.language)
        changed = [
            scheduling.set_date(*what, act, date, self.request.user, newest, confirmed)
            for act, date in dates.items()
        ]
        message = self._in_words(dates) if any(changed) else _("Nothing has changed.")
        messages.success(self.request, message)
        return redirect(self.edit_url)

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
        written = self.draft.text_in("headline", self.language)
        return {
            **context,
            "headline_language": self.language if written else self.page.source_language,
            "language": self.language,
            "language_name": translated_language_name(self.language),
            "edit_url": self.edit_url,
            "is_live": self.page.is_live_in(self.language),
            "is_locked": self.page.is_locked_for(self.request.user),
            "is_scheduled": bool(self.known),
            "missed": [
                (row.act, moment_in_words(row.due_at), scheduling.problems_of(row))
                for row in self.known.values()
                if row.is_overdue
            ],
            "changes": self.newer,
            "media": context["form"].media,
        }
