"""The articles suggested after another."""

from django.db.models import Case, Min, When

LIMIT = 3


def related_articles(article, language, limit=LIMIT):
    """Up to ``limit`` other articles that readers of ``language`` can open, best first.

    The editors' picks come first, in their order; then the newest of the article's topics,
    the main topic before the others. Never the article itself, never one twice.
    """
    picked = [entry.suggestion_id for entry in article.picks.all()]
    topics = [entry.topic_id for entry in article.topics.all()]
    visible = type(article).objects.visible_in(language).exclude(pk=article.pk)
    order = {pk: place for place, pk in reversed(list(enumerate(picked)))}
    chosen = sorted(visible.filter(pk__in=order).values_list("pk", flat=True), key=order.get)
    chosen = chosen[:limit]
    if len(chosen) < limit and topics:
        chosen += _of_same_topics(visible.exclude(pk__in=chosen), topics, limit - len(chosen))
    found = {each.pk: each for each in visible.filter(pk__in=chosen).for_cards()}
    return [found[pk] for pk in chosen if pk in found]


def _of_same_topics(visible, topics, limit):
    rank = Case(
        *(When(topics__topic_id=pk, then=place) for place, pk in enumerate(topics)),
        default=len(topics),
    )
    nearest = (
        visible.filter(topics__topic_id__in=topics)
        .newest_first()
        .annotate(rank=Min(rank))
        .order_by("rank", "-printed_date", "-pk")
    )
    return list(nearest.values_list("pk", flat=True)[:limit])
