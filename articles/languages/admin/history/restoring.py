"""Show an old version in one language, and restore it as a draft."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from diptych.articles.languages.admin.access import page_in_language
from diptych.articles.languages.admin.history.changes import changes_between
from diptych.articles.languages.admin.history.missing import answer_for_missing
from diptych.articles.languages.admin.links import PageBreadcrumbsMixin
from diptych.articles.languages.admin.listings.states import language_heading
from diptych.articles.languages.config.dates import moment_in_words
from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.languages.publication import restoring
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.publication.partial_publication import other_than


class RestoreView(PageBreadcrumbsMixin, TemplateView):
    template_name = "diptych_languages/admin/history/restore.html"
    header_icon = "history"

    def dispatch(self, request, page_id, revision_id, language):
        self.page = page_in_language(request, page_id, language, restoring.can_restore)
        self.language = language
        self.revision = self.page.revisions.select_related("user").filter(pk=revision_id).first()
        if self.revision is None:
            return answer_for_missing(request, page_id, [str(revision_id)])
        return super().dispatch(request)

    @cached_property
    def changes(self):
        newest = self.page.stored().get_latest_revision_as_object()
        restored, _changed = restoring.restored_draft(self.page, self.revision, self.language)
        return changes_between(newest, restored, self.language)

    @property
    def moment(self):
        return moment_in_words(self.revision.created_at)

    @property
    def names(self):
        others = MultilingualPageMixin.names_of(other_than([self.language]))
        return {"language": translated_language_name(self.language), "others": others}

    @property
    def history_url(self):
        return reverse("wagtailadmin_pages:history", args=(self.page.pk,))

    def get_page_title(self):
        return _("Restore %(language)s only") % self.names

    @property
    def inner_breadcrumbs(self):
        return [{"url": self.history_url, "label": _("History")}]

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "language": self.language,
            "names": self.names,
            "moment": self.moment,
            "revision": self.revision,
            "changes": self.changes,
            "remainder": restoring.remainder(self.page, self.revision, self.language),
            "is_locked": self.page.is_locked_for(self.request.user),
            "edit_url": self.edit_url,
            "history_url": self.history_url,
        }

    def post(self, request):
        try:
            restoring.restore_language(self.page, self.revision, self.language, request.user)
        except restoring.NothingToRestore:
            message = _("Nothing to restore: the newest draft says the same in %(language)s.")
            messages.warning(request, message % self.names)
        except restoring.Locked:
            messages.error(request, _("The page is locked: nothing has been restored."))
        else:
            self._report_restored()
        return redirect(self.edit_url)

    def _report_restored(self):
        message = _(
            "%(heading)s is as it was on %(moment)s again, as a draft. Readers see no change"
            " until it is published. What is written in %(others)s is as it was."
        )
        values = {"heading": language_heading(self.language), "moment": self.moment, **self.names}
        messages.success(self.request, message % values)
        rest = restoring.remainder(self.page, self.revision, self.language)
        if rest.rows:
            message = _("Left out, as it belongs to rows that are not there any more: %(texts)s")
            messages.warning(self.request, message % {"texts": "; ".join(rest.rows)})
        if rest.blocks:
            message = ngettext(
                "%(count)s block of a kind that no longer exists was left out.",
                "%(count)s blocks of a kind that no longer exists were left out.",
                rest.blocks,
            )
            messages.warning(self.request, message % {"count": rest.blocks})
