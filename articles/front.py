"""What stands on the front page: one lead story, two beside it, the newest, rows of topics."""

from articles.querysets import ready_cards

SECONDS = 2
NEWEST = 6
ROWS = 5
ARTICLES_IN_A_ROW = 3


def front_page(articles, topics, chosen_id=None):
    """Arrange ``articles`` and ``topics``, querysets of what the reader may see.

    ``chosen_id`` is the article that the editors want to lead, if it is among them.

    Returns ``lead`` (an article or ``None``), ``seconds``, ``newest`` (lists of articles) and
    ``topic_rows`` (``topic`` and ``articles`` each). No article stands on the page twice.
    """
    pool_size = 1 + SECONDS + NEWEST + ROWS * ARTICLES_IN_A_ROW * 2
    pool = list(articles.newest_first().for_cards()[:pool_size])
    if chosen_id and all(article.pk != chosen_id for article in pool):
        pool += articles.newest_first().filter(pk=chosen_id).for_cards()
    topics = list(topics.order_by("path")[:ROWS])
    pool.sort(key=lambda article: article.pk != chosen_id)
    ready_cards(pool, *topics, has_lead=True)
    lead = pool[0] if pool else None
    rest = [article for article in pool if article is not lead]
    rows, used = _topic_rows(topics, rest[SECONDS:])
    newest = [article for article in rest[SECONDS:] if article.pk not in used][:NEWEST]
    return {"lead": lead, "seconds": rest[:SECONDS], "newest": newest, "topic_rows": rows}


def _topic_rows(topics, articles):
    rows, used = [], set()
    for topic in topics:
        of_topic = [
            article
            for article in articles
            if article.pk not in used
            and any(entry.topic_id == topic.pk for entry in article.topics.all())
        ][:ARTICLES_IN_A_ROW]
        if of_topic:
            used.update(article.pk for article in of_topic)
            rows.append({"topic": topic, "articles": of_topic})
    return rows, used
