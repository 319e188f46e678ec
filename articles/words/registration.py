"""What Wagtail is told of the words: nothing in a project that does without django-rosetta."""

from django.apps import apps


def viewsets():
    if not apps.is_installed("rosetta"):
        return []
    from articles.words.viewset import WordsViewSet

    return [WordsViewSet("diptych_words")]
