"""Views of the admin that take texts from documents."""

import json

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.documents.html import DocumentRefused, blocks_from_html, html_from_text
from articles.languages.admin.access import PAGE_PERMISSIONS, page_policy
from articles.languages.available import available_languages
from articles.languages.permissions.policy import can
from articles.models import ArticlePage


@require_POST
def paste(request):
    """Convert pasted HTML or text to blocks; :mod:`articles.documents.html` has the contract."""
    if not page_policy().user_has_any_permission(request.user, PAGE_PERMISSIONS):
        raise PermissionDenied
    try:
        posted = json.loads(request.body)
        html, text, language = (_string(posted, name) for name in ("html", "text", "language"))
    except RequestDataTooBig:
        return _error(_("This text is too long to be pasted at once. Paste it in parts."), 413)
    except (AttributeError, RecursionError, TypeError, ValueError):
        return _error(_("The pasted text could not be read."), 400)
    if language not in available_languages():
        return _error(_("The pasted text could not be read."), 400)
    if not can(request.user, "edit", language):
        return _error(_("You may not write in this language."), 403)
    try:
        converted = blocks_from_html(html or html_from_text(text), language=language)
    except DocumentRefused as refusal:
        return _error(str(refusal), 413)
    stored = converted.stored()
    body = ArticlePage._meta.get_field("body").stream_block
    return JsonResponse(
        {
            "blocks": stored,
            "state": body.get_form_state(body.to_python(stored)),
            "notes": converted.notes,
        }
    )


def _string(posted, name):
    value = posted.get(name, "")
    if not isinstance(value, str):
        raise TypeError(f"{name} is no string")
    return value


def _error(message, status):
    return JsonResponse({"error": message}, status=status)
