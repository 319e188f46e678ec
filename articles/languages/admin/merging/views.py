"""The edit view of a page that several people have open at the same time.

Wagtail warns that saving will overwrite a newer version and stops automatic saving. Here saving
overwrites nothing, so the view shows who else edits the page and which languages have changed.
"""

import json
from copy import copy
from functools import partial

from django.db import transaction
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views import editing_sessions
from wagtail.models import Page, TaskState, get_default_page_content_type

from diptych.articles.languages.admin.inputs.page_choosers import attach_parents_of_related
from diptych.articles.languages.admin.merging.changes import (
    change_of,
    merged_message,
    moment_of,
    replacement_message,
)
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.config.primary_keys import id_in
from diptych.articles.languages.models import RevisionLanguage
from diptych.articles.languages.publication.pages import MultilingualPageMixin


def ping_url(page_id, session_id, languages):
    address = reverse("diptych_editing_sessions_ping", args=(page_id, session_id))
    return f"{address}?{urlencode({'language': languages}, doseq=True)}"


@require_POST
def ping(request, page_id, session_id):
    """Wagtail's answer to an open edit screen, with the changes by language."""
    posted, request.POST = request.POST, request.POST.copy()
    request.POST.pop("revision_id", None)
    names = (Page._meta.app_label, Page._meta.model_name)
    response = editing_sessions.ping(request, *names, str(page_id), session_id)
    if response.status_code != 200:
        return response
    answer = json.loads(response.content)
    shown = set(request.GET.getlist("language"))
    languages = [language for language in available_languages() if language in shown]
    answer["ping_url"] = ping_url(page_id, answer["session_id"], languages)
    changes = changes_since(page_id, posted, languages, request.user)
    answer["html"] += render_to_string(
        "diptych_languages/admin/changes_by_others.html", {"changes": changes.items()}
    )
    return JsonResponse(answer)


def changes_since(page_id, posted, languages, user):
    """The last change in each language that is newer than the last save of the edit screen."""
    since = moment_of(posted.get("revision_created_at"))
    if since is None:
        return {}
    newer = (
        RevisionLanguage.objects.filter(
            revision__base_content_type=get_default_page_content_type(),
            revision__object_id=str(page_id),
            revision__created_at__gt=since,
            language__in=languages,
        )
        .exclude(revision_id=id_in(posted.get("revision_id")))
        .order_by("revision__created_at")
        .select_related("revision__user", "revision__user__wagtail_userprofile")
        .defer("revision__content")
    )
    return {row.language: change_of(row.revision, user, row.language) for row in newer}


OVERWRITE = "overwrite_revision_id"


class SavedMeanwhile(Exception):
    """Somebody has saved the page since it was read to be saved."""


class MergingMixin:
    """Switches on merging in the form of a page."""

    def get(self, request, *args, **kwargs):
        self.form_class = partial(self.form_class, merging=True)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        is_autosave = self.expects_json_response
        self.form_class = partial(self.form_class, merging=True, is_autosave=is_autosave)
        return super().post(request, *args, **kwargs)


