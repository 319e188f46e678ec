"""Steps in the life of a journal whose languages change; run by ``test_other_languages.py``.

Each is run by itself, with the languages that the settings have then, in one database.
"""

import sys

import django
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment


def article():
    from diptych.articles.models import ArticlePage

    return ArticlePage.objects.earliest("pk")


def status(path):
    return Client().get(path, follow=True).status_code


def written():
    from tests.factories import make_article, make_journal

    make_article(make_journal(), "Éléphant", "Elephant", live_in=["fr", "en"])
    assert status("/fr/articles/elephant/") == 200


def german_added():
    from tests.factories import paragraphs, write_draft

    assert status("/de/articles/elephant/") == 404
    german = {"lead_de": "Einleitung.", "body_de": paragraphs("Text.")}
    page = article()
    write_draft(page, headline_de="Elefant", **german)
    page.publish_languages(["de"])
    assert status("/de/articles/elefant/") == 200
    assert status("/fr/articles/elephant/") == 200


def german_removed():
    from tests.factories import make_article, make_journal, publish_draft

    publish_draft(article(), headline_fr="Éléphante")
    make_article(make_journal(), "Girafe", "Giraffe")
    assert status("/fr/articles/girafe/") == 200
    assert status("/de/articles/elefant/") == 404


def italian_instead():
    assert article().headline_it is None
    assert status("/it/articles/elephant/") == 404


def german_again():
    page = article()
    assert (page.headline_fr, page.headline_de) == ("Éléphante", "Elefant")
    assert page.live_languages == ["fr", "en", "de"]
    assert status("/de/articles/elefant/") == 200


if __name__ == "__main__":
    django.setup()
    setup_test_environment()
    call_command("migrate", verbosity=1)
    globals()[sys.argv[1]]()
