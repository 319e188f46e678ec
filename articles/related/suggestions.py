"""The articles suggested after another."""

from django.db.models import Case, Min, Q, When

LIMIT = 3


def related_articles(article, language, linked=(), limit=LIMIT):
    """Up to ``limit`` other articles that readers of ``language`` can open, best first.

    The editors' picks come first, in their order; then the newest of the article's topics,
    the main topic before the others. Never the article itself, never one twice, and none of
    ``linked``, the ids of articles that its text shows already.

    Returns the suggestions, and those of ``linked`` that can be read, by id. One query beside
    those for the picks and topics of ``article``.
    """
    picked = list(dict.fromkeys(entry.suggestion_id for entry in article.picks.all()))
    topics = list(dict.fromkeys(entry.topic_id for entry in article.topics.all()))
    linked = set(linked) - {article.pk}
    if not (picked or topics or linked):
        return [], {}
    found = list(
        type(article)
        .objects.visible_in(language)
        .exclude(pk=article.pk)
        .filter(Q(pk__in=[*picked, *linked]) | Q(topics__topic_id__in=topics))
        .newest_first()
        .annotate(
            place=Case(When(pk__in=linked, then=-1), *_places("pk", picked), default=len(picked)),
            distance=Min(Case(*_places("topics__topic_id", topics), default=len(topics))),
        )
        .order_by("place", "distance", "-printed_date", "-pk")
        .for_cards()[: len(linked) + limit]
    )
    shown = {each.pk: each for each in found if each.pk in linked}
    return [each for each in found if each.pk not in linked][:limit], shown


def _places(name, values):
    return [When(**{name: value}, then=place) for place, value in enumerate(values)]
