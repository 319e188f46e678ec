"""Creating, editing and reverting a page in several languages, and what their forms publish."""

import json

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin import messages
from wagtail.admin.utils import set_query_params
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.hooks import get_hooks

from diptych.articles.languages.admin.access import tell_if_being_deleted
from diptych.articles.languages.admin.editor.forms import languages_asked_for
from diptych.articles.languages.admin.editor.side_panels import SidePanelsMixin
from diptych.articles.languages.admin.editor.state_panel import languages_shown_in
from diptych.articles.languages.admin.history.missing import MissingVersionMixin
from diptych.articles.languages.admin.inputs.malformed import rows_read_once
from diptych.articles.languages.admin.links import language_tab
from diptych.articles.languages.admin.merging.views import (
    AskingAgainMixin,
    MergingEditMixin,
    MergingMixin,
)
from diptych.articles.languages.admin.page_actions.copies_for_locales import WithoutCopyingMixin
from diptych.articles.languages.admin.post_limits import limits_of_form
from diptych.articles.languages.admin.publishing.bulk import languages_to_publish
from diptych.articles.languages.admin.publishing.confirmation import (
    question_url,
    report_not_published,
)
from diptych.articles.languages.admin.publishing.messages import (
    advise,
    announce_approval,
    announce_languages,
    announce_schedule,
    is_in_future,
)
from diptych.articles.languages.admin.publishing.workflow import (
    denied_at_approval,
    news_at_approval,
)
from diptych.articles.languages.config.language_config import (
    available_languages,
)
from diptych.articles.languages.index.indexing import indexed_once
from diptych.articles.languages.permissions.policy import languages_denied
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.publication.partial_publication import (
    PartialPublication,
    carry_over,
    keep_denied,
    other_than,
)
from diptych.articles.languages.publication.readiness.gate import unanswered_gradings
from diptych.articles.languages.publication.readiness.grading import Grade, grade

#: The parameter that names languages of a draft that was saved and not published.
TO_DO = "todo"


