"""What the concordance finds: in which order, in which languages, and for whom."""

import pytest
from wagtail.models import PageViewRestriction

from diptych.articles.languages.bin.deleting import move_to_bin
from diptych.articles.languages.bin.restoring import restore_from_bin
from diptych.articles.languages.models import DeletedPage
from diptych.articles.translation_tools.concordance import searching
from diptych.articles.translation_tools.concordance.models import AlignedText, PendingPage
from diptych.articles.translation_tools.concordance.updating import resume, work_off
from tests.articles.side_by_side.screen import body, change_source, make_member, translated
from tests.factories import make_alias, make_user, write_draft

SENTENCE = "Le bateau traverse le grand lac gelé pendant la longue nuit."


@pytest.fixture
def everybody(db):
    """Somebody with every right."""
    return make_user("admin")


def catch_up():
    """What the task does once the transaction is committed."""
    assert work_off(PendingPage.objects.all())[1] == 0


def article(journal, headline="The lake", **values):
    page = translated(journal, headline, **values)
    catch_up()
    return page


def found(user, query, language="fr", other="en"):
    """``(kind, text, translation)`` of each match."""
    matches = searching.search(query, language, other, user)
    return [(each.kind.value, each.text.text, each.other.text) for each in matches]


def test_both_directions(journal, everybody):
    article(journal)
    assert ("exact", "Deux rives.", "Two banks.") in found(everybody, "rives")
    assert found(everybody, "banks", "en", "fr") == [("exact", "Two banks.", "Deux rives.")]
    assert found(everybody, "rives", "en", "fr") == []
    assert found(everybody, "rives", "fr", "fr") == []


def test_titles_are_passages_too(journal, everybody):
    article(journal)
    assert ("exact", "Le lac", "The lake") in found(everybody, "le lac")


def test_exact_words_before_stems_before_near_sentences(journal, everybody):
    french = body(
        ("a", "Un bateau traverse un lac gelé pendant une nuit claire."),
        ("b", "Les bateaux traversaient les grands lacs gelés pendant les longues nuits."),
        ("c", f"{SENTENCE} Puis il revient."),
        ("d", SENTENCE),
        ("e", "Rien de tel ici."),
    )
    english = body(*((each, f"English {each}.") for each in "abcde"))
    article(journal, body_fr=french, body_en=english)
    assert [(kind, other) for kind, _text, other in found(everybody, SENTENCE)] == [
        ("exact", "English d."),
        ("exact", "English c."),
        ("stems", "English b."),
        ("near", "English a."),
    ]
    whole = [each.is_whole for each in searching.search(SENTENCE, "fr", "en", everybody)]
    assert whole == [True, False, False, False]


def test_exact_words_where_more_have_the_stems_than_are_read(journal, everybody, monkeypatch):
    french = body(("c", f"{SENTENCE} Puis il revient."), ("d", SENTENCE), ("e", "Rien de tel."))
    article(journal, body_fr=french, body_en=body(*((each, f"English {each}.") for each in "cde")))
    monkeypatch.setattr(searching, "MOST_CANDIDATES", 1)
    expected = [("exact", "English d."), ("exact", "English c.")]
    assert [(kind, other) for kind, _text, other in found(everybody, SENTENCE)] == expected


def test_words_side_by_side_are_exact_and_others_are_not(journal, everybody):
    french = body(("a", "Le grand lac."), ("b", "Le lac est grand."))
    article(journal, body_fr=french, body_en=body(("a", "The great lake."), ("b", "It is.")))
    assert [each[:2] for each in found(everybody, "grand lac")] == [
        ("exact", "Le grand lac."),
        ("stems", "Le lac est grand."),
    ]


def test_the_same_pair_is_shown_once(journal, everybody):
    for _twice in range(2):
        article(journal)
    assert len(found(everybody, "deux rives")) == 1


@pytest.mark.parametrize(
    "query", ["", " ", "…", "\0", '"', "NEAR(", "x" * 5000, "' OR 1=1 --", "*"]
)
def test_odd_queries_find_nothing(journal, everybody, query):
    article(journal)
    assert found(everybody, query) == []


def test_what_is_not_translated_is_no_pair(journal, everybody):
    english = body(("a", "A lake."), ("b", "Deux rives."))
    article(journal, body_en=english, is_complete=False)
    assert found(everybody, "rives") == []
    assert found(everybody, "ponts") == []
    assert found(everybody, "lac", "fr")[0][2] in ("A lake.", "The lake")


# Following changes


def test_a_corrected_translation_replaces_the_one_before(journal, everybody):
    page = article(journal)
    english = body(("a", "A lake."), ("b", "Two shores."), ("c", "Three bridges."))
    write_draft(page, body_en=english).publish()
    catch_up()
    assert found(everybody, "rives") == [("exact", "Deux rives.", "Two shores.")]
    assert found(everybody, "banks", "en", "fr") == []


