"""What failed after a publication is made good by the commands that timers start."""

import pytest
from django.core.management import call_command
from django.test import TestCase
from wagtail.models import ReferenceIndex

from diptych.articles.models import ImageProblem
from diptych.articles.related.models import PendingUpdate
from diptych.articles.search.models import SearchWord
from tests.articles.languages.editor import PUBLISH, article_form, edit
from tests.factories import make_article, make_image, publish_draft, standing_journal
from tests.failing_queue import tasks_of
from tests.tiers import one_row_of

pytestmark = pytest.mark.django_db


def known_words(article, image):
    return set(SearchWord.objects.filter(word="unheard").values_list("word", flat=True))


def pages_with_problems(article, image):
    return set(ImageProblem.objects.filter(image=image, page=article).values_list("place"))


def references(article, image):
    return set(ReferenceIndex.get_references_to(image).values_list("object_id", flat=True))


def made_sizes(article, image):
    return set(image.renditions.values_list("filter_spec", flat=True))


STEPS = [
    ("diptych.articles.search.vocabulary.update_counts", known_words),
    ("diptych.articles.images.signal_handlers.record_page", pages_with_problems),
    ("wagtail.tasks.ReferenceIndex.create_or_update_for_object", references),
    ("diptych.themes.signal_handlers.enqueue_renditions_of_page", made_sizes),
]


@pytest.mark.parametrize(("step", "found"), one_row_of(STEPS, "rare"))
def test_upkeep_makes_good_what_failed(
    monkeypatch, django_capture_on_commit_callbacks, step, found
):
    article = make_article(standing_journal())
    image = make_image(title="Lac", alt_fr="IMG_1234.jpg", alt_en="IMG_1234.jpg")

    def fail(*arguments, **options):
        raise RuntimeError("this step fails")

    with monkeypatch.context() as patched:
        patched.setattr(step, fail)
        with django_capture_on_commit_callbacks(execute=True):
            publish_draft(article, headline_en="Unheard", hero_image=image)
    assert not found(article, image)
    call_command("upkeep", fix=True, verbosity=0)
    assert found(article, image)


def test_suggestions_are_calculated_by_the_timer(monkeypatch, django_capture_on_commit_callbacks):
    article = make_article(standing_journal())
    PendingUpdate.objects.all().delete()

    def fail(*arguments, **options):
        raise RuntimeError("this step fails")

    with monkeypatch.context() as patched:
        patched.setattr("diptych.articles.related.tasks.on_backend", fail)
        with django_capture_on_commit_callbacks(execute=True):
            publish_draft(article, headline_en="Unheard")
    assert PendingUpdate.objects.filter(page_id=article.pk).exists()
    call_command("rebuild_related", waiting=True, verbosity=0)
    assert not PendingUpdate.objects.filter(page_id=article.pk).exists()


def test_what_could_not_be_queued_is_made_good(admin, settings):
    article = make_article(standing_journal())
    image = make_image(title="Lac", alt_fr="IMG_1234.jpg", alt_en="IMG_1234.jpg")
    kept = settings.TASKS
    settings.TASKS = tasks_of(settings, "pictures", "related", "purging", "mail")
    form = article_form("Le lac", "Unheard", PUBLISH, hero_image=image.pk)
    with TestCase.captureOnCommitCallbacks(execute=True):
        edit(admin, article, form)
    said = admin.get(article.url_in("en"), follow=True).content.decode()
    assert "Unheard" in said
    assert not made_sizes(article, image)
    assert PendingUpdate.objects.filter(page_id=article.pk).exists()
    settings.TASKS = kept
    call_command("upkeep", fix=True, verbosity=0)
    call_command("rebuild_related", waiting=True, verbosity=0)
    assert made_sizes(article, image) and known_words(article, image)
    assert not PendingUpdate.objects.filter(page_id=article.pk).exists()