class PublishingByLanguage:
    """Understand the buttons of one language, and publish as one transaction.

    Takes the place of Wagtail's ``publish_action``, with the same hooks in the same order, and
    calls ``publish_languages`` where Wagtail's view would publish the page as a whole.
    """

    #: Those of a view of an existing page.
    previous_revision = None
    has_content_changes = True

    @cached_property
    def action_name_and_method(self):
        if languages_asked_for(self.request.POST) and self.can_publish():
            return "publish", self.publish_action
        return super().action_name_and_method

    def publish_action(self):
        asked = languages_asked_for(self.request.POST)
        meant = asked or self.form.instance.languages_of_plain_publish()
        denied = languages_denied(self.request.user, "publish")
        allowed = [code for code in meant if code not in denied]
        if not allowed:
            return self._save_instead(meant)
        is_whole = not (asked or denied)
        if unanswered := self._unanswered(allowed, is_whole):
            return self._save_and_ask(allowed, unanswered)
        if self.form.lacking:
            self.form.show_lacking()
            return self.form_invalid(self.form)
        self.form.publishing = allowed if denied else asked
        with transaction.atomic(), indexed_once():
            newest = self.draft_to_keep()
            response = self._publish(self.save_to_publish(), allowed)
            if self.form.publishing:
                self._restore_draft(newest)
        return response

    def _unanswered(self, languages, is_whole):
        """The gradings of the posted draft that need an answer; see :func:`unanswered_gradings`."""
        draft = self.form.draft_to_grade()
        public = (draft.stored_page or draft.stored()) if draft.pk else None
        return unanswered_gradings(draft, public, languages, self.request.user, is_whole)

    def _save_and_ask(self, languages, unanswered):
        """Save a draft; redirect to the question, or to the editor with the blockers."""
        newest = self.draft_to_keep()
        if newest is not None:
            carry_over(newest, self.form.instance, other_than(languages))
        response = self.save_action()
        if response.status_code != 302 or not self.page.pk:
            return response
        denied = languages_denied(self.request.user, "edit")
        refused = [each.language for each in unanswered if each.grade == Grade.REFUSED]
        if refused and not set(refused) & set(denied):
            return redirect(set_query_params(self._url_to_stay_at(), {TO_DO: refused}))
        return redirect(question_url(self.page.pk, languages, self.next_url))

    def _save_instead(self, languages):
        message = _("You may not publish in %(languages)s. It has been saved as a draft.")
        names = MultilingualPageMixin.names_of(languages)
        messages.warning(self.request, message % {"languages": names})
        return self.save_action()

    def save_to_publish(self):
        """Save the form as a revision and return it; sets ``self.page``."""
        raise NotImplementedError

    def _publish(self, revision, languages):
        """Publish the saved ``revision`` and return the answer to the request."""
        response = self.run_hook("before_publish_page", self.request, self.page)
        if response:
            return response
        self.page.publish_languages(
            languages,
            self.request.user,
            revision=revision,
            public=self.public_page(),
            changed=self.has_content_changes,
            previous_revision=self.previous_revision,
        )
        self.follow_publication(revision)
        self.page = self.page.stored()
        response = self.run_hook("after_publish_page", self.request, self.page)
        if response:
            return response
        self._announce()
        response = self.run_hook(self.last_hook, self.request, self.page)
        return response or redirect(self.next_url or self._url_to_stay_at(languages))

    def public_page(self):
        """The live page as it was read to be published, ``None`` if it may have changed since."""
        return None

    def follow_publication(self, revision):
        """Called once the page is published; views override it for further work."""

    def _url_to_stay_at(self, languages=()):
        """The editor, at the tab of the language if there is one, which leads back as before."""
        tab = f"#{language_tab(languages[0])}" if len(languages) == 1 else ""
        return set_query_params(self.get_edit_url(), {"next": self.next_url or None}) + tab

    def _announce(self):
        edit_button = self.get_edit_message_button() if self.next_url else None
        asked = self.form.publishing or self.page.live_languages
        if is_in_future(self.form.cleaned_data.get("go_live_at")):
            requested = self.form.publishing or self.form.instance.languages_of_plain_publish()
            languages = {*self.page.live_languages, *requested}
            announce_schedule(self.request, self.page, languages, edit_button)
        else:
            announce_languages(self.request, self.page, asked, edit_button)
        advise(self.request, self.form.instance, asked)

    def draft_to_keep(self):
        """A draft whose other languages are kept, if not the one that was posted."""
        return None

    def _restore_draft(self, newest):
        languages, partial_publication = self.form.publishing, self.form.partial_publication
        if newest is not None:
            partial_publication = PartialPublication(newest, languages, self.request.user)
        if partial_publication is not None and partial_publication.restore(self.page.stored()):
            names = MultilingualPageMixin.names_of(other_than(languages))
            message = _("Unpublished changes in %(languages)s are kept as a draft.")
            messages.info(self.request, message % {"languages": names})


class PublishingExistingPage(PublishingByLanguage):
    """For the edit view, and for the view of an old version."""

    last_hook = "after_edit_page"

    def can_publish(self):
        return self.page_perms.can_publish()

    def save_to_publish(self):
        self.page = self.form.save(commit=not self.page.live)
        if self.subscription._state.adding or "comment_notifications" in self.form.changed_data:
            self.subscription.save()
        return self.page.save_revision(
            user=self.request.user, log_action=True, previous_revision=self.previous_revision
        )

    def follow_publication(self, revision):
        if self.has_content_changes and "comments" in self.form.formsets:
            changes = self.get_commenting_changes()
            self.log_commenting_changes(changes, revision)
            self.send_commenting_notifications(changes)

    def show_blockers(self):
        """Show the blockers that kept the saved draft from being published; see ``TO_DO``."""
        named = set(self.request.GET.getlist(TO_DO))
        languages = [code for code in available_languages() if code in named]
        gradings = [grade(self.page, code) for code in languages]
        refused = [each for each in gradings if each.grade == Grade.REFUSED]
        if not refused:
            return
        self.form.show_problems([problem for each in refused for problem in each.problems])
        report_not_published(self.request, refused)


