"""The screen of an old version, whose text takes the place of the newest draft when it is saved."""

from django.db import transaction
from wagtail.admin import messages

from articles.languages.merging.view import lock_newest
from articles.languages.merging.words import change_of, replaced_if_saved_again


class AskingAgainMixin:
    """For the view of an old version: it replaces nothing that its reader cannot know of.

    An old text differs from the newest draft nearly everywhere, so there is nothing to merge.
    Who has saved the page since is told instead, and saving again is a decision.
    """

    def form_valid(self, form):
        with transaction.atomic():
            newest = lock_newest(self.page.pk)
            if not self.is_out_of_date and newest == self._newest_as_read():
                return super().form_valid(form)
        self._tell_of(newest[0])
        form.restore_required_fields()
        self.has_unsaved_changes = True
        return self.render_to_response(self.get_context_data())

    def _newest_as_read(self):
        read = self.real_page_record
        return read.latest_revision_id, read.latest_revision_created_at

    def _tell_of(self, revision_id):
        revisions = self.page.revisions.select_related("user", "user__wagtail_userprofile")
        revision = revisions.defer("content").filter(pk=revision_id).first()
        change = change_of(revision, self.request.user, None)
        messages.error(self.request, replaced_if_saved_again(change))
