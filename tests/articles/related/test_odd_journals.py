"""Lists stay sensible whatever articles are like, and whatever happens to the work behind them."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import ArticlePage, PickedArticle
from articles.related import lists, rebuilding, tasks, waiting
from articles.related.models import RelatedPage, RelatedWaiting
from articles.related.reading import _unpacked, vocabulary_of
from articles.related.rebuilding import rebuild
from articles.related.tasks import update_related
from articles.related.updating import vocabularies
from tests.articles.related.reading import made_from_nothing, shown, stored
from tests.factories import (
    blocks,
    make_article,
    make_image,
    make_journal,
    make_topic,
    paragraphs,
    publish_draft,
)

pytestmark = pytest.mark.django_db

ICE = "Ice covers the frozen harbour while skaters cross the northern lake. " * 6
TAX = "The budget raises the tax on income and the minister defends the deficit. " * 6


@pytest.fixture
def journal():
    return make_journal()


def write(journal, name, text="", **values):
    values = {"lead_en": "", "body_en": paragraphs(text) if text else "[]", **values}
    return make_article(journal, name, name, **values)


def do_what_waits():
    for page_id in list(RelatedWaiting.objects.values_list("page_id", flat=True)):
        update_related.enqueue(page_id)


def test_a_journal_without_articles_has_no_lists(journal):
    assert rebuild() == {"fr": 0, "en": 0}
    alone = write(journal, "Alone", ICE, topics=[make_topic(journal)])
    do_what_waits()
    assert rebuild() == {"fr": 1, "en": 1}
    assert shown(alone, "en") == []


@pytest.mark.scale
def test_articles_of_any_kind_stand_beside_what_is_like_them(journal):
    picture = blocks(("image", {"image": make_image().pk, "decorative": True}))
    short = write(journal, "Skaters cross the lake")
    whole = write(journal, "Winter", ICE)
    long = write(journal, "Chronicle", " ".join(f"{ICE} {number}word" for number in range(850)))
    same = [write(journal, "Twin", TAX) for _number in range(3)]
    pictures = write(journal, "Gallery", body_en=picture)
    french = write(journal, "Impôts", "Le budget de l’État et le déficit inquiètent. " * 9)
    do_what_waits()
    one_by_one = {each.pk: shown(each, "en") for each in ArticlePage.objects.all()}
    rebuild()
    for each in ArticlePage.objects.all():
        assert shown(each, "en") == one_by_one[each.pk]
        assert len(one_by_one[each.pk]) == 7
    assert set(one_by_one[short.pk][:2]) == {"Winter", "Chronicle"}
    assert one_by_one[whole.pk][0] == "Chronicle"
    assert one_by_one[long.pk][0] == "Winter"
    assert one_by_one[same[0].pk][:2] == ["Twin", "Twin"]
    assert one_by_one[pictures.pk]
    assert one_by_one[french.pk]


def test_picks_that_lead_nowhere_twice_or_round_do_no_harm(journal):
    first, second, third, hidden, gone = (
        write(journal, name, ICE) for name in ("First", "Second", "Third", "Hidden", "Gone")
    )
    for article, picks in {first: [second, second, hidden, gone, first], second: [third]}.items():
        for place, pick in enumerate(picks):
            PickedArticle.objects.create(article=article, suggestion=pick, sort_order=place)
    PickedArticle.objects.create(article=third, suggestion=first, sort_order=0)
    do_what_waits()
    hidden.unpublish()
    gone.delete()
    for state in ("waiting", "done"):
        assert shown(first, "en", limit=3) == ["Second", "Third"], state
        assert shown(second, "en", limit=3) == ["Third", "First"], state
        assert shown(third, "en", limit=3) == ["First", "Second"], state
        do_what_waits()


@pytest.mark.scale
def test_many_publications_at_once_are_all_seen_to(journal):
    articles = [write(journal, f"Number {number}", ICE) for number in range(4)]
    do_what_waits()
    for number in range(12):
        publish_draft(articles[number % 4], body_en=paragraphs(f"{TAX} {number}"))
    do_what_waits()
    assert not RelatedWaiting.objects.exists()
    assert stored() == made_from_nothing()


def test_what_fails_or_dies_half_way_is_done_later_and_nothing_is_half_written(
    journal, monkeypatch
):
    first, second = write(journal, "First", ICE), write(journal, "Second", ICE)
    do_what_waits()
    before = stored()
    publish_draft(second, body_en=paragraphs(TAX))
    with monkeypatch.context() as broken:
        broken.setattr(lists.StoredLists, "write", _end)
        with pytest.raises(SystemExit):
            update_related.func(second.pk)
        assert stored() == before
        assert RelatedWaiting.objects.get().attempts == 0
        broken.setattr(lists.StoredLists, "write", _fail)
        update_related.enqueue(second.pk)
    assert stored() == before
    failed = RelatedWaiting.objects.get()
    assert (failed.attempts, failed.error) == (1, "RuntimeError: broken")
    assert timezone.now() < failed.retry_at < timezone.now() + 2 * waiting.PAUSE
    assert shown(first, "en") == ["Second"]
    RelatedWaiting.objects.update(retry_at=timezone.now() - timedelta(seconds=1))
    publish_draft(first)
    update_related.enqueue(first.pk)
    assert not RelatedWaiting.objects.exists()
    assert stored() == made_from_nothing()


def test_a_rebuild_that_dies_leaves_readers_their_lists_and_can_be_run_again(journal):
    articles = [write(journal, f"Number {number}", ICE) for number in range(3)]
    call_command("rebuild_related", verbosity=0)
    publish_draft(articles[0], body_en=paragraphs(TAX))

    def progress(steps, stage, total):
        if stage == "write":
            raise KeyboardInterrupt
        return steps

    with pytest.raises(KeyboardInterrupt):
        rebuild(progress)
    assert len(shown(articles[0], "en")) == 2
    RelatedPage.objects.filter(source__page=articles[1]).delete()
    call_command("rebuild_related", verbosity=0)
    assert stored() == made_from_nothing()


def _fail(lists):
    raise RuntimeError("broken")


def _end(lists):
    raise SystemExit


def test_what_is_published_during_a_rebuild_is_counted_and_compared(journal, monkeypatch):
    monkeypatch.setattr(tasks, "LARGEST", 0)
    write(journal, "First", ICE)
    do_what_waits()

    def progress(steps, stage, total):
        if stage == "compare" and not ArticlePage.objects.filter(headline_en="Second").exists():
            write(journal, "Second", ICE)
            do_what_waits()
        return steps

    rebuild(progress)
    for code, vocabulary in vocabularies().items():
        assert (code, vocabulary.articles) == (code, 2)
        assert vocabulary.changes > 0
    assert shown(ArticlePage.objects.get(headline_en="First"), "en") == ["Second"]


def test_of_two_rebuilds_the_one_that_began_last_writes_the_lists(journal, capsys, monkeypatch):
    monkeypatch.setattr(tasks, "LARGEST", 0)
    write(journal, "First", ICE)
    do_what_waits()
    texts = rebuilding.Text.read

    def read_late(*arguments, **options):
        monkeypatch.undo()
        write(journal, "Second", ICE)
        do_what_waits()
        rebuild()
        return texts(*arguments, **options)

    monkeypatch.setattr(rebuilding.Text, "read", read_late)
    call_command("rebuild_related")
    assert "Un autre calcul a commencé après celui-ci" in capsys.readouterr().out
    assert shown(ArticlePage.objects.get(headline_en="First"), "en") == ["Second"]
    assert stored() == made_from_nothing()


def test_a_small_language_never_has_a_large_journal_written_anew(journal, monkeypatch):
    monkeypatch.setattr(tasks, "LARGEST", 3)
    for number in range(5):
        make_article(journal, f"Seul {number}", None, live_in=("fr",), body_fr=paragraphs(ICE))
    do_what_waits()
    changes = {code: each.changes for code, each in vocabularies().items()}
    assert changes["en"] == 0
    write(journal, "Both", ICE)
    rebuilt = []
    monkeypatch.setattr(tasks, "rebuild", lambda: rebuilt.append(True))
    do_what_waits()
    assert rebuilt == []
    assert vocabularies()["en"].changes == 1


def test_whoever_waited_for_another_writes_by_what_has_been_counted_meanwhile(journal):
    write(journal, "First", ICE)
    do_what_waits()
    stale = vocabularies()["en"]
    write(journal, "Second", TAX)
    do_what_waits()
    known = vocabulary_of(vocabularies()["en"])
    assert known.articles > stale.articles
    _unpacked.cache_clear()
    assert list(vocabulary_of(stale).terms) == list(known.terms)
