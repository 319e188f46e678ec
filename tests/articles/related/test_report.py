"""The report of what readers are led to, and what by nobody."""

import csv

from django.core.management import call_command
from django.urls import reverse
from wagtail.models import PageViewRestriction

from diptych.articles.models import SeriesPage
from tests.factories import blocks, make_article, make_page, make_topic, sign_in


def rows(client, **asked):
    """What an export of the report says: by article and language, its three numbers."""
    answer = client.get(reverse("diptych_links:index"), {"export": "csv", **asked})
    lines = list(csv.reader(b"".join(answer.streaming_content).decode().splitlines()))
    return {(line[0], line[1]): tuple(map(int, line[2:5])) for line in lines[1:]}


def test_it_counts_what_readers_of_each_language_meet(journal, client):
    of = {"topics": [make_topic(journal)]}
    alone = make_article(journal, "Seul", "Alone", **of)
    linked = make_article(journal, "Cité", "Quoted", **of)
    link = f'<p><a linktype="page" id="{linked.pk}">là</a></p>'
    body = blocks(("paragraph", link), ("article", {"article": linked.pk}))
    make_article(journal, "Choix", "Choice", picks=[linked, alone], body_en=body, **of)
    make_article(journal, "Brouillon", "Draft", live_in=("fr",), picks=[alone], body_en=body, **of)
    series = make_page(SeriesPage, journal.home, "Suite", "Series")
    for name in ("Un", "Deux"):
        make_article(journal, name, None, live_in=("fr",), series=series, **of)
    hidden = make_article(journal, "Caché", "Hidden", picks=[alone], **of)
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    call_command("rebuild_related", verbosity=0)
    sign_in(client)

    found = rows(client)
    assert len(found) == 3 * 2 + 3
    assert ("Hidden", "English") not in found
    # As a pick it stands below the article whose text leads to it too.
    assert found["Quoted", "English"] == (2, 1, 1)
    assert found["Cité", "French"][1:] == (1, 0)
    assert found["Alone", "English"] == (2, 1, 0)
    assert found["Seul", "French"][1] == 2
    assert found["Un", "French"][1:] == (0, 1)
    assert sum(shown for (_n, code), (shown, *_r) in found.items() if code == "English") == 6
    english = rows(client, language="en", only="unlinked")
    assert set(english) == {("Choice", "English")}
    shown = [number for number, *_rest in rows(client, ordering="-shown").values()]
    assert shown == sorted(shown, reverse=True)

    page = client.get(reverse("diptych_links:index"), {"ordering": "shown"}).content.decode()
    assert 'lang="fr">Cité</a>' in page
    assert (
        reverse("diptych_links:index") in client.get(reverse("wagtailadmin_home")).content.decode()
    )
    sign_in(client, "reader")
    assert client.get(reverse("diptych_links:index")).status_code in (302, 403)
