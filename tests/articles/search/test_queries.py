"""Queries and their results: words, phrases, completions, spelling corrections, ranking."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diptych.articles.search.vocabulary import edit_distance
from tests.articles.search.browsing import page_of
from tests.articles.search.reading import articles_found, search
from tests.factories import make_article, make_author


@pytest.fixture
def names(corpus):
    """The names of the articles found, best first."""

    def found(query, language="fr", *filters):
        return [corpus[article.pk] for article in articles_found(query, language, *filters)]

    return found


def test_all_the_words_have_to_be_there(names):
    assert names("loyers locataires") == ["rents-geneva"]
    assert names("loyers glacier") == ["rhone-glacier"]


def test_of_words_that_no_article_has_together_the_rarest_stay(names):
    for typed, kept, left_out in (
        ("Nordenskiöld nuit", "arctic-route", ["nuit"]),
        ("les nuits d’Higgs et du lac", "cern-collider", ["nuits", "lac"]),
        ("Nordenskjöld nuit", "arctic-route", ["nuit"]),
        ('"trains de nuit" glacier', "night-trains", ["glacier"]),
    ):
        assert names(typed) == [kept], typed
        found = search(typed, "fr")
        assert (found.left_out, found.unknown) == (left_out, [])
    assert search("Nordenskjöld nuit", "fr").is_corrected


def test_a_guess_is_not_better_than_a_word_that_was_typed(names):
    found = search("la votation des femmes", "fr")
    assert (found.unknown, found.left_out) == (["votation"], [])
    assert names("la votation des femmes")[0] == "vote-women"


def test_a_short_word_is_a_whole_word(names):
    assert names("AI", "en") == names("IA") == ["ai-courts"]
    assert names("UN", "en") == ["food-aid"]
    assert names("gl") == []


def test_the_form_typed_comes_before_others_of_the_same_stem(names):
    assert names("housing", "en")[:2] == ["housing-shortage", "house-one-franc"]
    assert names("house", "en")[:2] == ["house-one-franc", "old-age-home"]
    assert names("houses", "en") == names("house", "en")
    assert names("logements") == ["housing-shortage", "rents-geneva"]
    assert names("chevaux") == names("cheval") == ["work-horses"]


def test_the_name_of_an_author_or_a_topic_finds_the_articles(names, corpus):
    written = {article.slug for article in articles_found("Léa Rochat", "fr")}
    assert written == {article.slug for article in articles_found("rochat", "fr")}
    assert len(search("Léa Rochat", "fr").rows) in range(len(corpus) // 3, len(corpus) // 3 + 2)
    topic = search("climat", "fr")
    assert len(topic.rows) == 10 and len(topic.others) == 1
    assert names("Rochat glacier") == ["rhone-glacier"]


def test_words_of_one_article_come_before_the_name_of_its_topic(names):
    assert names("économie")[:2] == ["economy-explained", "universal-income"]


@pytest.mark.parametrize("typed", ["pékin", "pe\u0301kin", "PÉKIN", "pekin", "Pêkin", "à Pékin"])
def test_accents_and_capitals_do_not_matter(names, typed):
    assert names(typed) == ["beijing-bikes"]


def test_old_and_new_spellings_are_one_word(names):
    assert names("clef") == names("clé") and names("ognon") == names("oignon") != []
    assert names("weekend") == ["onion-market"]


@pytest.mark.parametrize(
    "query", ['"trains de nuit"', "“trains de nuit”", "« trains de nuit »", "«trains de nuit»"]
)
def test_a_phrase_has_its_words_in_a_row(names, query):
    assert names(query) == ["night-trains"]


def test_a_phrase_is_not_found_where_its_words_stand_apart(names):
    assert names("nuit trains") == ["night-trains"]
    assert names('"nuit trains"') == []
    assert names('"trains nuit"') == []


def test_no_phrase_runs_from_one_field_into_the_next(names):
    assert names("encore un été", "fr") == ["rhone-glacier"]
    assert names('"encore un été"') == []


def test_a_phrase_and_a_word_are_both_looked_for(names):
    assert names('"trains de nuit" Barcelone') == ["night-trains"]
    assert names('"trains de nuit" Zurich') == ["night-trains"]


@pytest.mark.parametrize(
    "query", ['"trains de nuit', 'trains de nuit"', '""trains de nuit', "« trains"]
)
def test_a_quotation_mark_that_is_alone_is_no_mark(names, query):
    assert names(query) == ["night-trains"]


@pytest.mark.parametrize(
    ("beginning", "name"),
    [("pergé", "permafrost"), ("PERGE", "permafrost"), ("mé", None), ("hirond", "bird-migration")],
)
def test_the_last_word_may_be_a_beginning(names, beginning, name):
    assert (name in names(beginning)) if name else True


def test_only_the_last_word_may_be_a_beginning(names):
    assert names("forêt hêt") == ["forest-beech"]
    assert search("forêt hêt", "fr").unknown == []
    assert names("hêt forêt") == names("forêt")
    assert search("hêt forêt", "fr").unknown == ["hêt"]


def test_whole_words_come_before_beginnings(names):
    found = names("vin")
    assert set(found) > {"vineyard-lavaux", "fondue-recipe"}
    assert found[0] == "vineyard-lavaux"


@pytest.mark.parametrize(
    ("language", "typed", "meant", "name"),
    [
        ("fr", "glaceir", "glacier", "rhone-glacier"),
        ("fr", "pergelisl", "pergélisol", "siberia-soil"),
        ("fr", "irondelles", "hirondelles", "bird-migration"),
        ("fr", "fondu vacherrin", "fondu vacherin", "fondue-recipe"),
        ("en", "permafrots", "permafrost", "siberia-soil"),
        ("en", "beever", "beaver", "beaver-river"),
    ],
)
def test_what_nothing_has_is_read_as_what_it_is_near(names, language, typed, meant, name):
    found = search(typed, language)
    assert (found.is_corrected, found.query.text) == (True, meant)
    assert names(typed, language)[0] == name


@pytest.mark.parametrize("typed", ["glacier", "loyers locataires", "xqzwk", "lax", "12345678"])
def test_what_is_found_or_is_near_nothing_is_left_as_it_is(corpus, typed):
    found = search(typed, "fr")
    assert (found.is_corrected, found.unknown) == (False, [])
    assert found.query.text == typed


def test_a_word_of_the_other_language_is_no_spelling_of_this_one(names):
    assert names("shepherdess", "en") == ["wolf-herders"]
    assert names("shepherdess", "fr") == []


def test_a_word_that_no_article_has_is_left_out_beside_one_that_some_have(names):
    found = search("glacier xqzwk", "fr")
    assert (found.unknown, found.is_corrected) == (["xqzwk"], False)
    assert names("glacier xqzwk") == ["rhone-glacier"]
    assert names("le xqzwk") == []


def test_common_words_neither_decide_nor_disturb(names):
    assert names("le glacier de la montagne dans une") == names("glacier montagne")
    assert names("the beaver and the river", "en")[0] == "beaver-river"


def test_nothing_but_common_words_is_looked_for_where_few_words_stand(names):
    assert names("to be or not to be", "en")[0] == "to-be-or-not"
    assert names("être ou ne pas être")[0] == "to-be-or-not"
    assert names('"être ou ne pas être"') == ["to-be-or-not"]


def test_the_best_field_comes_first(names):
    """Headline, then lead, then headings, then text."""
    assert names("gruyère") == ["cheese-export", "ancient-wheat", "fondue-recipe"]
    assert names("cœur") == ["bird-migration", "museum-night"]
    assert names("étudiants") == [
        "students-budget",
        "university-fees",
        "beijing-bikes",
        "rents-geneva",
    ]


def test_of_equally_good_articles_the_newest_comes_first(corpus, names):
    found = articles_found("habitants", "fr")
    years = [article.publication_date.year for article in found]
    assert len(found) > 1 and years == sorted(years, reverse=True)


def test_authors_topics_and_plain_pages_are_found_beside_articles(corpus):
    assert len(search("Rochat", "fr").others) == 1
    assert len(search("oeuvray", "en").others) == 1
    assert len(search("culture", "fr").others) == 1


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [
        ("lac", "lac", 0),
        ("lac", "lca", 1),
        ("lac", "las", 1),
        ("lac", "la", 1),
        ("lac", "lacs", 1),
        ("glacier", "galcire", 2),
        ("glacier", "rivière", 3),
        ("abcd", "badc", 2),
        ("ab", "ba", 1),
    ],
)
def test_the_distance_of_two_words(first, second, distance):
    assert edit_distance(first, second, limit=2) == distance
    assert edit_distance(second, first, limit=2) == distance


def test_articles_are_found_where_only_a_person_has_all_the_words(journal, reader):
    about = {"biography_fr": "<p>Elle écrit sur le cinéma et les sous-titres.</p>"}
    person = make_author(journal, "Zoé Muret", **about)
    article = make_article(journal, "Des sous-titres", "Subtitles", authors=[])
    html = page_of(reader, "cinéma sous-titres", "fr")
    assert article.url_in("fr") in html and person.url_in("fr") in html
    assert "Aucun article ne contient le mot" in html and ">cinéma<" in html
    # Who is called so is what was looked for.
    make_article(journal, "Zoé au musée", "Zoé", authors=[])
    html = page_of(reader, "Zoé Muret", "fr")
    assert person.url_in("fr") in html and "musee" not in html


def test_a_person_who_has_many_words_costs_no_search_for_each(journal):
    words = """abricot banane cerise datte figue grenade kiwi litchi mangue nectarine olive papaye
        raisin sureau tomate vanille""".split()  # noqa: SIM905
    make_author(journal, "Zoé Muret", biography_fr=f"<p>{' '.join(words)}</p>")
    for word in words:
        make_article(journal, f"Une {word}", None, authors=[], live_in=["fr"])

    def queries(number):
        assert search(" ".join(words[:number]), "fr").others
        with CaptureQueriesContext(connection) as asked:
            search(" ".join(words[:number]), "fr")
        return len(asked)

    assert queries(16) <= queries(8)