class MergingEditMixin(MergingMixin):
    """Merges the posted form with changes that others have saved meanwhile."""

    #: Whether nobody else can save the page before this request has.
    is_locked = False

    def dispatch(self, request, page_id, *args, **kwargs):
        untouched = copy(self)
        try:
            return super().dispatch(request, page_id, *args, **kwargs)
        except SavedMeanwhile:
            with transaction.atomic():
                lock_newest(page_id)
                untouched.is_locked = True
                again = super(MergingEditMixin, untouched)
                return again.dispatch(request, page_id, *args, **kwargs)

    def get_object(self):
        """The newest draft, with the objects in memory that the page and its rows refer to."""
        record = self.real_page_record
        record.get_parent()
        known = dict(vars(record))
        self.stored_page = record.specific
        if not isinstance(self.stored_page, MultilingualPageMixin):
            return super().get_object()
        self.stored_page.latest_revision = self.latest_revision
        page = copy(self.stored_page).newest_draft()
        for name, value in known.items():
            vars(page).setdefault(name, value)
        if self.request.method == "GET":
            page.stored_page = self.stored_page
            page.language_rows = self.stored_page.language_rows
            attach_parents_of_related(page)
        return page

    def post(self, request, *args, **kwargs):
        is_up_to_date = names_draft(request.POST) and not super().is_out_of_date
        self.form_class = partial(self.form_class, is_up_to_date=is_up_to_date)
        return super().post(request, *args, **kwargs)

    @property
    def is_out_of_date(self):
        """False, as saving merges the posted form with newer changes."""
        return False

    def form_valid(self, form):
        read = self.real_page_record
        with transaction.atomic():
            newest = lock_newest(self.page.pk)
            if newest != state_when_read(read) and not self.is_locked:
                raise SavedMeanwhile
            # Nobody has saved or published since: the objects in memory are up to date.
            self.page.latest_revision = self.latest_revision
            self.page.stored_page = self.stored_page
            self._choose_revision()
            response = super().form_valid(form)
        if not self.expects_json_response:
            for change in form.changes_by_others.values():
                messages.info(self.request, merged_message(change))
        return response

    def _choose_revision(self):
        """Let automatic saving go on with the draft this person began, as long as it may.

        Wagtail goes on only while nobody else has saved. Two people who take turns would fill
        the history; each has one draft instead, brought up to date at every turn.
        """
        number = self.request.POST.get(OVERWRITE)
        if not number or self.action_name != "save":
            return
        draft = self._own_draft(number)
        if draft is None or draft != self.latest_revision:
            self.request.POST = self.request.POST.copy()
            del self.request.POST[OVERWRITE]
            if draft is not None and not self.form.has_overwritten_parts:
                self.page.draft_to_continue = draft

    def _own_draft(self, number):
        """The draft of that number if it is this person's own and nothing depends on it."""
        latest = self.latest_revision
        if latest is not None and str(latest.pk) == number:
            draft = latest
        else:
            draft = self.page.revisions.filter(pk=id_in(number)).first()
        if draft is None or draft.user_id != self.request.user.pk:
            return None
        if draft.approved_go_live_at or draft.pk == self.real_page_record.live_revision_id:
            return None
        is_in_review = draft != latest and TaskState.objects.filter(revision=draft).exists()
        return None if is_in_review else draft

    def form_invalid(self, form):
        if form.is_unfounded and not self.locked_for_user:
            return self._refuse_unfounded(form)
        if form.conflicts and not self.locked_for_user:
            if self.expects_json_response:
                return self.json_error_response("validation_error", self._message(form))
            form.show_conflicts()
            # Whose text stays is decided by somebody who has read both.
            self.autosave_enabled = False
        return super().form_invalid(form)

    def _refuse_unfounded(self, form):
        """Answer 409, with the posted and the stored values where they differ."""
        message = _(
            "Nothing has been saved, as the form did not say which version of the page it was "
            "opened on. What you wrote is still here: compare it with what is stored, and save "
            "again."
        )
        if self.expects_json_response:
            response = self.json_error_response("invalid_revision", message)
            response.status_code = 409
            return response
        messages.error(self.request, message)
        form.show_conflicts()
        form.restore_required_fields()
        self.autosave_enabled, self.has_unsaved_changes = False, True
        return self.render_to_response(self.get_context_data(), status=409)

    def _message(self, form):
        labels = ", ".join(dict.fromkeys(conflict.label for conflict in form.conflicts))
        message = _(
            "Somebody else has changed the same text: %(labels)s. Nothing is lost: "
            "click save to see both versions."
        )
        return message % {"labels": labels}

    def get_editing_sessions(self):
        sessions = super().get_editing_sessions()
        sessions.ping_url = ping_url(
            self.page.pk, sessions.current_session.pk, self.languages_shown()
        )
        return sessions

    def languages_shown(self):
        """The languages for which the screen has a place to report changes by others in."""
        return []


def names_draft(posted):
    """Whether a posted form names the draft that it was opened on or saved as."""
    return bool(posted.get(OVERWRITE) or posted.get("loaded_revision_id"))


#: Columns that change whenever a page is saved, published or taken offline.
STATE = ("latest_revision_id", "latest_revision_created_at", "live", "last_published_at")


def lock_newest(page_id):
    """Lock a page; returns its :data:`STATE`."""
    locked = Page.objects.select_for_update().filter(pk=page_id).order_by()
    return locked.values_list(*STATE).first()


def state_when_read(page):
    """The :data:`STATE` of ``page`` when it was read."""
    return tuple(getattr(page, name) for name in STATE)


class AskingAgainMixin:
    """For the view of an old version: it overwrites no text that its user has not seen.

    An old text differs from the newest draft nearly everywhere, so there is nothing to merge.
    Instead, the user is told who has saved the page since, and decides by saving again. So it is
    where the form does not name the draft that it was opened on, which is answered with 409.
    """

    def form_valid(self, form):
        is_named = names_draft(self.request.POST) or self.latest_revision is None
        with transaction.atomic():
            newest = lock_newest(self.page.pk)
            is_current = is_named and not self.is_out_of_date
            if is_current and newest == state_when_read(self.real_page_record):
                return super().form_valid(form)
        self._report_change(newest[0])
        form.restore_required_fields()
        self.has_unsaved_changes = True
        return self.render_to_response(self.get_context_data(), status=200 if is_named else 409)

    def _report_change(self, revision_id):
        revisions = self.page.revisions.select_related("user", "user__wagtail_userprofile")
        revision = revisions.defer("content").filter(pk=revision_id).first()
        change = change_of(revision, self.request.user, None)
        messages.error(self.request, replacement_message(change))
