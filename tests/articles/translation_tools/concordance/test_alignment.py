"""Texts that were written apart, whose blocks have no id in common, are aligned."""

import pytest
from bs4 import BeautifulSoup

from diptych.articles.translation_tools.concordance import searching
from diptych.articles.translation_tools.concordance.alignment import Paragraph, align
from diptych.articles.translation_tools.concordance.models import AlignedText, PendingPage
from diptych.articles.translation_tools.concordance.tmx import pairs_for
from diptych.articles.translation_tools.concordance.updating import work_off
from tests.articles.side_by_side.screen import body, make_member, translated
from tests.factories import make_user, write_draft

FRENCH = [
    "Les premiers bateaux à vapeur apparaissent sur le Léman en 1823, entre Genève et Ouchy.",
    "Le Guillaume Tell, construit par l’Américain Edward Church, transportait 200 passagers.",
    "Une lectrice de Vevey nous a confié le journal de sa grand-mère.",
    "Trente ans plus tard, la compagnie de navigation possédait 7 bateaux et employait 112 marins.",
    "La gare de Lausanne, ouverte en 1856, changea les habitudes des voyageurs. Le train était "
    "plus rapide, mais le lac restait la promenade du dimanche.",
    "En 1910, le Savoie et le Simplon furent lancés au chantier d’Ouchy.",
]
ENGLISH = [
    "The first steamboats appear on the Léman in 1823, between Geneva and Ouchy.",
    "The Guillaume Tell, built by the American Edward Church, carried 200 passengers.",
    "Thirty years later the navigation company owned 7 boats and employed 112 sailors.",
    "The Lausanne station, opened in 1856, changed the habits of the travellers.",
    "The train was faster, but on Sundays the lake remained the promenade.",
    "In 1910 the Savoie and the Simplon were launched at the Ouchy shipyard.",
]


def apart(texts, name):
    return body(*((f"{name}{number}", text) for number, text in enumerate(texts)))


def catch_up():
    assert work_off(PendingPage.objects.all())[1] == 0


@pytest.fixture
def everybody(db):
    return make_user("admin")


@pytest.fixture
def archive(journal):
    page = translated(
        journal,
        is_complete=False,
        body_fr=apart(FRENCH, "f"),
        body_en=apart(ENGLISH, "e"),
    )
    catch_up()
    return page


def found(user, query, language="fr", other="en"):
    matches = searching.search(query, language, other, user)
    return [(each.text.text, each.other.text, each.is_machine_aligned) for each in matches]


def links(texts, others):
    return [
        (list(each.source), list(each.target))
        for each in align([Paragraph(each) for each in texts], [Paragraph(each) for each in others])
    ]


def test_paragraphs_alone_split_and_missing():
    expected = [([0], [0]), ([1], [1]), ([3], [2]), ([4], [3, 4]), ([5], [5])]
    assert links(FRENCH, ENGLISH) == expected
    assert links(ENGLISH, FRENCH) == [(other, one) for one, other in expected]


def test_what_has_no_partner_is_left_out():
    assert links(FRENCH, []) == links([], ENGLISH) == links([], []) == []
    assert links(FRENCH, ENGLISH[2:]) == [([3], [0]), ([4], [1, 2]), ([5], [3])]


def test_texts_about_something_else_are_not_aligned():
    others = [
        "Bread dough should rest overnight in a cool place, covered with a damp cloth.",
        "Knead it for a quarter of an hour, then let it rise again near the oven door.",
        "Twenty minutes are enough for rolls; a large loaf needs almost twice as long.",
    ]
    assert links(FRENCH, others) == []


def test_headlines_do_not_stand_for_paragraphs():
    texts = [Paragraph("Genève, 1823", kind) for kind in ("h", "p", "li")]
    for number, each in enumerate(texts):
        (link,) = align(texts, [Paragraph("Geneva, 1823", each.kind)])
        assert list(link.source) == [number]


def test_targets_of_links_are_anchors():
    french = [Paragraph("Lire ici.", links=("a",)), Paragraph("Lire la.", links=("b",))]
    english = [Paragraph("Read it.", links=("b",))]
    (link,) = align(french, english)
    assert list(link.source) == [1]


def test_passages_of_an_archive_are_found(archive, everybody):
    assert found(everybody, "chantier") == [(FRENCH[5], ENGLISH[5], True)]
    assert found(everybody, "promenade") == [(FRENCH[4], " ".join(ENGLISH[3:5]), True)]
    assert found(everybody, "shipyard", "en", "fr") == [(ENGLISH[5], FRENCH[5], True)]
    assert found(everybody, "lectrice") == []


def test_what_the_machine_aligned_is_said(archive, translator):
    posted = {"q": "chantier", "language": "fr", "other": "en", "target": "en"}
    response = translator.post("/admin/diptych/concordance/results/", posted)
    assert "Paired by the computer" in BeautifulSoup(response.content, "lxml").li.get_text()
    response = translator.post("/admin/diptych/concordance/results/", {**posted, "q": "Le lac"})
    assert "Paired by the computer" not in BeautifulSoup(response.content, "lxml").li.get_text()


def test_files_for_other_programs_lack_it(archive, everybody):
    texts = [one.text for one, _other in pairs_for(everybody, "fr", "en")]
    assert "Le lac" in texts and FRENCH[5] not in texts


def test_pages_whose_blocks_have_common_ids_are_not_aligned(journal, everybody):
    english = body(("f0", ENGLISH[0]), *((f"e{n}", each) for n, each in enumerate(ENGLISH[1:])))
    translated(journal, is_complete=False, body_fr=apart(FRENCH, "f"), body_en=english)
    catch_up()
    assert found(everybody, "1823") == [(FRENCH[0], ENGLISH[0], False)]
    assert not AlignedText.objects.filter(is_machine_aligned=True).exists()


def test_fields_with_other_lines_than_their_translation(journal, everybody):
    lead_fr, lead_en = (f"{each[0]}\n{each[-1]}" for each in (FRENCH, ENGLISH))
    translated(journal, lead_fr=lead_fr, lead_en=f"{lead_en}\nA note of the editors.")
    catch_up()
    assert found(everybody, "1823") == [(FRENCH[0], ENGLISH[0], True)]
    assert found(everybody, "chantier") == [(FRENCH[-1], ENGLISH[-1], True)]
    assert found(everybody, "editors", "en", "fr") == []


def test_nothing_changes_when_it_is_read_again(archive):
    before = set(AlignedText.objects.values_list("pk", "text", "is_machine_aligned"))
    PendingPage.objects.mark([archive.pk])
    assert work_off(PendingPage.objects.all()) == (0, 0)
    assert set(AlignedText.objects.values_list("pk", "text", "is_machine_aligned")) == before


def test_it_is_visible_to_those_who_see_the_page(journal, archive, everybody):
    french = make_member(journal, "edit_fr")
    assert found(french, "chantier") == [(FRENCH[5], ENGLISH[5], True)]
    write_draft(archive, body_en=apart([*ENGLISH[:5], f"{ENGLISH[5]} A draft."], "e"))
    catch_up()
    assert found(french, "chantier") == [(FRENCH[5], ENGLISH[5], True)]
    assert (FRENCH[5], f"{ENGLISH[5]} A draft.", True) in found(everybody, "chantier")


def test_a_language_that_is_not_live_is_not_seen(journal):
    translated(journal, live_in=("fr",), body_fr=apart(FRENCH, "f"), body_en=apart(ENGLISH, "e"))
    catch_up()
    assert found(make_user("admin"), "chantier")
    assert found(make_member(journal, "edit_fr"), "chantier") == []
