"""What has changed in a source since it was translated, and which of it is a minor edit."""

from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from articles.languages.admin.side_by_side import access, settling
from articles.languages.admin.side_by_side.places import Overview
from articles.languages.available import available_languages, translated_language_name
from articles.languages.translations.units import label_of


class MinorEditView(WagtailAdminTemplateMixin, TemplateView):
    """For those who write the source: what translators are told has changed.

    What concerns no translation, as a comma, is ticked here and no longer flagged.
    """

    template_name = "diptych_languages/admin/side_by_side/changes.html"
    header_icon = "resubmit"

    def dispatch(self, request, page_id):
        self.page_id = page_id
        self.draft = access.draft_of_source(request, page_id)
        return super().dispatch(request, page_id)

    def get_page_title(self):
        return _("What has changed since it was translated")

    def get_page_subtitle(self):
        return self.draft.get_admin_display_title()

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.edit_url, "label": self.get_page_subtitle()},
            {"url": "", "label": self.get_page_title()},
        ]

    @property
    def edit_url(self):
        return reverse("wagtailadmin_pages:edit", args=(self.page_id,))

    @cached_property
    def rows(self):
        """The outdated places, each once, with the languages in which it is outdated."""
        found = {}
        for language in available_languages():
            for row in Overview(self.draft, language).rows:
                if row.status == "outdated":
                    found.setdefault(row.key, (row, []))[1].append(
                        translated_language_name(language)
                    )
        return [
            (row, label_of(self.draft, row.unit), languages) for row, languages in found.values()
        ]

    def post(self, request, *args, **kwargs):
        keys = request.POST.getlist("unit")
        if not keys:
            messages.warning(request, _("Nothing is ticked."))
            return redirect(request.path)
        with transaction.atomic():
            self.draft.lock_row()
            # Somebody may have saved or locked the page while this waited.
            self.draft = access.draft_of_source(request, self.page_id)
            if self.draft.is_locked_for(request.user):
                messages.error(request, _("The page could not be saved as it is locked."))
                return redirect(request.path)
            settled = settling.call_minor_edits(self.draft, keys)
            if settled:
                revision = self.draft.save_revision(user=request.user, clean=False)
                language = self.draft.source_language
                settling.record(self.draft, language, settled, request.user, revision)
        self._say_how_many(len(settled))
        self.__dict__.pop("rows", None)
        return redirect(request.path if self.rows else self.edit_url)

    def _say_how_many(self, count):
        message = ngettext(
            "%(count)s change counts as minor: translators are no longer told of it.",
            "%(count)s changes count as minor: translators are no longer told of them.",
            count,
        )
        messages.success(self.request, message % {"count": count})

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "page": self.draft,
            "rows": self.rows,
            "source_name": translated_language_name(self.draft.source_language),
            "source_language": self.draft.source_language,
            "edit_url": self.edit_url,
            "is_locked": self.draft.is_locked_for(self.request.user),
        }
