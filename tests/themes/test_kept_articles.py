"""An article is rendered once, in parts, each anew when something that it shows changes."""

import pytest
from django.test import Client
from wagtail.images import get_image_model

from diptych.articles.caching.versions import process_state
from diptych.articles.models import (
    ArticleIndexPage,
    ArticlePage,
    AuthorPage,
    JournalSettings,
    PickedArticle,
    PrintIssueEntry,
    PrintIssueIndexPage,
    PrintIssuePage,
    SeriesPage,
    TopicPage,
)
from diptych.articles.related.models import Neighbour
from diptych.articles.related.rebuilding import rebuild
from tests.factories import (
    blocks,
    make_article,
    make_author,
    make_image,
    make_page,
    make_topic,
    publish_draft,
    write_draft,
)
from tests.kept import forget_pages, read_log, statements_of
from tests.tiers import one_row_of

pytestmark = pytest.mark.usefixtures("stored_settings")

ADDRESS = "/en/stories/the-lake/"
#: The version log, the address and the page.
BUDGET = 3
#: The series, its parts and the print issues, once in each process.
OF_LISTS = 3
#: Parts that show the article and nothing beside it.
OWN = {"head", "heading", "main picture", "body", "end", "language switch", "stored copy"}


@pytest.fixture
def article(journal):
    """An article with all that readers may see in one, and others around it."""
    topic, image = make_topic(journal), make_image(alt_en="A frozen lake")
    series = make_page(SeriesPage, journal.home, "Les lacs", "The lakes")
    linked = make_article(journal, "Le pont", "The bridge")
    card = make_article(journal, "La gare", "The station")
    for fr, en in (("La rive", "The shore"), ("Le port", "The harbour")):
        make_article(journal, fr, en, topics=[topic])
    body = blocks(
        ("paragraph", f'<p>As <a linktype="page" id="{linked.pk}">the bridge</a>.</p>'),
        ("image", {"image": image.pk}),
        ("article", {"article": card.pk}),
    )
    return make_article(
        journal,
        "Le lac",
        "The lake",
        topics=[topic],
        authors=[make_author(journal, "Ada Blanc", photo=make_image())],
        translator_en=make_author(journal, "Max Frei"),
        series=series,
        hero_image=image,
        body_en=body,
        body_fr=body,
    )


def answer(address=ADDRESS):
    """What is answered without the page cache."""
    forget_pages()
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode()


def statements():
    """The SQL of an answer, but for the roots of sites, which are in the cache that is emptied."""
    return [sql for sql in statements_of(answer) if 'FROM "wagtailcore_site"' not in sql]


def kept(address=ADDRESS):
    """The answer of a process that has answered before."""
    read_log()
    answer(address)
    return answer(address)


def fresh(address=ADDRESS):
    """The answer of a process with nothing in memory."""
    process_state.reset()
    return answer(address)


def test_an_article_is_rendered_once(article, made):
    before = kept()
    made()
    assert len(statements()) <= BUDGET
    assert made() == []
    assert answer() == before == fresh()


def test_a_publication_elsewhere_renders_no_part_of_it(journal, article, made):
    kept()
    make_article(journal, "Le four", "The oven", topics=[make_topic(journal, "Pain", "Bread")])
    read_log()
    answer("/en/topics/bread/")
    made()
    assert len(statements()) <= BUDGET + OF_LISTS
    assert OWN.isdisjoint(made())
    assert answer() == fresh()


def renamed(model, name):
    def rename(journal):
        page = model.objects.get(headline_en=name)
        publish_draft(page, headline_en=f"{name} anew", headline_fr=f"{name} anew")

    return rename


def unpublished(model, name):
    return lambda journal: model.objects.get(headline_en=name).unpublish_languages(["en"])


def describe_the_picture(journal):
    for image in get_image_model().objects.all():
        image.alt_en = image.caption_en = "Ice"
        image.save()


def replace_the_portrait(journal):
    portrait = AuthorPage.objects.get(headline_en="Ada Blanc").photo
    portrait.file = make_image("Autre").file
    portrait.save()


def add_to_the_topic(journal):
    make_article(journal, "Le quai", "The pier", topics=[TopicPage.objects.get()])


def add_to_the_series(journal):
    make_article(journal, "Le quai", "The pier", series=SeriesPage.objects.get())


def pick(journal):
    picked = ArticlePage.objects.get(headline_en="The harbour")
    article = ArticlePage.objects.get(headline_en="The lake")
    PickedArticle.objects.create(article=article, suggestion=picked)


def relate(journal):
    rebuild()
    assert Neighbour.objects.exists()


def rename_the_section(journal):
    publish_draft(ArticleIndexPage.objects.get(pk=journal.articles.pk), headline_en="News")


def print_it(journal):
    issues = make_page(PrintIssueIndexPage, journal.home, "Numéros", "Print issues")
    article = ArticlePage.objects.get(headline_en="The lake")
    entries = [PrintIssueEntry(article=article)]
    make_page(PrintIssuePage, issues, "Cahier", "Issue", number="7", entries=entries)


def correct_it(journal):
    correction = ("correction", {"date": "2026-03-02", "text": "<p>It was colder.</p>"})
    article = ArticlePage.objects.get(headline_en="The lake")
    publish_draft(article, corrections_en=blocks(correction))


def state_a_licence(journal):
    settings = JournalSettings.objects.get()
    settings.licence, settings.share_links = "CC BY 4.0", ["mail"]
    settings.save()


#: Changes that readers of an article in a series see, and those seen where it is in none.
IN_SERIES = [
    renamed(ArticlePage, "The lake"),
    renamed(ArticlePage, "The station"),
    renamed(AuthorPage, "Ada Blanc"),
    renamed(AuthorPage, "Max Frei"),
    renamed(TopicPage, "Climate"),
    renamed(SeriesPage, "The lakes"),
    unpublished(ArticlePage, "The bridge"),
    unpublished(ArticlePage, "The station"),
    unpublished(AuthorPage, "Ada Blanc"),
    unpublished(AuthorPage, "Max Frei"),
    unpublished(TopicPage, "Climate"),
    unpublished(SeriesPage, "The lakes"),
    describe_the_picture,
    replace_the_portrait,
    add_to_the_series,
    pick,
    relate,
    rename_the_section,
    print_it,
    correct_it,
    state_a_licence,
]
IN_NONE = [
    renamed(ArticlePage, "The harbour"),
    unpublished(ArticlePage, "The harbour"),
    add_to_the_topic,
    pick,
    relate,
]


@pytest.mark.parametrize(
    ("change", "has_series"),
    [
        *one_row_of([(each, True) for each in IN_SERIES], "rare"),
        *one_row_of([(each, False) for each in IN_NONE], "rare"),
    ],
)
def test_each_change_is_shown(journal, article, change, has_series):
    if not has_series:
        publish_draft(article, series=None)
    before = kept()
    change(journal)
    read_log()
    after = answer()
    assert after == fresh() != before


def test_a_draft_is_not_kept(client, admin, article):
    kept()
    write_draft(article, headline_en="A secret", lead_en="Not yet.")
    read_log()
    preview = admin.get(f"/admin/pages/{article.pk}/edit/preview/?mode=en")
    assert preview.status_code in (200, 302)
    assert "secret" not in answer()


def test_images_of_another_model_renew_all_parts(article, made, monkeypatch):
    monkeypatch.setattr(get_image_model(), "tags_when_read", False)
    kept()
    other = make_image("Autre")
    other.credit = "Somebody"
    other.save()
    read_log()
    made()
    answer()
    assert set(made()) >= OWN
