"""The articles suggested after another."""

from django.db.models import Case, Min, Q, When

LIMIT = 3


def related_articles(article, language, limit=LIMIT):
    """Up to ``limit`` other articles that readers of ``language`` can open, best first.

    The editors' picks come first, in their order; then the newest of the article's topics,
    the main topic before the others. Never the article itself, never one twice. One query
    beside those for the picks and topics of ``article``.
    """
    picked = list(dict.fromkeys(entry.suggestion_id for entry in article.picks.all()))
    topics = list(dict.fromkeys(entry.topic_id for entry in article.topics.all()))
    if not picked and not topics:
        return []
    place = Case(*_places("pk", picked), default=len(picked))
    distance = Min(Case(*_places("topics__topic_id", topics), default=len(topics)))
    return list(
        type(article)
        .objects.visible_in(language)
        .exclude(pk=article.pk)
        .filter(Q(pk__in=picked) | Q(topics__topic_id__in=topics))
        .newest_first()
        .annotate(place=place, distance=distance)
        .order_by("place", "distance", "-printed_date", "-pk")
        .for_cards()[:limit]
    )


def _places(name, values):
    return [When(**{name: value}, then=place) for place, value in enumerate(values)]
