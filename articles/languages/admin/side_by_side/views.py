"""The side-by-side view: the edit view of a page with the fields of one language.

With its preview, the buttons that lead to it, and the actions that change a draft as a whole.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.pages.preview import PreviewOnEditView
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from diptych.articles.languages.admin import access
from diptych.articles.languages.admin.access import languages_to_translate
from diptych.articles.languages.admin.editor.views import LanguageEditView
from diptych.articles.languages.admin.links import review_url
from diptych.articles.languages.admin.read_only.rendering import ChooserCache, source_html
from diptych.articles.languages.admin.side_by_side import marking
from diptych.articles.languages.admin.side_by_side.aids import AIDS
from diptych.articles.languages.admin.side_by_side.marking import MinorEditView
from diptych.articles.languages.admin.side_by_side.overview import Overview
from diptych.articles.languages.admin.side_by_side.panels import translation_handler
from diptych.articles.languages.config.language_config import (
    column,
    language_name,
    translated_language_name,
)
from diptych.articles.languages.models import Review, handed_in
from diptych.articles.languages.publication import reviewing
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.translations.copying import (
    copy_block,
    pair_by_order,
    start_translation,
)
from diptych.articles.languages.translations.provenance import record_of
from diptych.articles.languages.translations.units import stream_in, stream_names, units_in

#: The hook for who has tools for translators: a function called with the request, the page and the
#: language of the translation. It returns a component of Wagtail that renders them, or ``None``.
TOOLS = "register_diptych_side_by_side_tools"


class TranslateView(LanguageEditView):
    """Wagtail's edit view, posted to itself, with the source beside each field and block."""

    partials_template_name = "diptych_languages/admin/side_by_side/partials.html"

    def dispatch(self, request, page_id, language):
        access.check_language(language)
        self.language = language
        return super().dispatch(request, page_id)

    def get_object(self):
        page = super().get_object()
        access.check_permissions(self.request.user, page, self.language)
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
        marked = []

        def is_seen(key):
            return not form.is_stale(key, self.language)

        if confirmed := posted.getlist("diptych-confirm"):
            marked += marking.confirm_translation(draft, self.language, confirmed, user, is_seen)
        if kept := posted.getlist("diptych-keep"):
            marked += marking.keep_translation(draft, self.language, kept, is_seen)
        if not marked:
            return super().form_valid(form)
        with transaction.atomic():
            draft.lock_row()
            response = super().form_valid(form)
            if not self.has_unsaved_changes:
                revision = self.page.get_latest_revision()
                marking.record(self.page, self.language, marked, user, revision)
        return response

    def offer_to_switch(self):
        user, page = self.request.user, self.page
        context = {
            "page": page,
            "page_for_status": self.get_page_for_status(),
            "header_title": self.get_header_title(),
            "header_buttons": self.get_header_buttons(),
            "language_name": translated_language_name(self.language),
            "can_switch": [
                (code, translated_language_name(code), self.url_for(code, "make-source"))
                for code in access.languages_to_translate(user, page)
                if access.can_switch_source(user, page, code)
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
        """The page for Wagtail's badge "Live"; ``None`` if this language is not live."""
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
        # The posted text has been saved by now, or is in the form.
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
            can_write=not self.locked_for_user,
            aids=self.aids,
        )
        if not self.expects_json_response:
            context["sources"] = sources_of(self.overview.rows)
            context["tools"] = self.tools()
            context |= self.review_context()
        return context

    @cached_property
    def aids(self):
        found = (aid(self.page, self.language, self.request.user) for aid in hooks.get_hooks(AIDS))
        return [each for each in found if each is not None]

    def tools(self):
        """The components that hooks of :data:`TOOLS` have for this translation."""
        found = (tool(self.request, self.page, self.language) for tool in hooks.get_hooks(TOOLS))
        return [each for each in found if each is not None]

    def review_context(self):
        """The review of this language: submitted, or sent back."""
        assignment = handed_in(self.page, self.language)
        if assignment is None:
            return {}
        if assignment.review == Review.SENT_BACK:
            return {"sent_back": assignment}
        can_read = reviewing.can_read(self.request.user, self.page, self.language)
        url = review_url(self.page.pk, self.language) if can_read else None
        return {"under_review": assignment, "review_url": url}


def sources_of(rows):
    """``(row, HTML of its source)`` for each row with a source."""
    rows = [row for row in rows if row.place.source]
    chosen = ChooserCache.in_units([row.place.source for row in rows])
    return [(row, source_html(row.place.source, chosen)) for row in rows]


class TranslatePreviewView(PreviewOnEditView):
    """The preview of the side-by-side view, in the language of the translation."""

    def get_object(self):
        access.check_language(self.kwargs["language"])
        page = super().get_object()
        access.check_permissions(self.request.user, page, self.kwargs["language"])
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


def header_buttons(page, user, view_name, next_url=None):
    """For ``register_page_header_buttons``."""
    yield from _buttons(page, user)


def listing_buttons(page, user, next_url=None):
    """For ``register_page_listing_more_buttons``."""
    yield from _buttons(page, user)


def _buttons(page, user):
    if not isinstance(page, MultilingualPageMixin) or page.alias_of_id:
        return
    if not page.permissions_for_user(user).can_edit():
        return
    for language in languages_to_translate(user, page):
        name = {"language": translated_language_name(language)}
        yield Button(
            _("Translate into %(language)s") % name,
            reverse("diptych_translate", args=(page.pk, language)),
            icon_name="globe",
            priority=12,
        )


def _start_empty(draft, language):
    start_translation(draft, language, with_text=False)
    return "diptych.start_translation", _("The blocks of the source are there, to be filled in.")


def _start_copied(draft, language):
    start_translation(draft, language, with_text=True)
    message = _("The texts of the source are there, to be written over.")
    return "diptych.start_translation", message


def _pair(draft, language):
    count = pair_by_order(draft, language)
    message = ngettext(
        "%(count)s block has been paired with its source.",
        "%(count)s blocks have been paired with their source.",
        count,
    )
    return "diptych.pair_blocks", message % {"count": count}


def _make_source(draft, language):
    draft.source_language = language
    message = _("The source of this page is now %(language)s.")
    return "diptych.change_source", message % {"language": translated_language_name(language)}


ACTS = {
    "start-empty": _start_empty,
    "start-copied": _start_copied,
    "pair": _pair,
    "make-source": _make_source,
}


@require_POST
def act(request, page_id, language, act):
    """Apply one of :data:`ACTS` to the latest draft; save the result as a new draft and log it."""
    if act not in ACTS:
        raise Http404
    with transaction.atomic():
        draft = access.draft_to_translate(request, page_id, language)
        draft.lock_row()
        # Somebody may have saved while this waited for the lock.
        draft = access.draft_to_translate(request, page_id, language)
        if draft.is_locked_for(request.user):
            messages.error(request, _("The page could not be saved as it is locked."))
            return redirect("diptych_translate", page_id, language)
        switches = act == "make-source"
        if switches and not access.can_switch_source(request.user, draft, language):
            raise PermissionDenied
        if switches and record_of(draft, language).get("unconfirmed"):
            messages.error(request, _("Confirm its passages first: not all are confirmed."))
            return redirect("diptych_translate", page_id, language)
        source = draft.source_language
        if source == language:
            return redirect("diptych_translate", page_id, language)
        action, message = ACTS[act](draft, language)
        revision = draft.save_revision(user=request.user, clean=False)
        log(
            instance=draft,
            action=action,
            user=request.user,
            revision=revision,
            data={"language": language, "source": source},
        )
    messages.success(request, message)
    return redirect("diptych_translate", page_id, source if switches else language)


@require_GET
def sources(request, page_id, language):
    """The current source of the units named by ``key``, which changed during the translation."""
    draft = access.draft_to_translate(request, page_id, language)
    keys = set(request.GET.getlist("key"))
    rows = [row for row in Overview(draft, language).rows if row.key in keys]
    context = {"sources": sources_of(rows), "source_language": draft.source_language}
    return TemplateResponse(request, "diptych_languages/admin/side_by_side/sources.html", context)


@require_GET
def copy(request, page_id, language):
    """The form state of a block or field of the source, for the script to put into the form.

    Nothing is saved, so that no unsaved text is lost.
    """
    draft = access.draft_to_translate(request, page_id, language)
    key, with_text = request.GET.get("key", ""), request.GET.get("text") == "1"
    name, _dot, identity = key.partition(".")
    if name not in stream_names(type(draft)):
        return JsonResponse({"value": _field_value(draft, key)})
    if not copy_block(draft, language, key, with_text):
        raise Http404
    stream = stream_in(draft, name, language)
    child = next(child for child in stream if str(child.id) == identity)
    value = child.block.get_form_state(child.value)
    return JsonResponse({"type": child.block_type, "id": identity, "value": value})


def _field_value(draft, key):
    """The value of a field of the page or a row, as its widget formats it."""
    unit = units_in(draft, draft.source_language).get(key)
    if unit is None or unit.block is not None:
        raise Http404
    if not unit.is_rich:
        return unit.stored
    owner = draft if unit.row is None else unit.row.instance
    field = owner._meta.get_field(column(unit.field_name, draft.source_language))
    return field.formfield().widget.format_value(unit.stored)


TRANSLATION = "diptych/translate/<int:page_id>/<slug:language>/"

urlpatterns = [
    path(TRANSLATION, TranslateView.as_view(), name="diptych_translate"),
    path(
        f"{TRANSLATION}preview/", TranslatePreviewView.as_view(), name="diptych_translate_preview"
    ),
    path(f"{TRANSLATION}sources/", sources, name="diptych_translate_sources"),
    path(f"{TRANSLATION}copy/", copy, name="diptych_translate_copy"),
    path(f"{TRANSLATION}<slug:act>/", act, name="diptych_translate_act"),
    path("diptych/changes/<int:page_id>/", MinorEditView.as_view(), name="diptych_changes"),
]
