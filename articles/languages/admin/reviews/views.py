"""One screen for a text in one language: hand it in, or read it and decide."""

from django import forms
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem

from diptych.articles.languages.admin.access import page_in_language
from diptych.articles.languages.admin.editor.action_menu import page_of
from diptych.articles.languages.admin.editor.widgets import WholeTextInput
from diptych.articles.languages.admin.inputs.malformed import rows_read_once
from diptych.articles.languages.admin.links import PageBreadcrumbsMixin, review_url, translating_url
from diptych.articles.languages.admin.listings.states import language_heading
from diptych.articles.languages.admin.notifications.sending import notify
from diptych.articles.languages.admin.publishing.confirmation import (
    ask_again,
    linked_places,
    posted_confirmations,
    report_not_published,
)
from diptych.articles.languages.admin.publishing.messages import announce_others, announce_schedule
from diptych.articles.languages.admin.reviews import rendering
from diptych.articles.languages.admin.worklist.permissions import people_who_publish
from diptych.articles.languages.config.dates import moment_in_words
from diptych.articles.languages.config.language_config import (
    available_languages,
    translated_language_name,
)
from diptych.articles.languages.config.primary_keys import id_in
from diptych.articles.languages.models import Review, TranslationAssignment
from diptych.articles.languages.publication import reviewing
from diptych.articles.languages.publication.readiness.gate import kept_source
from diptych.articles.languages.publication.readiness.grading import NotPublishable, grade
from diptych.articles.languages.translations import comments


def notify_reviewers(request, page, assignment):
    """Notify the users who may approve the submitted text."""

    def context_of(root):
        return {
            "title": page.get_admin_display_title(),
            "language_name": translated_language_name(assignment.language),
            "comment": assignment.review_comment,
            "url": f"{root}{review_url(page.pk, assignment.language)}",
        }

    template = "diptych_languages/admin/reviews/handed_in"
    for person in people_who_publish(page, assignment.language):
        notify(person, template, context_of, request, preference="submitted_notifications")


def notify_submitter(request, page, assignment, approved, comment_count=0):
    """Send the decision to whoever handed the text in, unless they decided it themselves.

    ``comment_count`` is the number of open comments on places of the text.
    """
    scheduled = page.scheduled_revision if approved else None

    def context_of(root):
        return {
            "title": page.get_admin_display_title(),
            "language_name": translated_language_name(assignment.language),
            "approved": approved,
            "summary": _summary(assignment.review_comment, comment_count),
            "date": moment_in_words(scheduled.approved_go_live_at) if scheduled else "",
            "url": f"{root}{review_url(page.pk, assignment.language)}",
        }

    failure = _("The decision is stored, but %(name)s could not be notified by e-mail.")
    notify(
        assignment.submitted_by,
        "diptych_languages/admin/reviews/decision",
        context_of,
        request,
        failure,
        preference="approved_notifications" if approved else "rejected_notifications",
    )


def _summary(comment, comment_count):
    """The ``comment`` on a decision, and how many comments are open, in words."""
    places = ngettext(
        "%(count)s open comment at its place",
        "%(count)s open comments at their places",
        comment_count,
    )
    return "\n\n".join(filter(None, [comment, comment_count and places % {"count": comment_count}]))


#: A comment is mailed and stands in the history of the page.
LONGEST = 2000


class SubmissionForm(forms.Form):
    comment = forms.CharField(
        label=gettext_lazy("Comment for the reviewer"),
        required=False,
        max_length=LONGEST,
        widget=WholeTextInput,
    )


class PlaceCommentForm(forms.Form):
    """A comment on the unit at the content path ``path``."""

    path = forms.CharField(widget=forms.HiddenInput, max_length=500)
    text = forms.CharField(label=gettext_lazy("Comment"), max_length=LONGEST, widget=WholeTextInput)