#: Ours by those of Wagtail's that they extend.
EDIT_TEMPLATES = {"wagtailadmin/pages/edit.html": "diptych_languages/admin/edit.html"}


class LanguageEditView(
    WithoutCopyingMixin, SidePanelsMixin, MergingEditMixin, PublishingExistingPage, EditView
):
    partials_template_name = "diptych_languages/admin/edit_partials.html"

    def get_template_names(self):
        names = super().get_template_names()
        return [EDIT_TEMPLATES.get(name, name) for name in names]

    def dispatch(self, request, *args, **kwargs):
        """As Wagtail's, which denies everybody a page that is being deleted; says that it is."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied:
            # The screen of a translation may deny before a page is read.
            page = getattr(self, "page", None)
            if self.expects_json_response or not page or not tell_if_being_deleted(request, page):
                raise
            return redirect("wagtailadmin_home")

    def get(self, request, *args, **kwargs):
        with rows_read_once():
            return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        with rows_read_once():
            return super().post(request, *args, **kwargs)

    def public_page(self):
        has_hooks = get_hooks("before_publish_page")
        return self.stored_page if self.stored_page.live and not has_hooks else None

    def languages_shown(self):
        return languages_shown_in(self.edit_handler)

    @cached_property
    def header_more_buttons(self):
        """None in the answer to an automatic save, which shows no header."""
        is_autosave = self.request.method == "POST" and self.expects_json_response
        return [] if is_autosave else super().header_more_buttons

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            self.show_blockers()
        return super().get_context_data(**kwargs)

    def workflow_action_is_valid(self):
        if not super().workflow_action_is_valid():
            return False
        denied = denied_at_approval(self.page, self.request.user)
        return self.workflow_action != "approve" or not denied

    def perform_workflow_action(self):
        """As Wagtail's; approving an incomplete language leads to the question first."""
        state = self.page.current_workflow_state
        if self.workflow_action != "approve" or not state.is_at_final_task:
            return super().perform_workflow_action()
        news = news_at_approval(self.form.instance, self.request.user)
        published = languages_to_publish(self.form.instance, self.request.user)
        if unanswered := self._unanswered(published, is_whole=True):
            return self._save_and_ask(published, unanswered)
        response = super().perform_workflow_action()
        announce_approval(self.request, self.page, *news)
        return response


class LanguageRevertView(
    WithoutCopyingMixin,
    SidePanelsMixin,
    MissingVersionMixin,
    AskingAgainMixin,
    PublishingExistingPage,
    RevisionsRevertView,
):
    def get_object(self):
        """The old version, with the newest draft's content where the user may not edit."""
        page = super().get_object()
        newest = self.real_page_record.get_latest_revision_as_object
        keep_denied(page, self.request.user, newest)
        return page

    def draft_to_keep(self):
        """The newest draft: reverting one language keeps the unpublished text of the others."""
        return self.real_page_record.get_latest_revision_as_object()


class LanguageCreateView(SidePanelsMixin, MergingMixin, PublishingByLanguage, CreateView):
    template_name = "diptych_languages/admin/create.html"
    last_hook = "after_create_page"

    def can_publish(self):
        return self.parent_page_perms.can_publish_subpage()

    def save_to_publish(self):
        # The page is live once its revision is published, which may be at a later date.
        self.page.live = False
        self.page = self.form.save(commit=False)
        self.parent_page.add_child(instance=self.page)
        self.set_default_privacy_setting()
        revision = self.page.save_revision(user=self.request.user, log_action=True)
        self.subscription.page = self.page
        self.subscription.save()
        return revision


@never_cache
def session(request):
    """JSON with the primary key of the user and a CSRF token.

    Wagtail redirects anonymous requests to the login. The token is included because its cookie
    may not be readable by scripts.
    """
    return JsonResponse({"person": str(request.user.pk), "token": get_token(request)})


def saving_script():
    """Hook for ``insert_editor_js``: the scripts of every form, with the messages of saving."""
    limits = json.dumps(limits_of_form())
    return render_to_string("diptych_languages/admin/saving.html", {"limits": limits})
