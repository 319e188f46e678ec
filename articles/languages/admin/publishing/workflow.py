"""Approving a page in Wagtail's workflow, which publishes languages of it."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.workflow import WorkflowActionView

from diptych.articles.languages.admin.publishing.bulk import languages_to_publish
from diptych.articles.languages.admin.publishing.confirmation import (
    question_url,
)
from diptych.articles.languages.admin.publishing.messages import (
    announce_approval,
)
from diptych.articles.languages.permissions.policy import can, can_publish_shared
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.publication.readiness.gate import unanswered_gradings
from diptych.articles.languages.translations.shared import has_new_shared


class LanguageWorkflowView(WorkflowActionView):
    """Refuse the last approval of a workflow while a language is incomplete."""

    def post(self, request, *args, **kwargs):
        state = self.object.current_workflow_state
        if self.action_name == "approve" and state and state.is_at_final_task:
            url = self._url_if_refused()
            if url and request.headers.get("x-requested-with") == "XMLHttpRequest":
                return self.render_modal_json(request, {"step": "success", "redirect": url})
            if url:
                return redirect(url)
            page = self.object.specific
            news = news_at_approval(page.get_latest_revision_as_object(), request.user)
            response = super().post(request, *args, **kwargs)
            if not page.stored().workflow_in_progress:
                announce_approval(request, page, *news)
            return response
        return super().post(request, *args, **kwargs)

    def _url_if_refused(self):
        """The URL to redirect to if the approval is refused, else ``""``.

        Incomplete languages are asked about there, and published if they are confirmed.
        """
        denied = denied_at_approval(self.object, self.request.user)
        if denied:
            message = _(
                "You cannot approve it: that would publish %(languages)s, which you may not."
            )
            names = {"languages": MultilingualPageMixin.names_of(denied)}
            messages.error(self.request, message % names)
            return self.redirect_url
        draft = self.object.get_latest_revision_as_object()
        page, user = self.object.specific, self.request.user
        languages = languages_to_publish(draft, user)
        if not unanswered_gradings(draft, page, languages, user, is_whole=True):
            return ""
        return question_url(self.object.pk, languages)


def news_at_approval(draft, user):
    """``(languages, whether shared)``: where the last approval shows readers something new.

    What all languages share has its own.
    """
    has_shared_news = can_publish_shared(user, draft) and has_new_shared(draft.stored(), draft)
    return draft.languages_to_change(), has_shared_news


def denied_at_approval(page, user):
    """The languages that approving the newest draft publishes, and ``user`` may not."""
    state = page.current_workflow_state
    if not (state and state.is_at_final_task):
        return []
    concerned = page.get_latest_revision_as_object().languages_to_change()
    return [language for language in concerned if not can(user, "publish", language)]
