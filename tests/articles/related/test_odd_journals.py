"""Lists stay sensible whatever articles are like, and whatever happens to the work behind them."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from diptych.articles.languages.models.pending_pages import PAUSE
from diptych.articles.models import ArticlePage, PickedArticle, TopicPage
from diptych.articles.related import content, indexing, loading, neighbours, rebuilding, updating
from diptych.articles.related.models import CandidateTerm, Neighbour, PendingUpdate, TermStatistics
from diptych.articles.related.rebuilding import rebuild
from diptych.articles.related.tasks import update_related
from tests.articles.related.reading import made_from_nothing, shown, stored
from tests.factories import blocks, make_article, make_image, make_topic, paragraphs, publish_draft

pytestmark = pytest.mark.rare

ICE = "Ice covers the frozen harbour while skaters cross the northern lake. " * 6
TAX = "The budget raises the tax on income and the minister defends the deficit. " * 6


def write(journal, name, text="", **values):
    wordless = blocks(("heading", {"text": "…", "level": "h2"}))
    values = {"lead_en": "…", "body_en": paragraphs(text) if text else wordless, **values}
    # Texts of few words are all alike or not at all.
    values.setdefault("topics", TopicPage.objects.all()[:1] or [make_topic(journal)])
    return make_article(journal, name, name, **values)


def run_waiting_tasks():
    for page_id in list(PendingUpdate.objects.values_list("page_id", flat=True)):
        update_related.enqueue(page_id)


def test_a_journal_without_articles_has_no_lists(journal):
    assert rebuild() == {"fr": 0, "en": 0}
    alone = write(journal, "Alone", ICE, topics=[make_topic(journal)])
    run_waiting_tasks()
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
    run_waiting_tasks()
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
    run_waiting_tasks()
    hidden.unpublish()
    gone.delete()
    for state in ("waiting", "done"):
        assert shown(first, "en", limit=3) == ["Second", "Third"], state
        assert shown(second, "en", limit=3) == ["Third", "First"], state
        assert shown(third, "en", limit=3) == ["First", "Second"], state
        run_waiting_tasks()


def test_an_article_with_a_link_to_no_page_can_be_read(journal, client):
    """A form may post any number for a link."""
    link = f'<p>{ICE}<a linktype="page" id="{"9" * 30}">there</a></p>'
    article = write(journal, "Glace", body_en=blocks(("paragraph", link)))
    assert client.get(article.url_in("en")).status_code == 200


@pytest.mark.scale
def test_many_publications_at_once_are_all_seen_to(journal):
    articles = [write(journal, f"Number {number}", ICE) for number in range(4)]
    run_waiting_tasks()
    for number in range(12):
        publish_draft(articles[number % 4], body_en=paragraphs(f"{TAX} {number}"))
    run_waiting_tasks()
    assert not PendingUpdate.objects.exists()
    assert stored() == made_from_nothing()


def test_what_fails_or_dies_half_way_is_done_later_and_nothing_is_half_written(
    journal, monkeypatch
):
    first, second = write(journal, "First", ICE), write(journal, "Second", ICE)
    run_waiting_tasks()
    before = stored()
    publish_draft(second, body_en=paragraphs(TAX))
    with monkeypatch.context() as broken:
        broken.setattr(updating, "write_neighbours", _end)
        with pytest.raises(SystemExit):
            update_related.func(second.pk)
        assert stored() == before
        assert PendingUpdate.objects.get().attempts == 0
        broken.setattr(updating, "write_neighbours", _fail)
        update_related.enqueue(second.pk)
    assert stored() == before
    failed = PendingUpdate.objects.get()
    assert (failed.attempts, failed.error) == (1, "RuntimeError: broken")
    assert timezone.now() < failed.retry_at < timezone.now() + 2 * PAUSE
    assert shown(first, "en") == ["Second"]
    PendingUpdate.objects.update(retry_at=timezone.now() - timedelta(seconds=1))
    publish_draft(first)
    update_related.enqueue(first.pk)
    assert not PendingUpdate.objects.exists()
    assert stored() == made_from_nothing()


def test_a_rebuild_that_dies_leaves_readers_their_lists_and_can_be_run_again(journal):
    articles = [write(journal, f"Number {number}", ICE) for number in range(3)]
    call_command("rebuild_related", verbosity=0)
    publish_draft(articles[0], body_en=paragraphs(TAX))

    def progress(steps, stage, total):
        if stage == "compare":
            raise KeyboardInterrupt
        return steps

    with pytest.raises(KeyboardInterrupt):
        rebuild(progress)
    assert len(shown(articles[0], "en")) == 2
    Neighbour.objects.filter(source__page=articles[1]).delete()
    call_command("rebuild_related", verbosity=0)
    assert stored() == made_from_nothing()


def test_a_rebuild_that_dies_is_gone_on_with(journal, monkeypatch):
    articles = [write(journal, f"Number {number}", ICE) for number in range(4)]
    monkeypatch.setattr(rebuilding, "PART", 1)
    read, read_terms = [], rebuilding.read_terms

    def counted(page, language):
        if len(read) == 4:
            raise KeyboardInterrupt
        read.append(page.pk)
        return read_terms(page, language)

    monkeypatch.setattr(rebuilding, "read_terms", counted)
    with pytest.raises(KeyboardInterrupt):
        call_command("rebuild_related", verbosity=0)
    monkeypatch.setattr(
        rebuilding, "read_terms", lambda page, code: read.append(page.pk) or read_terms(page, code)
    )
    call_command("rebuild_related", verbosity=0)
    assert read == [pk for article in articles for pk in (article.pk, article.pk)]
    assert stored() == made_from_nothing()
    read.clear()
    call_command("rebuild_related", verbosity=0)
    assert len(read) == 8


def test_a_rebuild_that_died_long_ago_or_from_the_start_reads_everything(journal, monkeypatch):
    write(journal, "First", ICE)
    reads, read_part = [], rebuilding._read_part
    monkeypatch.setattr(
        rebuilding, "_read_part", lambda ids, turn: reads.extend(ids) or read_part(ids, turn)
    )

    def die(steps, stage, total):
        if stage == "compare":
            raise KeyboardInterrupt
        return steps

    for began, options, is_read in (
        (timedelta(0), {}, False),
        (timedelta(0), {"from_start": True}, True),
        (timedelta(days=30), {}, True),
    ):
        with pytest.raises(KeyboardInterrupt):
            rebuild(die, from_start=True)
        TermStatistics.objects.update(started_at=timezone.now() - began)
        reads.clear()
        call_command("rebuild_related", verbosity=0, **options)
        assert bool(reads) == is_read


def test_nobody_waits_while_texts_are_read_and_terms_counted(journal, large, monkeypatch):
    for number in range(4):
        write(journal, f"Number {number}", ICE)
    outside, inside = len(connection.savepoint_ids), []

    def watched(function):
        def call(*arguments):
            inside.append(len(connection.savepoint_ids) - outside)
            return function(*arguments)

        return call

    monkeypatch.setattr(rebuilding, "read_terms", watched(rebuilding.read_terms))
    monkeypatch.setattr(indexing, "FrequencyCounter", watched(indexing.FrequencyCounter))
    rebuild()
    assert len(inside) == 8 + 2
    assert set(inside) == {0}


def test_after_a_first_rebuild_that_died_a_publication_counts_nothing(journal, large, monkeypatch):
    """Publishing happens in a web process: it does not count the terms of all articles."""
    articles = [write(journal, f"Number {number}", ICE) for number in range(6)]

    def die(*given):
        raise KeyboardInterrupt

    monkeypatch.setattr(updating, "MANY_AT_ONCE", 4)
    monkeypatch.setattr(rebuilding, "index_terms", die)
    with pytest.raises(KeyboardInterrupt):
        rebuild()
    PendingUpdate.objects.all().delete()
    publish_draft(articles[0], body_en=paragraphs(TAX))
    run_waiting_tasks()
    assert not TermStatistics.objects.filter(articles__gt=0).exists()
    assert PendingUpdate.objects.filter(page=articles[0].pk, attempts=0).exists()
    call_command("rebuild_related", waiting=True, verbosity=0)
    assert not PendingUpdate.objects.exists()
    assert TermStatistics.objects.get(language="en").articles == 6
    assert len(shown(articles[0], "en")) == 5


def test_where_vectors_are_missing_no_other_articles_are_read(journal, monkeypatch):
    """Topics and authors of a whole journal take long to read, and are compared with nothing."""
    first, *_others = (write(journal, f"Number {number}", ICE) for number in range(4))
    PendingUpdate.objects.exclude(page=first.pk).delete()
    run_waiting_tasks()
    read, entries = {}, content._entries
    monkeypatch.setattr(
        content,
        "_entries",
        lambda *given, **only: read.update(found := entries(*given, **only)) or found,
    )
    publish_draft(first, body_en=paragraphs(TAX))
    run_waiting_tasks()
    assert read.keys() == {first.pk}


def _fail(lists):
    raise RuntimeError("broken")


def _end(lists):
    raise SystemExit


def test_what_is_published_during_a_rebuild_is_compared(journal):
    write(journal, "First", ICE)
    run_waiting_tasks()

    def progress(steps, stage, total):
        if stage == "compare" and not ArticlePage.objects.filter(headline_en="Second").exists():
            write(journal, "Second", ICE)
            run_waiting_tasks()
        return steps

    rebuild(progress)
    assert shown(ArticlePage.objects.get(headline_en="First"), "en") == ["Second"]
    assert stored() == made_from_nothing()


def test_of_two_rebuilds_the_one_that_began_last_writes_the_lists(journal, capsys, monkeypatch):
    write(journal, "First", ICE)
    run_waiting_tasks()
    read_terms = rebuilding.read_terms

    def read_late(*arguments):
        monkeypatch.undo()
        write(journal, "Second", ICE)
        run_waiting_tasks()
        rebuild()
        return read_terms(*arguments)

    monkeypatch.setattr(rebuilding, "read_terms", read_late)
    call_command("rebuild_related")
    assert "Un autre calcul a commencé après celui-ci" in capsys.readouterr().out
    assert shown(ArticlePage.objects.get(headline_en="First"), "en") == ["Second"]
    assert stored() == made_from_nothing()


@pytest.fixture
def large(monkeypatch):
    """Let three articles be many: they are found by candidate terms, and each is updated alone."""
    monkeypatch.setattr(neighbours, "WRITTEN_WHOLE", 0)
    for module in (loading, indexing, updating):
        monkeypatch.setattr(module, "COMPARED_WHOLE", 3)


def test_in_a_large_journal_candidates_are_found_by_their_terms(journal, large):
    texts = {"Lake": ICE, "Rink": ICE, "Budget": TAX, "Deficit": TAX}
    made = {name: write(journal, name, text) for name, text in texts.items()}
    thin = write(journal, "Minister", body_fr=paragraphs(TAX))
    for state in ("one by one", "rebuilt"):
        run_waiting_tasks()
        assert TermStatistics.objects.get(language="en").articles >= 3
        assert CandidateTerm.objects.filter(language="fr").exists()
        assert shown(made["Lake"], "en")[0] == "Rink", state
        assert shown(made["Deficit"], "en")[0] == "Budget", state
        assert set(shown(thin, "en")[:2]) == {"Budget", "Deficit"}, state
        rebuild()
    made["Rink"].unpublish()
    made["Budget"].delete()
    run_waiting_tasks()
    for name in ("Lake", "Deficit"):
        assert set(shown(made[name], "en")) == {"Lake", "Deficit", "Minister"} - {name}
    assert stored()[2] == made_from_nothing()[2]


def test_a_journal_that_is_large_no_more_has_no_candidate_terms(journal, large, monkeypatch):
    for number in range(3):
        write(journal, f"Number {number}", ICE)
    rebuild()
    assert CandidateTerm.objects.exists()
    for module in (loading, indexing, updating):
        monkeypatch.setattr(module, "COMPARED_WHOLE", 4)
    rebuild()
    assert not CandidateTerm.objects.exists()
    assert not TermStatistics.objects.filter(frequencies__isnull=False).exists()


def test_articles_that_come_one_by_one_find_their_place_among_the_neighbours(journal, monkeypatch):
    monkeypatch.setattr(neighbours, "WRITTEN_WHOLE", 0)
    monkeypatch.setattr(neighbours, "LONGEST", 2)
    monkeypatch.setattr(updating, "LONGEST", 2)
    first, *others = (write(journal, name, ICE) for name in ("First", "Second", "Third"))
    run_waiting_tasks()
    assert set(shown(first, "en")) == {"Second", "Third"}
    publish_draft(others[0], headline_en="Tax", body_en=paragraphs(TAX))
    twin = write(journal, "Twin", ICE)
    run_waiting_tasks()
    assert set(shown(first, "en")) == {"Third", "Twin"}
    assert set(shown(twin, "en")) == {"First", "Third"}
