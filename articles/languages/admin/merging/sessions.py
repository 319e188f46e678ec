"""Tell people at the same page of each other without interrupting them.

Wagtail warns that saving will overwrite a newer version and stops saving by itself. Here saving
overwrites nothing, so the browser is told who else is there, and in which languages something
has changed, which is shown where that language is written.
"""

import json

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST
from wagtail.admin.views import editing_sessions
from wagtail.models import Page, get_default_page_content_type

from articles.languages.admin.merging.changes import change_of, moment_of
from articles.languages.available import available_languages
from articles.languages.models.revision_languages import RevisionLanguage
from articles.languages.numbers import id_in


def ping_url(page_id, session_id, languages):
    address = reverse("diptych_editing_sessions_ping", args=(page_id, session_id))
    return f"{address}?{urlencode({'language': languages}, doseq=True)}"


@require_POST
def ping(request, page_id, session_id):
    """Wagtail's answer to an open edit screen, with what has changed there by language."""
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
    """The last change in each language that is newer than what the edit screen was saved as."""
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
