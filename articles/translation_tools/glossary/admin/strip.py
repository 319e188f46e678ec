"""Terms and likely faults of a passage: the strip under it side by side, hints in a review."""

import json

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from diptych.articles.languages.admin.access import (
    check_language,
    check_permissions,
    page_in_language,
    refused_in_words,
)
from diptych.articles.languages.config.language_config import available_language
from diptych.articles.languages.permissions.policy import can
from diptych.articles.languages.publication import reviewing
from diptych.articles.languages.translations.units import units_in
from diptych.articles.translation_tools.concordance.searching import published_words
from diptych.articles.translation_tools.faults import language_tool, spelling
from diptych.articles.translation_tools.faults.finding import Fault, Kind, Text, faults
from diptych.articles.translation_tools.faults.marks import text_of
from diptych.articles.translation_tools.faults.models import MutedFault
from diptych.articles.translation_tools.glossary.access import may_translate
from diptych.articles.translation_tools.glossary.matching import Glossary
from diptych.articles.translation_tools.glossary.models import Concept, MutedHint

#: The most characters of a passage in which terms are looked for, and of the key of a place.
LONGEST_TEXT, LONGEST_PLACE = 50_000, 200
#: So many terms have a key of their own.
KEYS = 9
#: The most words of a page that the dictionary lacks and that are looked up in other pages, and
#: the most that are named of a passage.
LOOKED_UP, NAMED = 200, 5


class GlossaryStrip(Component):
    """What the script needs to show the terms of the passage in which somebody writes."""

    template_name = "diptych_translation_tools/glossary/mount.html"

    def __init__(self, page, language):
        self.page, self.language = page, language

    def get_context_data(self, parent_context):
        parts = (self.page.pk, self.language)
        return {
            "terms_url": reverse("diptych_glossary:terms", args=parts),
            "mute_url": reverse("diptych_glossary:mute", args=parts),
            "source_language": self.page.source_language,
        }


def strip_of(request, page, language):
    """For ``register_diptych_side_by_side_tools``."""
    return GlossaryStrip(page, language) if may_translate(request.user) else None


def review_hints(draft, language, units):
    """For ``register_diptych_review_hints``: a sentence for each hint that is not hidden."""
    muted_hints, muted_faults = (
        set(model.objects.filter(page=draft.pk, language=language).values_list("place", name))
        for model, name in ((MutedHint, "concept"), (MutedFault, "kind"))
    )
    glossary, found = Glossary.current(), {}
    sources, texts = units_in(draft, draft.source_language), units_in(draft, language)
    passages = {
        unit.key: (
            text_of(sources.get(unit.key), draft.source_language),
            text_of(texts.get(unit.key), language),
        )
        for unit in units
    }
    is_source = language == draft.source_language
    likely = {} if is_source else _likely_faults(passages, language, draft.pk)
    for key, (source, target) in passages.items():
        hints = glossary.hints(source.words, source.language, target.words, language)
        for each in hints:
            each.is_muted = (key, each.concept) in muted_hints
        found[key] = [_sentence(each) for each in hints if each.is_open]
        found[key] += [
            _said(each, language)
            for each in likely.get(key, ())
            if (key, each.kind) not in muted_faults
        ]
    return found


def _likely_faults(passages, language, page_id):
    """The likely faults of ``{key: (source, target)}`` of a page in ``language``, by key.

    A word that other pages have is not taken for wrongly spelt; the others are named together.
    """
    likely = {key: faults(*texts) for key, texts in passages.items()}
    if language_tool.is_set():
        _add_language_tool(likely, passages, language)
    in_doubt = {key: _words_in_doubt(found) for key, found in likely.items()}
    looked_up = dict.fromkeys(word for words in in_doubt.values() for word in words)
    known = published_words([*looked_up][:LOOKED_UP], language, page_id)
    for key, words in in_doubt.items():
        likely[key] = [each for each in likely[key] if each.kind != Kind.SPELLING]
        if left := [each for each in words if each not in known]:
            likely[key].append(Fault(Kind.SPELLING, ", ".join(left[:NAMED])))
    return likely


def _add_language_tool(likely, passages, language):
    """Add to the faults in ``likely`` what LanguageTool finds in the same passages."""
    texts = {
        key: target.words
        for key, (source, target) in passages.items()
        if source.words.strip() and target.words.strip()
    }
    found = language_tool.found_in(texts, language)
    if found is None:
        likely[next(iter(texts))].append(Fault(Kind.UNANSWERED))
        return
    for key, added in found.items():
        likely[key] += [each for each in added if each.kind != Kind.SPELLING][:NAMED]
        unknown = spelling.without_names(_words_in_doubt(added), passages[key][0])
        likely[key] += [Fault(Kind.SPELLING, each) for each in unknown]


def _words_in_doubt(likely):
    return list(dict.fromkeys(each.words for each in likely if each.kind == Kind.SPELLING))


