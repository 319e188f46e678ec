"""The translating view, which is the edit view of a page with the fields of one language."""

from django.db import transaction
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.preview import PreviewOnEditView

from articles.languages.admin.links import review_url
from articles.languages.admin.side_by_side import access, settling
from articles.languages.admin.side_by_side.panels import translation_handler
from articles.languages.admin.side_by_side.places import Overview
from articles.languages.admin.views import LanguageEditView
from articles.languages.available import language_name, translated_language_name
from articles.languages.models.assignments import Review, handed_in
from articles.languages.permissions.pieces import Chosen, source_html
from articles.languages.translations import reviewing


class TranslateView(LanguageEditView):
    """Wagtail's edit view, posted to itself, with the source beside each field and block."""

    partials_template_name = "diptych_languages/admin/side_by_side/partials.html"

    def dispatch(self, request, page_id, language):
        access.check_language(language)
        self.language = language
        return super().dispatch(request, page_id)

    def get_object(self):
        page = super().get_object()
        access.check_rights(self.request.user, page, self.language)
        page.preview_language = self.language
        return page

    def get(self, request, *args, **kwargs):
        if self.page.source_language == self.language and not self.page.alias_of_id:
            return self.offer_to_switch()
        self.use_panels()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        self.use_panels()
        return super().post(request, *args, **kwargs)

    def use_panels(self):
        self.edit_handler = translation_handler(self.page_class, self.language)
        self.form_class = self.edit_handler.get_form_class()

    def form_valid(self, form):
        draft, user, posted = form.instance, self.request.user, self.request.POST
        settled = []
        if confirmed := posted.getlist("diptych-confirm"):
            settled += settling.confirm_translation(draft, self.language, confirmed, user)
        if kept := posted.getlist("diptych-keep"):
            settled += settling.keep_translation(draft, self.language, kept)
        if not settled:
            return super().form_valid(form)
        with transaction.atomic():
            draft.lock_row()
            response = super().form_valid(form)
            if not self.has_unsaved_changes:
                revision = self.page.get_latest_revision()
                settling.record(self.page, self.language, settled, user, revision)
        return response

    def offer_to_switch(self):
        user, page = self.request.user, self.page
        context = {
            "page": page,
            "page_for_status": self.get_page_for_status(),
            "header_title": self.get_header_title(),
            "header_buttons": self.get_header_buttons(),
            "language_name": translated_language_name(self.language),
            "may_switch": [
                (code, translated_language_name(code), self.url_for(code, "make-source"))
                for code in access.languages_to_translate(user, page)
                if access.may_switch_source(user, page, code)
            ],
            "translations": [
                (translated_language_name(code), reverse("diptych_translate", args=(page.pk, code)))
                for code in access.languages_to_translate(user, page)
            ],
        }
        return TemplateResponse(
            self.request, "diptych_languages/admin/side_by_side/source.html", context
        )

    # Addresses

    def url_for(self, language, act):
        return reverse("diptych_translate_act", args=(self.page.pk, language, act))

    def get_edit_url(self):
        return reverse("diptych_translate", args=(self.page.pk, self.language))

    def get_page_for_status(self):
        """What Wagtail's badge "Live" is about; nothing where this language is not live."""
        return super().get_page_for_status() if self.page.is_live_in(self.language) else None

    def get_preview_url(self):
        return reverse("diptych_translate_preview", args=(self.page.pk, self.language))

    # Templates

    def get_page_title(self):
        names = {
            "source": translated_language_name(self.page.source_language),
            "target": translated_language_name(self.language),
        }
        return _("Translate from %(source)s into %(target)s") % names

    def get_template_names(self):
        if self.page.alias_of_id:
            return super().get_template_names()
        if self.overview.is_untouched and self.overview.can_start and not self.form.is_bound:
            return ["diptych_languages/admin/side_by_side/start.html"]
        return ["diptych_languages/admin/side_by_side/translate.html"]

    @cached_property
    def overview(self):
        return Overview(self.page, self.language, self.form)

    def get_context_data(self, **kwargs):
        # What was posted has been saved by now, or stands in the form.
        self.__dict__.pop("overview", None)
        context = super().get_context_data(**kwargs)
        context.update(
            overview=self.overview,
            language=self.language,
            source_language=self.page.source_language,
            source_name=language_name(self.page.source_language),
            target_name=language_name(self.language),
            source_word=translated_language_name(self.page.source_language),
            target_word=translated_language_name(self.language),
            sources_url=reverse("diptych_translate_sources", args=(self.page.pk, self.language)),
            copy_url=reverse("diptych_translate_copy", args=(self.page.pk, self.language)),
            start_empty_url=self.url_for(self.language, "start-empty"),
            start_copied_url=self.url_for(self.language, "start-copied"),
            pair_url=self.url_for(self.language, "pair"),
            edit_url=reverse("wagtailadmin_pages:edit", args=(self.page.pk,)),
            may_write=not self.locked_for_user,
        )
        if not self.expects_json_response:
            context["sources"] = sources_of(self.overview.rows)
            context |= self.review_context()
        return context

    def review_context(self):
        """What is said of a text that somebody has handed in, or that was sent back."""
        assignment = handed_in(self.page, self.language)
        if assignment is None:
            return {}
        if assignment.review == Review.SENT_BACK:
            return {"sent_back": assignment}
        may_read = reviewing.may_read(self.request.user, self.page, self.language)
        url = review_url(self.page.pk, self.language) if may_read else None
        return {"under_review": assignment, "review_url": url}


def sources_of(rows):
    """``(row, HTML of its source)`` for each row that has one."""
    rows = [row for row in rows if row.place.source]
    chosen = Chosen.in_units([row.place.source for row in rows])
    return [(row, source_html(row.place.source, chosen)) for row in rows]


class TranslatePreviewView(PreviewOnEditView):
    """The preview beside the translating view: opens in the language of the translation."""

    def get_object(self):
        access.check_language(self.kwargs["language"])
        page = super().get_object()
        access.check_rights(self.request.user, page, self.kwargs["language"])
        page.preview_language = self.kwargs["language"]
        return page

    def get_form(self, query_dict):
        handler = translation_handler(type(self.object), self.kwargs["language"])
        return handler.get_form_class()(
            query_dict or None,
            instance=self.object,
            parent_page=self.object.get_parent().specific,
            for_user=self.request.user,
        )