class DecisionForm(forms.Form):
    """``fingerprint`` is that of the text on the screen; nothing else may be approved."""

    comment = forms.CharField(
        label=gettext_lazy("Comment for the translator"),
        required=False,
        max_length=LONGEST,
        widget=WholeTextInput,
        help_text=gettext_lazy(
            "Needed to send the text back, unless there are comments on places."
        ),
    )
    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ReviewView(PageBreadcrumbsMixin, TemplateView):
    """Those who write hand in here, those who publish approve or send back."""

    template_name = "diptych_languages/admin/reviews/review.html"
    header_icon = "glasses"

    def dispatch(self, request, page_id, language):
        self.page = page_in_language(request, page_id, language, reviewing.can_read)
        self.language = language
        self.can_review = reviewing.can_review(request.user, self.page, language)
        self.can_submit = reviewing.can_submit(request.user, self.page, language)
        return super().dispatch(request)

    @cached_property
    def assignment(self):
        rows = TranslationAssignment.objects.select_related("submitted_by", "reviewed_by")
        return rows.filter(page_id=self.page.pk, language=self.language).first()

    @cached_property
    def is_waiting(self):
        return self.assignment is not None and self.assignment.review == Review.SUBMITTED

    @cached_property
    def was_approved(self):
        """Whether the text approved by a reviewer is live."""
        assignment = self.assignment
        is_decided = assignment is not None and assignment.review == Review.NONE
        return is_decided and assignment.reviewed_at and self.page.is_live_in(self.language)

    @cached_property
    def draft(self):
        return self.page.get_latest_revision_as_object()

    @cached_property
    def grading(self):
        """The :class:`Grading` of approving this language."""
        source_page = kept_source(self.draft, self.page, [self.language])
        return grade(self.draft, self.language, source_page)

    @cached_property
    def language_name(self):
        return translated_language_name(self.language)

    @cached_property
    def units(self):
        """The units on the screen, with their comments and hints."""
        units = rendering.review_units_of(self.page, self.draft, self.language)
        if self.language == self.draft.source_language:
            return units
        return rendering.with_hints(units, self.draft, self.language)

    @property
    def comment_count(self):
        return sum(len(unit.comments) for unit in self.units)

    @cached_property
    def submission_form(self):
        return SubmissionForm(self._data_of("submit"))

    @cached_property
    def decision_form(self):
        data = self._data_of("approve", "send_back")
        return DecisionForm(data, initial=self._shown_text() if data is None else None)

    def _data_of(self, *acts):
        """The posted data, if one of these buttons was pressed."""
        data = self.request.POST
        return data if any(act in data for act in acts) else None

    def _shown_text(self):
        return {"fingerprint": reviewing.text_fingerprint(self.draft, self.language)}

    def get_page_title(self):
        return _("Review of %(language)s") % {"language": self.language_name}

    def get_page_subtitle(self):
        return self.draft.text_in("headline", self.language) or self.page.get_admin_display_title()

    @property
    def headline_language(self):
        written = self.draft.text_in("headline", self.language)
        return self.language if written else self.page.source_language

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        submitted_by_user = self.is_waiting and self.assignment.submitted_by == self.request.user
        context.update(
            page=self.page,
            language=self.language,
            headline_language=self.headline_language,
            source_language=self.page.source_language,
            source_name=translated_language_name(self.page.source_language),
            language_name=self.language_name,
            assignment=self.assignment,
            is_waiting=self.is_waiting,
            was_sent_back=bool(self.assignment) and self.assignment.review == Review.SENT_BACK,
            was_approved=self.was_approved,
            live_url=self.was_approved and self.page.url_in(self.language, self.request),
            readings=self.units,
            comment_count=self.comment_count,
            problems=[sentence for _field, sentence in self.grading.problems],
            open_places=linked_places(self.page, self.grading),
            can_submit=self.can_submit and not self.is_waiting,
            can_decide=self.can_review and self.is_waiting,
            can_take_back=submitted_by_user,
            submission_form=self.submission_form,
            decision_form=self.decision_form,
            writing_url=translating_url(self.page.pk, self.language),
        )
        return context

    @method_decorator(rows_read_once())
    def post(self, request):
        acts = {
            "submit": self._submit,
            "approve": self._approve,
            "send_back": self._send_back,
            "take_back": self._take_back,
            "add_comment": self._add_comment,
            "resolve_comment": self._resolve_comment,
        }
        act = next((run for name, run in acts.items() if name in request.POST), None)
        if act is None:
            return redirect(request.path)
        try:
            return self._act_alone(act)
        except NotPublishable as refusal:
            if refusal.can_be_confirmed and act == self._approve:
                fields = ("approve", "comment", "fingerprint")
                return ask_again(request, self, refusal, self.page, fields, request.path)
            self._report_missing(act, refusal)
        except reviewing.Changed:
            messages.warning(
                request, _("The text has changed since you opened it. Please read it again.")
            )
            return redirect(request.path)
        except reviewing.NotHandedIn:
            messages.warning(request, _("It is no longer waiting for a review."))
        return self.render_to_response(self.get_context_data())

    @transaction.atomic
    def _act_alone(self, act):
        """Do ``act`` to the page as it is once nobody else changes it, unless it is locked."""
        self.page.lock_row()
        self.page = page_in_language(self.request, self.page.pk, self.language, reviewing.can_read)
        if not self.page.is_locked_for(self.request.user):
            return act()
        message = _("The page is locked: nothing can be handed in or decided.")
        messages.error(self.request, message)
        return redirect(self.request.path)

    def _submit(self):
        if not self.submission_form.is_valid():
            return self.render_to_response(self.get_context_data())
        comment = self.submission_form.cleaned_data["comment"]
        was_waiting = self.is_waiting
        done = reviewing.submit(self.page, self.language, self.request.user, comment)
        if not was_waiting:
            notify_reviewers(self.request, self.page, done)
        self._report(_("%(language)s waits for a review now."))
        return redirect(translating_url(self.page.pk, self.language))

    def _approve(self):
        if not self.decision_form.is_valid():
            return self.render_to_response(self.get_context_data())
        data = self.decision_form.cleaned_data
        submitted = (self.page, self.language, self.request.user, data["fingerprint"])
        try:
            confirmed = posted_confirmations(self.request)
            done = reviewing.approve(*submitted, data["comment"], confirmed)
        except reviewing.NotHandedIn:
            if not reviewing.has_approved(*submitted):
                raise
        else:
            self.page = self.page.stored()
            notify_submitter(self.request, self.page, done, approved=True)
        self._announce_approval()
        return redirect("wagtailadmin_home")

    def _announce_approval(self):
        """Add a message that the language is live, or when the page will go live."""
        if self.page.scheduled_revision:
            edit_button = messages.button(self.edit_url, _("Edit"))
            languages = {*self.page.live_languages, self.language}
            announce_schedule(self.request, self.page, languages, edit_button)
            return
        live = _("Approved: readers see it in %(language)s now.")
        url = self.page.url_in(self.language, self.request)
        buttons = [messages.button(url, _("View live"))] if url else []
        messages.success(self.request, live % {"language": self.language_name}, buttons=buttons)
        announce_others(self.request, self.page, [self.language])

    def _report_missing(self, act, refusal):
        if act == self._approve:
            report_not_published(self.request, refusal.gradings, self.page)
            return
        lacking = _("Something is missing before it can be published. %(missing)s")
        messages.error(self.request, lacking % {"missing": " ".join(refusal.messages)})

    def _send_back(self):
        form = self.decision_form
        count = self.comment_count
        if form.is_valid() and not (form.cleaned_data["comment"].strip() or count):
            form.add_error("comment", _("Say what should be changed, here or at the places."))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data())
        comment = form.cleaned_data["comment"]
        done = reviewing.send_back(self.page, self.language, self.request.user, comment)
        notify_submitter(self.request, self.page, done, approved=False, comment_count=count)
        messages.success(self.request, _("Sent back with your comments."))
        return redirect("wagtailadmin_home")

    def _take_back(self):
        reviewing.take_back(self.page, self.language, self.request.user)
        self._report(_("%(language)s no longer waits for a review."))
        return redirect(translating_url(self.page.pk, self.language))

    def _add_comment(self):
        form = PlaceCommentForm(self.request.POST)
        if not form.is_valid():
            messages.error(self.request, _("Write a comment of at most 2,000 characters."))
            return redirect(self.request.path)
        path, text = form.cleaned_data["path"], form.cleaned_data["text"]
        unit = next((unit for unit in self.units if unit.path == path), None)
        if unit is None:
            messages.warning(self.request, _("This place is not in the text any more."))
            return redirect(self.request.path)
        comments.add_comment(self.draft, path, text, self.request.user)
        messages.success(self.request, _("The comment stands at its place, in the editor too."))
        return redirect(f"{self.request.path}#comments-{unit.key}")

    def _resolve_comment(self):
        pk = id_in(self.request.POST["resolve_comment"])
        known = {each.pk: each for unit in self.units for each in unit.comments}
        if pk in known:
            comments.resolve_comment(self.draft, known[pk], self.request.user)
            messages.success(self.request, _("The comment is resolved."))
        else:
            messages.warning(self.request, _("This comment has been resolved or deleted."))
        return redirect(self.request.path)

    def _report(self, message):
        messages.success(self.request, message % {"language": language_heading(self.language)})


