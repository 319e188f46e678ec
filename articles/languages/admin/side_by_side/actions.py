"""What the buttons of the translating view do that a form of fields cannot."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from articles.languages.admin.side_by_side import access
from articles.languages.admin.side_by_side.places import Overview
from articles.languages.admin.side_by_side.views import sources_of
from articles.languages.available import column, translated_language_name
from articles.languages.translations.following import copy_block, pair_by_order, start_translation
from articles.languages.translations.units import stream_in, stream_names, units_in


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
    """Change the latest draft as a whole, as a new draft with an entry in the history."""
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
        if switches and not access.may_switch_source(request.user, draft, language):
            raise PermissionDenied
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
    """The pieces of the source that changed while somebody translated them, as they are now."""
    draft = access.draft_to_translate(request, page_id, language)
    keys = set(request.GET.getlist("key"))
    rows = [row for row in Overview(draft, language).rows if row.key in keys]
    context = {"sources": sources_of(rows), "source_language": draft.source_language}
    return TemplateResponse(request, "diptych_languages/admin/side_by_side/sources.html", context)


@require_GET
def copy(request, page_id, language):
    """What a block or field of the source puts into its place in the form.

    The form puts it there itself, so that nothing typed is lost, and saves it as if typed.
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
    """What the widget of a field is filled with, of the page or of a row below it."""
    unit = units_in(draft, draft.source_language).get(key)
    if unit is None or unit.block is not None:
        raise Http404
    if not unit.is_rich:
        return unit.stored
    owner = draft if unit.row is None else unit.row.instance
    field = owner._meta.get_field(column(unit.field_name, draft.source_language))
    return field.formfield().widget.format_value(unit.stored)
