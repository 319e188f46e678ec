"""Saying that a translation is right as it is, and that a change of the source is a minor one.

Both are noted in the draft, as everything else that is written. Where readers see the very same
texts, they are noted on the live page too, so that the line telling them that the original was
modified goes away without publishing anything. What was said stays in the page's history.
"""

from dataclasses import dataclass

from wagtail.log_actions import log

from articles.languages.addresses import sync_page
from articles.languages.available import available_languages
from articles.languages.translations.provenance import (
    call_minor,
    compare,
    confirm,
    let_stand,
    record_of,
)

#: Stands for every place that is out of date.
ALL = "all"


@dataclass(frozen=True)
class Settled:
    """A place that was settled, with the texts of the source that it is about, for the history."""

    action: str
    key: str
    before: str
    after: str
    source: str
    target: str


def confirm_translation(draft, language, keys, user):
    """Note in ``draft`` that its translations of ``keys`` are still valid; saves nothing."""
    places = {place.key: place for place in compare(draft, language)}
    if ALL in keys:
        keys = [key for key, place in places.items() if place.status == "outdated"]
    confirmed = confirm(draft, language, keys, user)
    return [_settled("diptych.confirm_translation", places[key]) for key in confirmed]


def keep_translation(draft, language, keys):
    """Note in ``draft`` that ``keys`` stay though their source was deleted; saves nothing."""
    places = {place.key: place for place in compare(draft, language)}
    return [
        _settled("diptych.keep_translation", places[key])
        for key in let_stand(draft, language, keys)
    ]


def call_minor_edits(draft, keys):
    """Note in ``draft`` that what changed at ``keys`` needs no translation; saves nothing."""
    places = _outdated_places(draft)
    due = call_minor(draft, keys)
    return [_settled("diptych.minor_edit", places[key]) for key in due]


def _outdated_places(page):
    places = {}
    for language in available_languages():
        for place in compare(page, language):
            if place.status == "outdated":
                places.setdefault(place.key, place)
    return places


def _settled(action, place):
    return Settled(
        action,
        place.key,
        place.before or place.entry.get("text", ""),
        place.source.text if place.source else "",
        _fingerprint(place.source),
        _fingerprint(place.target),
    )


def _fingerprint(unit):
    return unit.fingerprint if unit else ""


def record(page, language, settled, user, revision=None):
    """Write what was settled into the history of ``page``, and settle it for readers too."""
    for each in settled:
        log(
            instance=page,
            action=each.action,
            user=user,
            revision=revision,
            data={
                "language": language,
                "unit": each.key,
                "before": each.before,
                "after": each.after,
            },
        )
    if page.live:
        settle_for_readers(type(page), page.pk, language, settled, user)


def settle_for_readers(model, pk, language, settled, user):
    """Settle the same on the live page, and on its aliases, where they say the same."""
    queryset = model._default_manager
    for page in [*queryset.filter(pk=pk, live=True), *queryset.filter(alias_of_id=pk, live=True)]:
        if _settle_live(page, language, settled, user):
            page.write_column("provenance", language, record_of(page, language))
            sync_page(page, record_redirects=False)


def _settle_live(page, language, settled, user):
    by_action = {}
    for each in settled:
        by_action.setdefault(each.action, []).append(each)
    kept = [each.key for each in by_action.get("diptych.keep_translation", ())]
    changed = bool(kept) and bool(let_stand(page, language, kept))
    if minor := by_action.get("diptych.minor_edit"):
        places = _outdated_places(page)
        keys = [each.key for each in minor if _source_at(places, each.key) == each.source]
        changed |= bool(keys) and bool(call_minor(page, keys))
    if confirmed := by_action.get("diptych.confirm_translation"):
        places = {place.key: place for place in compare(page, language)}
        keys = [each.key for each in confirmed if _says(places, each)]
        changed |= bool(keys) and bool(confirm(page, language, keys, user))
    return changed


def _source_at(places, key):
    return _fingerprint(places[key].source) if key in places else None


def _says(places, settled):
    """Whether readers have the texts of the source and of the translation that were settled."""
    place = places.get(settled.key)
    texts = place and (_fingerprint(place.source), _fingerprint(place.target))
    return texts == (settled.source, settled.target)
