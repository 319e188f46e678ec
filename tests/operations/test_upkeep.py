"""What is found and mended of a site, and what a public one lacks."""

import os
import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone, translation
from wagtail.models import ReferenceIndex

from diptych.articles.languages.models import PageLanguage
from diptych.articles.related.models import Neighbour, PendingUpdate, TermVector
from diptych.articles.search.models import SearchEntry
from diptych.articles.translation_tools.concordance.models import PendingPage
from operations.maintenance.checks import check_mail, check_timers
from operations.maintenance.timers import TIMED, recorded
from operations.models import TimedCommand
from tests.factories import make_article, make_image, paragraphs, standing_journal

pytestmark = pytest.mark.django_db
YESTERDAY = time.time() - 25 * 60 * 60


def upkeep(**options):
    """What the command says, and whether it found everything in order at the end."""
    said, is_good = StringIO(), True
    try:
        with translation.override("en"):
            call_command("upkeep", stdout=said, stderr=said, **options)
    except SystemExit:
        is_good = False
    return said.getvalue(), is_good


def stray(name, modified=YESTERDAY):
    saved = default_storage.save(name, ContentFile(b"stray"))
    os.utime(default_storage.path(saved), (modified, modified))
    return saved


@pytest.mark.parametrize(
    ("queue", "fault"),
    [
        (PendingUpdate, "Suggestions that failed: The suggestions of page {} have failed."),
        (PendingPage, "Passages of the concordance: The passages of page {} could not be read."),
    ],
)
def test_a_page_whose_background_work_failed_is_named_and_tried_again(queue, fault):
    article = make_article(standing_journal())
    queue.objects.all().delete()
    queue.objects.mark([article.pk])
    queue.objects.get().put_off(ValueError("broken"))
    said, is_good = upkeep()
    assert not is_good
    assert fault.format(article.pk) in said
    _said, is_good = upkeep(fix=True)
    assert is_good
    assert not queue.objects.exists()


def test_what_is_wrong_is_found_and_mended():
    article = make_article(standing_journal(), hero_image=make_image())
    row = PageLanguage.objects.get(page=article, language="fr")
    PageLanguage.objects.filter(pk=row.pk).update(url_path="/elsewhere/")
    SearchEntry.objects.filter(row__page=article, language="en").delete()
    reference = ReferenceIndex.objects.filter(object_id=str(article.pk)).first()
    ReferenceIndex.objects.filter(pk=reference.pk).update(object_id="999999")
    orphan = stray("images/stray.jpg")

    said, is_good = upkeep()
    assert not is_good
    for fault in (
        f"Addresses and languages of pages: Page {article.pk} is out of date",
        f"Search index: Page {article.pk} is out of date",
        "999999, which is gone",
        f"No row has the file {orphan}",
    ):
        assert fault in said

    assert upkeep(fix=True)[1]
    assert upkeep()[1]
    row.refresh_from_db()
    assert row.url_path != "/elsewhere/"
    assert not default_storage.exists(orphan)
    assert default_storage.exists(article.hero_image.file.name)


def test_articles_that_lost_all_suggestions_get_them_again():
    journal, ice = standing_journal(), "Ice covers the frozen harbour of the northern lake. " * 6
    articles = [
        make_article(journal, "Glace", "Ice", body_en=paragraphs(ice), live_in=["en"]) for _ in "ab"
    ]
    alone = make_article(journal, "Impôt", live_in=["fr"])
    call_command("rebuild_related", verbosity=0)
    stored = set(Neighbour.objects.values_list("source_id", "target_id"))
    assert upkeep()[1]
    Neighbour.objects.all().delete()
    TermVector.objects.filter(row__page=articles[0]).delete()
    said, is_good = upkeep()
    assert not is_good
    assert f"Page {articles[0].pk} has lost its suggestions in English" in said
    assert f"Page {alone.pk} has lost" not in said
    assert upkeep(fix=True)[1]
    assert set(Neighbour.objects.values_list("source_id", "target_id")) == stored != set()


def test_young_files_and_those_of_others_stay():
    make_image()
    kept = [stray("images/young.jpg", time.time()), stray("elsewhere/old.jpg")]
    assert upkeep(fix=True)[1]
    assert all(default_storage.exists(name) for name in kept)


def test_a_missing_file_is_said_and_stays_so():
    image = make_image("Gone")
    default_storage.delete(image.file.name)
    said, is_good = upkeep(fix=True)
    assert not is_good
    assert f"The file {image.file.name} is missing" in said


def test_a_command_of_a_timer_is_noted():
    with recorded(["manage.py", "backup", "x"]):
        pass
    with pytest.raises(CommandError), recorded(["manage.py", "upkeep"]):
        raise CommandError
    for trial in (["empty_bin", "--dry-run"], ["rebuild_related", "--waiting"], ["migrate"]):
        with recorded(["manage.py", *trial]):
            pass
    noted = {each.name: each for each in TimedCommand.objects.all()}
    assert set(noted) == {"backup", "upkeep"}
    assert noted["backup"].succeeded_at and not noted["backup"].failed_at
    assert noted["upkeep"].failed_at and not noted["upkeep"].succeeded_at


def test_what_has_not_run_for_too_long_is_missed():
    now = timezone.now()
    for name, longest in TIMED.items():
        TimedCommand.objects.create(name=name, succeeded_at=now - longest / 2)
    assert check_timers(None, databases=["default"]) == []
    TimedCommand.objects.filter(name="backup").update(succeeded_at=now - timedelta(days=3))
    TimedCommand.objects.filter(name="upkeep").delete()
    assert check_timers(None) == []
    late = check_timers(None, databases=["default"])
    assert {each.obj for each in late} == {"backup", "upkeep"}


def test_a_site_without_mail_is_told(settings):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.console.EmailBackend"
    assert [each.id for each in check_mail(None)] == ["journal.W001"]
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    assert check_mail(None) == []
