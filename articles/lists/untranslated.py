"""The newest articles that readers of a language can only read in another one."""

from django.utils.translation import override

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.languages.config.language_config import (
    available_languages,
    language_attributes,
    translated_language_name,
)
from diptych.articles.languages.index.aliases import original_id
from diptych.articles.lists.article_lists import ArticleList
from diptych.articles.lists.cards import cached_cards

#: So many of them are named.
NUMBER = 3

#: The ids of such articles by language.
_found = TaggedCache()


def untranslated(page, language):
    """The articles listed for ``page`` that any visitor may see, but not in ``language``.

    ``articles`` are the newest ones, each with its ``language``, the ``attributes`` of an element
    in it and the ``name`` of it in the active one; ``name`` is that of the language of all of them,
    or empty.
    """
    languages = [code for code in available_languages() if code != language]
    tags = [f"list:{code}" for code in available_languages()]
    ids = _found.get((page.pk, language), tags, lambda: _newest(page, languages, language))
    entries = []
    for code in languages:
        of_all = {
            "language": code,
            "attributes": language_attributes(code),
            "name": translated_language_name(code),
        }
        with override(code):
            cards = cached_cards(ids[code])
        entries += [{"article": card, **of_all} for card in cards]
    entries.sort(key=_date_of, reverse=True)
    names = {entry["name"] for entry in entries}
    return {"articles": entries, "name": names.pop() if len(names) == 1 else ""}


def _date_of(entry):
    return entry["article"].printed_date_in(entry["language"])


def _newest(page, languages, language):
    """The ids by language of those named, none of them in two."""
    dated = {}
    for code in reversed(languages):
        listed = ArticleList(code, original_id(page), on_site_of=page).missing_in(language)
        newest = listed.entries.order_by("-printed_date", "-article")[:NUMBER]
        for pk, date in newest.values_list("article", "printed_date"):
            dated[pk] = (date, code)
    chosen = sorted(dated, key=lambda pk: (dated[pk][0], pk), reverse=True)[:NUMBER]
    return {code: [pk for pk in chosen if dated[pk][1] == code] for code in languages}
