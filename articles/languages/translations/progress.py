"""The progress of each translation, stored in the page × language table for lists."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from diptych.articles.languages.config.content import count_words
from diptych.articles.languages.models import PageLanguage, Progress, Review
from diptych.articles.languages.translations.comparing import compare
from diptych.articles.languages.translations.provenance import confirmed_incomplete
from diptych.articles.languages.translations.units import units_in

#: So many letters of a headline are stored to sort by it.
LONGEST_SORTED = PageLanguage._meta.get_field("sorted_headline").max_length


def headline_to_sort(page, language):
    """The headline of ``page``, else its title, in small letters; an alias has none to sort by."""
    if page.alias_of_id:
        return ""
    return (page.text_in("headline", language) or page.title).lower()[:LONGEST_SORTED]


def words_in(place):
    """How many words of a :class:`TranslationUnit` are to be translated, or were changed."""
    if place.source is None:
        return sum(map(count_words, place.open_texts))
    if not place.needs_work:
        return 0
    if place.status == "outdated":
        return max(changed_words(place.before, place.source.text), 1)
    if place.is_in_part:
        return sum(map(count_words, place.open_texts))
    return place.source.words


def changed_words(before, after):
    """How many words of ``after`` are not, in order, those of ``before``."""
    old, new = (before or "").split(), (after or "").split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    changed = [new[b1:b2] for tag, _a1, _a2, b1, b2 in matcher.get_opcodes() if tag != "equal"]
    return sum(count_words(" ".join(words)) for words in changed)


@dataclass(frozen=True)
class Standing:
    """The progress of a page in one language, with the words to translate and to change.

    ``sorted_headline`` is the headline of the draft in small letters, else its title.
    """

    progress: str
    sorted_headline: str
    words_missing: int = 0
    words_changed: int = 0


def standing_of(page, language, is_live=False, review=Review.NONE):
    """The :class:`Standing` of a draft in ``language``.

    A live translation with untranslated units is outdated, as they are missing for its readers.
    Where all of them were confirmed at publication, it is live and incomplete.
    """
    headline = headline_to_sort(page, language)
    if language == page.source_language:
        written = units_in(page, language, rows=())
        return Standing(Progress.ORIGINAL if written else Progress.MISSING, headline)
    places = compare(page, language)
    missing = [place for place in places if place.status == "untranslated" or place.left]
    changed = [place for place in places if place.status in ("outdated", "gone")]
    return Standing(
        _progress(page, language, places, is_live, review),
        headline,
        sum(words_in(place) for place in missing),
        sum(words_in(place) for place in changed),
    )


def _progress(page, language, places, is_live, review):
    # Translated rows, as an author's role, alone do not count as a begun translation.
    if not any(place.target for place in places if place.is_in_text):
        return Progress.MISSING
    if review == Review.SUBMITTED:
        return Progress.TO_REVIEW
    if review == Review.SENT_BACK:
        return Progress.IN_PROGRESS
    missing = {place.key for place in places if place.status == "untranslated" or place.left}
    is_changed = any(place.status in ("outdated", "gone") for place in places)
    if is_live and (missing - set(confirmed_incomplete(page, language)) or is_changed):
        return Progress.OUTDATED
    if missing:
        return Progress.INCOMPLETE if is_live else Progress.IN_PROGRESS
    return Progress.OUTDATED if is_changed else Progress.UP_TO_DATE


def record_progress(page, rows=None):
    """Write the standing of the draft ``page`` in every language into its rows.

    ``rows`` are ``(row, values)`` pairs: a row, fetched ``with_assignment``, and the other values
    to store in it.
    """
    if rows is None:
        found = PageLanguage.objects.with_assignment().filter(page_id=page.pk)
        rows = [(row, {}) for row in found]
    changed = {}
    for row, values in rows:
        review = row.assignment.review if row.assignment else Review.NONE
        standing = standing_of(page, row.language, row.live, review)
        changed |= _set_changed(row, {**values, **vars(standing)})
    if changed:
        PageLanguage.objects.bulk_update([row for row, _values in rows], list(changed))


def _set_changed(row, values):
    """Set those of ``values`` that differ, and return them."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return changed


def is_outdated_for_readers(page, language):
    """Whether the source of ``page`` has changed since the translation was made.

    ``page`` is the live version. An untranslated unit counts once the source has been updated after
    the translation was published. The rows below the page are not part of the comparison.
    """
    statuses = {place.status for place in compare(page, language, with_rows=False)}
    if statuses & {"outdated", "gone"}:
        return True
    updated = page.text_in("updated_at", page.source_language)
    published = page.text_in("last_public_at", language)
    return bool("untranslated" in statuses and updated and published and updated > published)


def outdated_since(page, language):
    """When the original of a live translation was modified, ``None`` while they agree."""
    source = page.source_language
    if language == source or not page.text_in("is_public", language):
        return None
    if not page.text_in("is_public", source) or not is_outdated_for_readers(page, language):
        return None
    return page.text_in("updated_at", source) or page.text_in("first_public_at", source)
