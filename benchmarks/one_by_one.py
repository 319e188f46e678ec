"""What articles that are published one by one are given, beside what a rebuild would give them."""

#: The part of the articles that come one by one, the newest.
LATE = 0.3


def publish_late(page_ids):
    """Have the last of the articles come one by one, as if the journal had begun without them.

    Each is published as far as the lists can tell: its rows become live, and the task that
    publishing queues is run.
    """
    from diptych.articles.languages.models import PageLanguage
    from diptych.articles.related.rebuilding import rebuild

    late = page_ids[int(len(page_ids) * (1 - LATE)) :]
    rows = dict.fromkeys(late)
    for page in late:
        live = PageLanguage.objects.filter(page_id=page, live=True)
        rows[page] = list(live.values_list("pk", flat=True))
    PageLanguage.objects.filter(page_id__in=late).update(live=False)
    rebuild()
    for page, live in rows.items():
        PageLanguage.objects.filter(pk__in=live).update(live=True)
        publish(page)


def publish(page_id):
    from diptych.articles.related.models import PendingUpdate
    from diptych.articles.related.tasks import update_related

    PendingUpdate.objects.mark([page_id])
    update_related.func(page_id)


def same_places(ranks, others, shown=3):
    """The part of the first places that are the same, and of what stands at any of them."""
    places = same = among = 0
    for language, by_key in others.items():
        for key, wanted in by_key.items():
            found, first = ranks[language].get(key, [])[:shown], wanted[:shown]
            places += len(first)
            same += sum(one == other for one, other in zip(found, first, strict=False))
            among += len(set(found) & set(first))
    return same / max(places, 1), among / max(places, 1)
