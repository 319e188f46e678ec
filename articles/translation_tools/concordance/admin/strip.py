"""The concordance under a passage side by side: what the script needs, and the passages found."""

from dataclasses import dataclass

import swapper
from django.core.exceptions import BadRequest, PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component

from diptych.articles.languages.admin.access import refused_in_words
from diptych.articles.languages.config.language_config import (
    available_language,
    translated_language_name,
)
from diptych.articles.languages.permissions.policy import can
from diptych.articles.linguistics.tokenizer import tokenize
from diptych.articles.translation_tools.concordance.searching import LONGEST_QUERY, Kind, search
from diptych.articles.translation_tools.glossary.access import may_translate

KINDS = {
    Kind.EXACT: gettext_lazy("These words"),
    Kind.STEMS: gettext_lazy("Other forms of these words"),
}


class ConcordanceStrip(Component):
    """What the script needs to search the concordance for what is selected in a passage."""

    template_name = "diptych_translation_tools/concordance/mount.html"

    def __init__(self, page, language):
        self.page, self.language = page, language

    def get_context_data(self, parent_context):
        pair = (self.page.source_language, self.language)
        names = {code: translated_language_name(code) for code in pair}
        return {
            "url": reverse("diptych_concordance_results"),
            "source_language": self.page.source_language,
            "language": self.language,
            "directions": [(code, names[code]) for code in pair],
            "longest": LONGEST_QUERY,
        }


def strip_of(request, page, language):
    """For ``register_diptych_side_by_side_tools``."""
    return ConcordanceStrip(page, language) if may_translate(request.user) else None


@dataclass
class Result:
    """A match as it is shown: ``text`` in pieces, each with whether it was asked for."""

    match: object
    text: list
    label: str
    title: str
    url: str
    inserted: str = ""


@refused_in_words
@require_POST
def results(request):
    """The passages with the posted words, ``q``, in ``language``, and how each stands in ``other``.

    The translation of a passage that has no other words can be inserted where ``target`` is its
    language.
    """
    if not may_translate(request.user):
        raise PermissionDenied
    language, other = (available_language(request.POST.get(name)) for name in ("language", "other"))
    if language is None or other is None:
        raise BadRequest
    query = request.POST.get("q", "").replace("\0", "")[:LONGEST_QUERY]
    matches = search(query, language, other, request.user)
    context = {
        "results": described(matches, query, request.user, request.POST.get("target", "")),
        "query": query.strip(),
        "language": language,
        "other": other,
        "summary": _summary(matches),
    }
    return TemplateResponse(request, "diptych_translation_tools/concordance/results.html", context)


def _summary(matches):
    """What a screen reader says of the results."""
    if not matches:
        return _("Nothing found in the concordance.")
    message = ngettext("%(count)s passage found.", "%(count)s passages found.", len(matches))
    return message % {"count": len(matches)}


def described(matches, query, user, target=""):
    """A :class:`Result` for each match; the pages of all are read together."""
    keys = {each.text.row.page_id for each in matches if each.text.row}
    pages = swapper.load_model("wagtailcore", "Page").objects.filter(pk__in=keys)
    pages = {each.pk: each for each in pages.specific()}
    return [_result(each, pages, query, user, target) for each in matches]


def _source(match, pages, user):
    """``(title, address)`` of where a match stands; the address if ``user`` may edit the page."""
    if match.memory:
        return match.memory.name, ""
    page = pages[match.text.row.page_id]
    codes = (match.text.language, match.other.language)
    title = next(filter(None, (page.text_in("headline", code) for code in codes)), page.title)
    translation = next((each for each in codes[::-1] if each != page.source_language), codes[1])
    may_edit = can(user, "edit", translation) and page.permissions_for_user(user).can_edit()
    return str(title), reverse("diptych_translate", args=(page.pk, translation)) if may_edit else ""


def _result(match, pages, query, user, target):
    title, url = _source(match, pages, user)
    likeness = _("Nearly this sentence (%(percent)s %%)") % {"percent": int(match.likeness * 100)}
    return Result(
        match,
        _marked(match.text, query),
        str(KINDS.get(match.kind, likeness)),
        title,
        url,
        match.other.text if match.is_whole and match.other.language == target else "",
    )


def _marked(text, query):
    """``(piece, whether it has a stem of the query)`` of a text, in order."""
    stems = {each.stem for each in tokenize(query, text.language)}
    pieces, end = [], 0
    for token in tokenize(text.text, text.language):
        if token.stem in stems:
            pieces += [(text.text[end : token.start], False)]
            pieces += [(text.text[token.start : token.end], True)]
            end = token.end
    return [each for each in [*pieces, (text.text[end:], False)] if each[0]]


urlpatterns = [
    path("diptych/concordance/results/", results, name="diptych_concordance_results"),
]