class ReviewItem(ActionMenuItem):
    """Hand a language in, for those who may not publish it; decide on it, for those who may."""

    icon_name = "glasses"

    def __init__(self, language, order):
        super().__init__(order)
        self.language = language
        self.name = f"action-review-{language}"

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        waits = self.language in waiting_languages(parent_context["page"])
        label = _("Review %(language)s") if waits else _("Hand in %(language)s for review")
        context["label"] = label % {"language": translated_language_name(self.language)}
        return context

    def is_shown(self, context):
        page = page_of(context)
        if context["view"] != "edit" or page is None or context["locked_for_user"]:
            return False
        user = context["request"].user
        if reviewing.can_review(user, page, self.language):
            return self.language in waiting_languages(page)
        return reviewing.can_submit(user, page, self.language)

    def get_url(self, context):
        return reverse("diptych_review", args=(context["page"].pk, self.language))


def waiting_languages(page):
    """The languages of ``page`` that wait for a review, read once for each instance."""
    if not hasattr(page, "_languages_in_review"):
        waiting = TranslationAssignment.objects.filter(page_id=page.pk, review=Review.SUBMITTED)
        page._languages_in_review = list(waiting.values_list("language", flat=True))
    return page._languages_in_review


def item_factories():
    """Factories for ``register_page_action_menu_item``."""
    for position, language in enumerate(available_languages()):
        yield lambda language=language, order=41 + position: ReviewItem(language, order)
