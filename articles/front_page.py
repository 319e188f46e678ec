"""Selection of the front page: lead story, second stories, topic rows, newest of the rest."""

from dataclasses import dataclass

from django.db.models import F, Q, Window
from django.db.models.functions import DenseRank, RowNumber

from articles.languages.aliases import ORIGINAL
from articles.querysets import ready_cards

SECONDS = 2
NEWEST = 6
MOST_NEWEST = 24
ROWS = 5
MOST_ROWS = 12
ARTICLES_IN_A_ROW = 3


@dataclass(frozen=True)
class Arrangement:
    """Primary keys chosen by the editors. Empty places are filled with the newest articles.

    ``topics`` is the order of the rows; if empty, that of the page tree.
    """

    lead: int | None = None
    seconds: tuple = ()
    topics: tuple = ()
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


def front_page(articles, topics, arrangement):
    """Arrange ``articles`` and ``topics``, querysets of what the reader may see.

    Returns ``lead`` (an article or ``None``), ``seconds``, ``newest`` (lists of articles) and
    ``topic_rows`` (``topic`` and ``articles`` each). No article stands on the page twice,
    nor beside an alias of it that the editors chose. What they chose and this reader may not see
    makes room for the newest.
    """
    topics = _topics_in_order(topics, arrangement)
    candidates = _Candidates(articles, topics, arrangement)
    newest = candidates.newest
    lead, seconds = candidates.chosen(arrangement)
    pick = Pick()
    # The lead is found first, but what is chosen to stand beside it cannot become the lead.
    lead = pick.take(1, lead, [pk for pk in newest if pk not in seconds], seconds)
    seconds = pick.take(SECONDS, seconds, newest)
    rows = [pick.take(ARTICLES_IN_A_ROW, candidates.of_topic.get(topic.pk, ())) for topic in topics]
    newest = pick.take(arrangement.newest, newest)
    shown = _ready(articles, pick.taken, topics)
    return {
        "lead": next((shown[pk] for pk in lead), None),
        "seconds": [shown[pk] for pk in seconds],
        "newest": [shown[pk] for pk in newest],
        "topic_rows": [
            {"topic": topic, "articles": [shown[pk] for pk in row]}
            for topic, row in zip(topics, rows, strict=True)
            if row
        ],
    }


def _topics_in_order(topics, arrangement):
    """The topics that have a row: those chosen, else the first ones of the tree."""
    if not arrangement.with_topics:
        return []
    if not arrangement.topics:
        return list(topics.order_by("path")[:ROWS])
    found = {topic.pk: topic for topic in topics.filter(pk__in=arrangement.topics)}
    return [found[pk] for pk in dict.fromkeys(arrangement.topics) if pk in found]


class _Candidates:
    """The primary keys of all candidates for the page; one query.

    ``newest`` suffices for the head and the end of the page even if topic rows take some of it;
    ``of_topic`` suffices for each row even if its articles are shown elsewhere.
    """

    def __init__(self, articles, topics, arrangement):
        in_rows = len(topics) * ARTICLES_IN_A_ROW
        self.newest, self.of_topic, self._seen = [], {}, set()
        wanted = arrangement.chosen
        # An article that is chosen may be there once more, under another address.
        enough = 1 + SECONDS + in_rows + arrangement.newest + len(wanted)
        rows = _placed(articles).filter(
            Q(place__lte=enough)
            | Q(of_topic__in=[topic.pk for topic in topics], place_in_topic__lte=enough)
            | Q(pk__in=wanted)
        )
        rows = list(rows.values_list("pk", ORIGINAL, "of_topic", "place"))
        shown_as = _addresses([row[:2] for row in rows], wanted)
        for pk, original, topic, place in rows:
            if shown_as[original] == pk:
                if pk not in self._seen and place <= enough:
                    self.newest.append(pk)
                self._seen.add(pk)
                self.of_topic.setdefault(topic, []).append(pk)

    def chosen(self, arrangement):
        """``(lead, seconds)``, lists of the ids chosen that the reader may see."""
        lead = [arrangement.lead] if arrangement.lead in self._seen else []
        return lead, [pk for pk in arrangement.seconds if pk in self._seen and pk not in lead]


def _addresses(rows, wanted):
    """The page shown for each original in ``rows``: the first one ``wanted``, else any.

    ``rows`` are pairs of a page and its original.
    """
    originals = dict(rows)
    addresses = {original: pk for pk, original in reversed(rows)}
    chosen = [pk for pk in wanted if pk in originals]
    return addresses | {originals[pk]: pk for pk in reversed(chosen)}


def _placed(articles):
    """``articles`` once for each topic, the newest first, with their place among all of them and
    among those of the topic."""
    newest_first = ("-printed_date", "-pk")
    return (
        articles.newest_first()
        .annotate(of_topic=F("topics__topic"))
        .annotate(
            place=Window(DenseRank(), order_by=newest_first),
            place_in_topic=Window(RowNumber(), partition_by=F("of_topic"), order_by=newest_first),
        )
    )


def _ready(articles, ids, topics):
    """The articles with these primary keys, ready for cards, by key; the first one is the lead."""
    found = {article.pk: article for article in articles.filter(pk__in=ids).for_cards()}
    ready_cards([found[pk] for pk in ids], *topics, has_lead=True)
    return found