def _said(fault, language):
    """The sentence of a fault of a text in ``language``, with the reason that it gives."""
    if not fault.reason:
        return str(fault)
    return format_html('{} <span lang="{}">{}</span>', str(fault), language, fault.reason)


def _sentence(hint):
    if hint.forbidden:
        said = _("“%(term)s” is not to be used for “%(source)s”.")
        return said % {"term": hint.forbidden, "source": hint.source}
    said = _("The preferred term “%(term)s” for “%(source)s” is missing.")
    return said % {"term": hint.missing, "source": hint.source}


def _can_write(user, page, language):
    return page.permissions_for_user(user).can_edit() and can(user, "edit", language)


def _can_read(user, page, language):
    return _can_write(user, page, language) or reviewing.can_read(user, page, language)


@refused_in_words
@require_POST
def terms(request, page_id, language):
    """The strip for the posted source and translation of one passage."""
    page = page_in_language(request, page_id, language, _can_read)
    source_language = available_language(request.POST.get("source_language"))
    place = request.POST.get("place", "")
    if source_language is None or len(place) > LONGEST_PLACE or "\0" in place:
        raise BadRequest
    source, target = (_posted(request, each) for each in ("source", "target"))
    hints = Glossary.current().hints(source, source_language, target, language)
    muted = MutedHint.objects.filter(page=page_id, language=language, place=place)
    muted = set(muted.values_list("concept", flat=True)) if hints else ()
    for number, each in enumerate(hints, start=1):
        each.is_muted = each.concept in muted
        each.key = number if number <= KEYS else None
    may_write = request.POST.get("may_write") == "true"
    passages = {place: (Text(source, source_language), Text(target, language))}
    likely = _likely_faults(passages, language, page_id)[place]
    context = {
        "hints": hints,
        "faults": _with_muted(likely, page_id, language, place),
        "spans": json.dumps(_spans_in_utf16(source, hints)),
        "summary": _summary(hints),
        "can_write": may_write and _can_write(request.user, page, language),
        "can_add": may_translate(request.user),
        "source_language": source_language,
        "language": language,
    }
    return TemplateResponse(request, "diptych_translation_tools/glossary/strip.html", context)


def _posted(request, name):
    """A posted text as the browser counts it, which sends each line break as two characters."""
    return request.POST.get(name, "").replace("\r\n", "\n")[:LONGEST_TEXT]


def _with_muted(likely, page_id, language, place):
    """``(kind, sentences, whether it is hidden)`` of the likely faults of a passage, by kind."""
    by_kind = {}
    for each in likely:
        by_kind.setdefault(each.kind, []).append((_said(each, language),))
    muted = MutedFault.objects.filter(page=page_id, language=language, place=place)
    muted = set(muted.values_list("kind", flat=True)) if likely else ()
    return [
        (kind, format_html_join(" ", "{}", said), kind in muted) for kind, said in by_kind.items()
    ]


def _spans_in_utf16(source, hints):
    """Where the terms stand in ``source``, counted as browsers count characters."""
    spans = [span for each in hints for span in each.spans]
    if source.isascii():
        return spans

    def counted(place):
        return len(source[:place].encode("utf-16-le", "surrogatepass")) // 2

    return [(counted(start), counted(end)) for start, end in spans]


def _summary(hints):
    """What a screen reader says of the strip."""
    if not hints:
        return ""
    count = ngettext("%(count)s glossary term.", "%(count)s glossary terms.", len(hints))
    names = [f"{each.key or ''} {each.source}: {each.preferred or '–'}." for each in hints]
    return " ".join([count % {"count": len(hints)}, *names])


@refused_in_words
@require_POST
def mute(request, page_id, language):
    """Turn the hint of a concept, or a kind of likely faults, off in one place, or on again."""
    check_language(language)
    page = get_object_or_404(Page, pk=page_id).specific
    check_permissions(request.user, page, language)
    place = request.POST.get("place", "")
    if not 0 < len(place) <= LONGEST_PLACE or "\0" in place:
        raise BadRequest(_("There is no such place."))
    known = {"page": page, "language": language, "place": place}
    model, name, value = _what_is_muted(request.POST)
    if request.POST.get("muted") == "true":
        model.objects.get_or_create(**known, **{name: value}, defaults={"user": request.user})
    else:
        model.objects.filter(**known, **{name: value}).delete()
    return HttpResponse(status=204)


def _what_is_muted(posted):
    """``(model, name of its field, value)`` of the hint or the kind of faults in ``posted``."""
    kind, concept = posted.get("kind", ""), posted.get("concept", "")
    if kind in iter(Kind):
        return MutedFault, "kind", kind
    if not (concept.isascii() and concept.isdecimal() and len(concept) < 18):
        raise BadRequest(_("There is no such place."))
    return MutedHint, "concept", get_object_or_404(Concept, pk=int(concept))
