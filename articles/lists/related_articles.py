"""Articles suggested below others, by the application that registers for it by a hook.

``diptych.articles.related`` is one; without any, nothing is suggested.
"""

from wagtail import hooks

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.caching.versions import depends_on, recording
from diptych.articles.languages.index.aliases import original_id
from diptych.articles.lists.article_lists import ArticleList

#: Takes an article, a language, the ids of linked articles and a limit; see ``related_below``.
BELOW_ONE = "diptych_related_below"
#: Takes articles, a language and a limit; see ``related_to_each``.
BELOW_EACH = "diptych_related_to_each"

#: Articles suggested in one language, some of which may be live in another.
MOST_SUGGESTED = 12

#: The suggestions below articles, for readers.
_below = TaggedCache(size=2000)
_below_each = TaggedCache(size=2000)


class PickedId(int):
    """The id of a suggested article that an editor has picked."""


def related_below(article, language, linked, limit):
    """The ids of the articles suggested below ``article``, and those of ``linked`` to be read.

    Both as readers of ``language`` can open them; ``linked`` are ids that its page leads to. Those
    that editors have picked are of :class:`PickedId`. For readers they are kept in memory; a
    preview may have other choices of the editors.
    """
    if not article.is_known_public:
        return _related_below(article, language, linked, limit)
    key = (article.pk, language, *linked, limit)
    tags = [f"page:{article.pk}", f"related:{article.pk}"]
    return _below.get(key, tags, lambda: _below_with_tags(article, language, linked, limit))


def _below_with_tags(*asked):
    """What a hook suggests; if it names nothing that this depends on, all lists of the language."""
    with recording() as used:
        found = _related_below(*asked)
    depends_on(*(used or [f"list:{asked[1]}"]))
    return found


def _related_below(article, language, linked, limit):
    for suggest in hooks.get_hooks(BELOW_ONE):
        return suggest(article, language, linked, limit)
    depends_on(*(f"page:{pk}" for pk in linked))
    if not linked:
        return [], []
    visible = type(article).objects.visible_in(language).filter(pk__in=linked).order_by()
    own = original_id(article)
    return [], [
        pk for pk, original in visible.values_list("pk", "alias_of") if own not in (pk, original)
    ]


def related_in_language(article, source, language, limit):
    """The ids of articles for readers of the active ``language``, where ``article`` is not live.

    Those suggested below it in ``source``, then the newest on its topics.
    """
    suggested, _linked = related_below(article, source, [], MOST_SUGGESTED)
    visible = type(article).objects.visible_in(language).filter(pk__in=suggested)
    visible = set(visible.order_by().values_list("pk", flat=True))
    found = dict.fromkeys(pk for pk in suggested if pk in visible)
    for topic in article.topics_shown:
        if len(found) < limit:
            listed = ArticleList(language, original_id(topic), on_site_of=article)
            found.update(dict.fromkeys(listed.ids(0, limit)))
    return list(found)[:limit]


def related_to_each(articles, language, limit):
    """For each of ``articles``, by id, the ids of the articles suggested below it.

    These are as they are stored, no drafts; the ids are kept in memory.
    """
    by_id = {article.pk: article for article in articles}

    def make(missing):
        for suggest in hooks.get_hooks(BELOW_EACH):
            found = suggest([by_id[pk] for pk in missing], language, limit)
            return {pk: (pk, found.get(pk, [])) for pk in missing}
        return {}

    def tags_of(value):
        return f"page:{value[0]}", f"related:{value[0]}", f"list:{language}"

    kept = _below_each.get_many((language, limit), by_id, make, tags_of)
    return {pk: ids for pk, (_own, ids) in kept.items()}
