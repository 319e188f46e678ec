"""Selection of the front page: lead, second stories, briefs, topic rows, newest of the rest."""

from dataclasses import dataclass

from django.apps import apps

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.languages.index.aliases import original_id, originals_of
from diptych.articles.languages.index.sites import are_several
from diptych.articles.lists.article_lists import ArticleList
from diptych.articles.lists.cards import cached_cards, cached_topics

SECONDS = 2
#: The most headlines of newest articles next to the lead; a third of a small journal.
BRIEFS = 4
NEWEST = 6
MOST_NEWEST = 24
ROWS = 5
MOST_ROWS = 12
ARTICLES_IN_A_ROW = 3


@dataclass(frozen=True)
class Arrangement:
    """Primary keys chosen by the editors. Empty places are filled with the newest articles.

    ``topics`` is the order of the rows; if empty, that of the page tree. ``forms`` has pairs of a
    topic and the form of its row, see ``FrontTopic``. ``newest`` counts the briefs as well.
    """

    lead: int | None = None
    seconds: tuple = ()
    topics: tuple = ()
    forms: tuple = ()
    with_topics: bool = True
    newest: int = NEWEST

    @property
    def chosen(self):
        """The articles chosen, the lead first."""
        return [pk for pk in dict.fromkeys((self.lead, *self.seconds)) if pk]


class Pick:
    """Takes primary keys from lists, none of them twice."""

    def __init__(self):
        self.taken = []

    def take(self, number, *lists):
        """The first ``number`` ids of ``lists`` that have not been taken before."""
        ids = dict.fromkeys(pk for each in lists for pk in each if pk not in self.taken)
        found = list(ids)[:number]
        self.taken += found
        return found


def front_page(home, language, arrangement):
    """Arrange the articles listed for ``home`` and its topics.

    Returns ``lead`` (an article or ``None``), ``seconds``, ``briefs``, ``newest`` (lists of
    articles) and ``topic_rows`` (``topic``, ``articles`` and ``form`` each); ``head_shown`` and
    ``shown`` of each row are the ids of what they show, by which kept parts are found. No article
    appears twice on the page, nor together with a chosen alias of it. Chosen articles that this
    reader may not see are replaced by the newest.
    """
    key = (home.pk, language, arrangement)
    ids = _selections.get(key, [f"list:{language}"], lambda: _select(home, language, arrangement))
    shown = {each.pk: each for each in cached_cards(ids.all)}
    topics, forms = cached_topics(ids.rows), dict(arrangement.forms)
    articles = {
        name: [shown[pk] for pk in getattr(ids, name) if pk in shown]
        for name in ("lead", "seconds", "briefs", "newest")
    }
    head = [each.pk for name in ("lead", "seconds", "briefs") for each in articles[name]]
    rows = {topic: [shown[pk] for pk in row if pk in shown] for topic, row in ids.rows.items()}
    return {
        **articles,
        "lead": next(iter(articles["lead"]), None),
        "head_shown": (*head, len(articles["briefs"])),
        "topic_rows": [
            {
                "topic": topics[topic],
                "articles": row,
                "form": forms.get(topic, ""),
                "shown": tuple(each.pk for each in row),
            }
            for topic, row in rows.items()
            if topic in topics
        ],
    }


@dataclass(frozen=True)
class _Selection:
    """The primary keys of the articles on the page; ``rows`` has lists of them by topic."""

    lead: list
    seconds: list
    briefs: list
    rows: dict
    newest: list

    @property
    def all(self):
        in_rows = (pk for row in self.rows.values() for pk in row)
        return [*self.lead, *self.seconds, *self.briefs, *in_rows, *self.newest]


#: The selections of front pages.
_selections = TaggedCache()


def _select(home, language, arrangement):
    """Select the articles that :func:`front_page` shows."""
    topics = _topics_in_order(home.topics_in(language), arrangement)
    candidates = _Candidates(home, language, topics, arrangement)
    newest = candidates.newest
    lead, seconds = candidates.chosen(arrangement)
    pick = Pick()
    # The lead is found first, but articles chosen as seconds cannot become the lead.
    lead = pick.take(1, lead, [pk for pk in newest if pk not in seconds], seconds)
    seconds = pick.take(SECONDS, seconds, newest)
    left = sum(pk not in pick.taken for pk in newest)
    briefs = pick.take(min(BRIEFS, arrangement.newest, left // 3), newest)
    rows = {topic.pk: pick.take(ARTICLES_IN_A_ROW, candidates.of_topic(topic)) for topic in topics}
    rows = {topic: row for topic, row in rows.items() if row}
    rest = pick.take(arrangement.newest - len(briefs), newest)
    return _Selection(lead, seconds, briefs, rows, rest)


def _topics_in_order(topics, arrangement):
    """The topics that have a row: those chosen, else the first ones of the tree."""
    if not arrangement.with_topics:
        return []
    if not arrangement.topics:
        return list(topics.order_by("path")[:ROWS])
    found = {topic.pk: topic for topic in topics.filter(pk__in=arrangement.topics)}
    return [found[pk] for pk in dict.fromkeys(arrangement.topics) if pk in found]


class _Candidates:
    """The primary keys of all candidates for the page.

    ``newest`` suffices for the head and the end of the page even if topic rows take some of it;
    ``of_topic`` suffices for each row even if its articles are shown elsewhere.
    """

    def __init__(self, home, language, topics, arrangement):
        in_rows = len(topics) * ARTICLES_IN_A_ROW
        wanted = arrangement.chosen
        # An article that is chosen may be there once more, under another address.
        enough = 1 + SECONDS + 3 * BRIEFS + in_rows + arrangement.newest + len(wanted)
        self._newest = ArticleList(language, home.pk).ids(0, enough)
        self._in_topics = {
            topic.pk: ArticleList(language, original_id(topic), on_site_of=home).ids(0, enough)
            for topic in topics
        }
        self._chosen = _visible_below(home, language, wanted) if wanted else []
        self._shown_as = self._addresses(wanted)

    def _addresses(self, wanted):
        """The page shown for each page that has the same original: the first one ``wanted``."""
        if not (self._chosen or are_several()):
            return {}
        in_rows = (pk for ids in self._in_topics.values() for pk in ids)
        originals = originals_of([*self._chosen, *self._newest, *in_rows])
        addresses = {original: pk for pk, original in reversed(originals.items())}
        chosen = [pk for pk in wanted if pk in self._chosen]
        addresses |= {originals[pk]: pk for pk in reversed(chosen)}
        return {pk: addresses[original] for pk, original in originals.items()}

    def _once(self, ids):
        return [pk for pk in ids if self._shown_as.get(pk, pk) == pk]

    @property
    def newest(self):
        return self._once(self._newest)

    def of_topic(self, topic):
        return self._once(self._in_topics[topic.pk])

    def chosen(self, arrangement):
        """``(lead, seconds)``, lists of the ids chosen that the reader may see."""
        seen = self._once(self._chosen)
        lead = [arrangement.lead] if arrangement.lead in seen else []
        return lead, [pk for pk in arrangement.seconds if pk in seen and pk not in lead]


def _visible_below(home, language, pages):
    """Those of ``pages``, primary keys, that are articles below ``home`` visitors may see."""
    articles = apps.get_model("diptych", "ArticlePage").objects.descendant_of(home)
    visible = articles.visible_in(language).filter(pk__in=pages)
    return list(visible.values_list("pk", flat=True))
