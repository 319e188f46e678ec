"""Articles suggested below others, by the application that registers for it by a hook.

``articles.related`` is one; without any, nothing is suggested.
"""

from wagtail import hooks

from articles.languages.aliases import original_id

#: Takes an article, a language, the ids of linked articles and a limit; see ``related_articles``.
BELOW_ONE = "diptych_related_articles"
#: Takes articles, a language and a limit; see ``related_to_each``.
BELOW_EACH = "diptych_related_to_each"


def related_articles(article, language, linked, limit):
    """The articles suggested below ``article``, and those of ``linked`` that can be read, by id."""
    for suggest in hooks.get_hooks(BELOW_ONE):
        return suggest(article, language, linked, limit)
    if not linked:
        return [], {}
    visible = type(article).objects.visible_in(language).filter(pk__in=linked)
    found = visible.for_cards().in_bulk()
    own = original_id(article)
    return [], {pk: each for pk, each in found.items() if original_id(each) != own}


def related_to_each(articles, language, limit):
    """For each of ``articles``, by id, the ids of the articles suggested below it."""
    for suggest in hooks.get_hooks(BELOW_EACH):
        return suggest(articles, language, limit)
    return {}
