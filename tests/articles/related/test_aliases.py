"""An alias is a second address of an article: never compared, and shown what its original has."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Page

from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage, ExcludedArticle, PickedArticle
from diptych.articles.related.models import Neighbour, PendingUpdate, TermVector
from diptych.articles.related.preview import similar_articles
from diptych.articles.related.suggestions import related_below, related_ids, related_to_each
from diptych.articles.related.updating import work_off
from tests.articles.related.reading import FEW_QUERIES, made_from_nothing, shown, stored
from tests.factories import blocks, make_alias, make_article, make_topic, paragraphs, publish_draft

ICE = "Ice covers the frozen harbour while skaters cross the northern lake. " * 9
SEA = "The northern lake and its frozen harbour are nearer to the sea than ice. " * 9
TAX = "The budget raises the tax on income and the minister defends the deficit. " * 9
GLACE = "La glace couvre le port gelé et des patineurs traversent le lac du Nord. " * 9
MER = "Le lac du Nord et son port gelé sont plus près de la mer que la glace. " * 9
IMPOT = "Le budget augmente les impôts sur le revenu et le ministre défend le déficit. " * 9


@pytest.fixture
def articles(journal):
    """Three articles on a topic, of which the first two are near, by name."""
    topic = make_topic(journal)
    texts = {"Ice": (GLACE, ICE), "Sea": (MER, SEA), "Tax": (IMPOT, TAX)}
    made = {
        name: make_article(
            *(journal, name, name),
            body_fr=paragraphs(french),
            body_en=paragraphs(english),
            topics=[topic],
        )
        for name, (french, english) in texts.items()
    }
    run_waiting_tasks()
    return made


def run_waiting_tasks():
    _done, failed = work_off(PendingUpdate.objects.all())
    assert not failed


def alias_of(page, slug):
    alias = make_alias(page, slug=slug)
    run_waiting_tasks()
    return alias


def compared():
    rows = PageLanguage.objects.filter(term_vector__isnull=False)
    return set(rows.values_list("page_id", flat=True))


def below(article, language="en"):
    """The ids of what stands below an article, asked alone and together with others."""
    article = ArticlePage.objects.get(pk=article.pk)
    with CaptureQueriesContext(connection) as queries:
        found, _linked = related_below(article, language)
    assert len(queries) <= FEW_QUERIES + 1
    assert related_to_each([article], language, 3).get(article.pk, []) == found
    return found


def test_an_alias_is_not_compared(articles):
    before = stored()
    alias = alias_of(articles["Ice"], "ice-again")
    publish_draft(articles["Ice"], lead_en="Another lead.")
    publish_draft(articles["Ice"], lead_en="Lead of Ice.")
    run_waiting_tasks()
    assert alias.pk not in compared()
    assert stored() == before == made_from_nothing()


def test_neither_an_article_nor_others_are_shown_its_alias(articles):
    alias = alias_of(articles["Ice"], "ice-again")
    assert shown(articles["Ice"], "en") == ["Sea", "Tax"]
    assert shown(articles["Sea"], "en") == ["Ice", "Tax"]
    assert alias.pk not in below(articles["Ice"]) + below(articles["Sea"])


def test_an_alias_is_shown_what_its_original_has(articles):
    ice, sea, tax = articles.values()
    aliases = [alias_of(ice, f"ice-{number}") for number in range(2)]
    for each in (ice, *aliases):
        assert below(each) == [sea.pk, tax.pk]


def test_an_alias_that_becomes_a_page_of_its_own_is_compared(articles):
    alias = alias_of(articles["Ice"], "ice-again")
    ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
    run_waiting_tasks()
    assert alias.pk in compared()
    assert below(articles["Ice"])[0] == alias.pk
    assert below(alias)[0] == articles["Ice"].pk
    assert stored() == made_from_nothing()


@pytest.mark.rare
def test_the_alias_of_a_deleted_article_is_compared_once_it_is_published(articles):
    alias = alias_of(articles["Ice"], "ice-again")
    ArticlePage.objects.get(pk=articles["Ice"].pk).delete()
    run_waiting_tasks()
    assert compared() == {articles["Sea"].pk, articles["Tax"].pk}
    publish_draft(ArticlePage.objects.get(pk=alias.pk))
    run_waiting_tasks()
    assert alias.pk in compared()
    assert alias.pk in below(articles["Sea"], "fr")


def test_an_article_that_becomes_an_alias_is_no_longer_compared(articles):
    ice, sea, tax = articles.values()
    other = ArticlePage.objects.get(pk=sea.pk)
    other.alias_of = Page.objects.get(pk=ice.pk)
    other.save()
    run_waiting_tasks()
    assert compared() == {ice.pk, tax.pk}
    assert below(ice) == [tax.pk]


def test_a_rebuild_takes_out_the_aliases_that_were_compared(articles):
    ice, sea, _tax = articles.values()
    Page.objects.filter(pk=sea.pk).update(alias_of=ice.pk)
    assert sea.pk in compared()
    call_command("rebuild_related", verbosity=0)
    assert sea.pk not in compared()
    assert not Neighbour.objects.filter(target__page_id=sea.pk).exists()
    assert not Neighbour.objects.filter(source__page_id=sea.pk).exists()
    assert stored() == made_from_nothing()


def test_a_picked_alias_stands_for_its_article(articles):
    ice, sea, tax = articles.values()
    alias = alias_of(sea, "sea-again")
    PickedArticle.objects.create(article=ice, suggestion=alias)
    assert below(ice) == [alias.pk, tax.pk]
    PickedArticle.objects.create(article=ice, suggestion=sea)
    assert below(ice) == [alias.pk, tax.pk]


def test_an_article_picked_for_itself_by_its_alias_is_not_shown(articles):
    ice, sea, tax = articles.values()
    alias = alias_of(ice, "ice-again")
    PickedArticle.objects.create(article=ice, suggestion=alias)
    PickedArticle.objects.create(article=alias, suggestion=ice)
    assert below(ice) == below(alias) == [sea.pk, tax.pk]


def test_an_excluded_alias_excludes_its_article(articles):
    ice, sea, tax = articles.values()
    ExcludedArticle.objects.create(article=ice, excluded=alias_of(sea, "sea-again"))
    assert below(ice) == [tax.pk]


@pytest.mark.parametrize("kind", ["link", "block"])
def test_what_the_text_leads_to_by_an_alias_does_not_stand_below(articles, kind):
    ice, sea, tax = articles.values()
    alias = alias_of(sea, "sea-again")
    link = f'<p>{ICE}<a linktype="page" id="{alias.pk}">there</a></p>'
    added = {"link": ("paragraph", link), "block": ("article", {"article": alias.pk})}[kind]
    publish_draft(ice, body_en=blocks(("paragraph", f"<p>{ICE}</p>"), added))
    run_waiting_tasks()
    article = ArticlePage.objects.get(pk=ice.pk)
    linked = article.body.stream_block.linked_ids(article.text_in("body", "en"))
    suggestions, found = related_below(article, "en", linked)
    assert suggestions == [tax.pk]
    assert found == ([alias.pk] if kind == "block" else [])
    assert related_to_each([article], "en", 3) == {ice.pk: [tax.pk]}


@pytest.mark.rare
def test_a_link_to_itself_by_another_address_is_not_shown(articles, client):
    alias = alias_of(articles["Ice"], "ice-again")
    body = blocks(("paragraph", f"<p>{ICE}</p>"), ("article", {"article": alias.pk}))
    publish_draft(articles["Ice"], body_en=body)
    for each in (articles["Ice"], alias):
        response = client.get(ArticlePage.objects.get(pk=each.pk).url_in("en"))
        assert not response.context["linked_articles"]
        assert [each.headline for each in response.context["related"]] == ["Sea", "Tax"]


def test_a_list_of_all_leaves_aliases_out(articles):
    ice, sea, _tax = articles.values()
    alias = alias_of(ice, "ice-again")
    PickedArticle.objects.create(article=alias, suggestion=sea)
    found = dict(related_ids("en", 3, {}))
    assert set(found) == {each.pk for each in articles.values()}
    assert alias.pk not in {pk for each in found.values() for pk in each}


@pytest.mark.rare
def test_the_report_counts_an_article_once(articles, admin):
    ice, sea, tax = articles.values()
    alias = alias_of(sea, "sea-again")
    publish_draft(ice, body_en=blocks(("article", {"article": alias.pk})))
    alias_of(ice, "ice-again")
    PickedArticle.objects.create(article=tax, suggestion=alias)
    call_command("rebuild_related", verbosity=0)
    asked = {"export": "csv", "language": "en"}
    answer = admin.get(reverse("diptych_links:index"), asked)
    lines = b"".join(answer.streaming_content).decode().splitlines()[1:]
    found = {line.split(",")[0]: line.split(",")[2:5] for line in lines}
    assert set(found) == {"Ice", "Sea", "Tax"}
    # Below the article on taxes only, as the other one leads there in its text.
    assert found["Sea"] == ["1", "1", "1"]


def test_suggestions_while_writing_know_aliases(articles, admin):
    ice, sea, tax = articles.values()
    alias, own = alias_of(sea, "sea-again"), alias_of(ice, "ice-again")
    for pick in (own, alias, sea):
        PickedArticle.objects.create(article=ice, suggestion=pick)
    answer = admin.post(reverse("diptych_related_suggestions", args=[ice.pk]), {})
    english = next(each for each in answer.context["languages"] if each.code == "en")
    assert [each.page_id for each in english.shown] == [alias.pk, tax.pk]
    assert not english.others and not english.missing and not english.beyond
    assert [each.page_id for each in similar_articles(own, "en")] == [sea.pk, tax.pk]
    assert TermVector.objects.filter(row__page_id=ice.pk).exists()