def test_a_draft_stands_beside_what_readers_see(journal, everybody):
    page = article(journal)
    english = body(("a", "A lake."), ("b", "Two shores."), ("c", "Three bridges."))
    write_draft(page, body_en=english)
    catch_up()
    matches = searching.search("rives", "fr", "en", everybody)
    assert {(each.other.text, each.is_published) for each in matches} == {
        ("Two banks.", True),
        ("Two shores.", False),
    }
    assert len(found(everybody, "ponts")) == 1


def test_a_changed_source_makes_its_own_passage_outdated(journal, everybody):
    page = article(journal)
    change_source(page, ("a", "Un lac."), ("b", "Deux rives vertes."), ("c", "Trois ponts."))
    catch_up()
    outdated = {
        each.text.text: each.is_outdated
        for query in ("rives", "ponts")
        for each in searching.search(query, "fr", "en", everybody)
    }
    assert outdated == {
        "Deux rives.": False,
        "Deux rives vertes.": True,
        "Trois ponts.": False,
    }


def test_deleted_and_restored(journal, everybody):
    page = article(journal)
    pk = page.pk
    move_to_bin(page, everybody)
    assert not AlignedText.objects.filter(row__page=pk).exists()
    assert found(everybody, "rives") == []
    restore_from_bin(DeletedPage.objects.get().key, everybody)
    catch_up()
    assert found(everybody, "rives") == [("exact", "Deux rives.", "Two banks.")]


def test_an_alias_adds_nothing(journal, everybody):
    page = article(journal)
    count = AlignedText.objects.count()
    make_alias(page)
    catch_up()
    assert AlignedText.objects.count() == count


def test_what_fails_is_tried_again_later(journal, everybody, monkeypatch):
    page = translated(journal)

    def fail(*pages):
        raise ValueError("damaged")

    with monkeypatch.context() as patched:
        patched.setattr("diptych.articles.translation_tools.concordance.updating.texts_of", fail)
        assert work_off(PendingPage.objects.filter(page=page.pk)) == (0, 1)
    assert not PendingPage.objects.due().filter(page=page.pk).exists()
    PendingPage.objects.update(retry_at="2020-01-01T00:00Z")
    resume()
    assert found(everybody, "rives") != []
    assert not PendingPage.objects.exists()


# Who sees what


@pytest.fixture
def french(journal):
    """Somebody who may edit French alone."""
    return make_member(journal, "edit_fr", username="french")


def test_what_readers_see_is_seen_by_all(journal, french):
    article(journal)
    assert found(french, "rives") == [("exact", "Deux rives.", "Two banks.")]
    assert found(french, "banks", "en", "fr") != []


def test_a_draft_is_for_those_who_edit_its_language(journal, french):
    page = article(journal)
    english = body(("a", "A lake."), ("b", "Two secret shores."), ("c", "Three bridges."))
    write_draft(page, body_en=english)
    catch_up()
    assert [each[2] for each in found(french, "rives")] == ["Two banks."]
    assert found(french, "secret", "en", "fr") == []
    both = make_member(journal, "edit_fr", "edit_en", username="both")
    assert len(found(both, "rives")) == 2


def test_an_unpublished_language_is_hidden_at_once(journal, french, everybody):
    page = article(journal)
    page.unpublish_languages(["en"])
    assert found(french, "rives") == []
    assert found(everybody, "rives") != []
    catch_up()
    assert found(french, "rives") == found(french, "banks", "en", "fr") == []
    assert len(found(everybody, "rives")) == 1


def test_a_private_page_is_hidden_at_once(journal, french):
    page = article(journal)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert found(french, "rives") == []
    restriction.delete()
    assert found(french, "rives") != []


def test_a_text_that_was_taken_back_is_hidden_before_the_page_is_read_again(journal, french):
    page = article(journal)
    english = body(("a", "A lake."), ("b", "Two public shores."), ("c", "Three bridges."))
    write_draft(page, body_en=english).publish()
    assert found(french, "rives") == []
    catch_up()
    assert [each[2] for each in found(french, "rives")] == ["Two public shores."]


def test_a_draft_of_a_page_one_may_not_edit_is_not_seen(journal, everybody):
    page = article(journal)
    write_draft(page, body_en=body(("a", "A lake."), ("b", "Two shores.")))
    catch_up()
    user = make_user("reader", username="nowhere")
    user.user_permissions.add(*make_member(journal, "edit_en").groups.get().permissions.all())
    assert [each[2] for each in found(user, "rives")] == ["Two banks."]


def test_the_cost_in_queries_does_not_grow(journal, french, django_assert_max_num_queries):
    article(journal)
    with django_assert_max_num_queries(12):
        found(french, SENTENCE)
    for _more in range(8):
        article(journal)
    found(french, SENTENCE)
    with django_assert_max_num_queries(8):
        found(french, SENTENCE)
