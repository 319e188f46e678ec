"""The glossary out as CSV and TBX, and in after a report; hostile files are refused in words."""

import base64
import zlib

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from diptych.articles.translation_tools.glossary.models import Concept
from tests.articles.translation_tools.glossary.entries import make_concept, stored
from tests.factories import sign_in
from tests.forms import form_values

IMPORT = "/admin/diptych/glossary/import/"
EXPORT = "/admin/diptych/glossary/export/{}/"


def upload(client, data, name="glossary.csv"):
    data = data.encode() if isinstance(data, str) else data
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data)})


def text_of(response):
    soup = BeautifulSoup(response.content, "lxml")
    return " ".join(soup.select_one("main").get_text(" ").split())


def take(client, data):
    """Take what the report of ``data`` offers; the text of the report."""
    report = upload(client, data)
    form = form_values(report.content.decode(), "diptych-take")
    answer = client.post(IMPORT, form, follow=True)
    assert "into the glossary" in text_of(answer) or answer.status_code == 200
    return text_of(report)


def everything():
    return sorted((each.domain, each.note, stored(each)) for each in Concept.objects.all())


@pytest.mark.parametrize("kind", ["csv", "tbx"])
def test_a_file_comes_back_as_it_went_out(journal, translator, kind):
    make_concept("Archives", "Not a cellar.\nNor =a, “box”; or\ttab.", fr="fonds", en="records")
    make_concept("", "=SUM(A1)", fr=["-ismes", "ça"], en_allowed=["isms"], en_forbidden="'ism")
    make_concept("Logic", "", fr=["a|b", "ou"], en=["a | b", "either\\or"])
    make_concept("", "", fr_allowed="bourgade", en_forbidden="burg")
    before = everything()
    data = translator.get(EXPORT.format(kind)).content
    assert "Unchanged: 4" in text_of(upload(translator, data))
    Concept.objects.all().delete()
    assert "New: 4" in take(translator, data)
    assert everything() == before


@pytest.mark.parametrize(("language", "number"), [("en", "1,200"), ("fr", "1 200")])
def test_large_numbers_are_written_as_in_the_language(db, client, language, number):
    sign_in(client, "admin", language=language)
    data = "fr,en\n" + "".join(f"lac {each},lake {each}\n" for each in range(1200))
    report = upload(client, data)
    assert text_of(report).count(number) == 2  # new ones, the button
    answer = client.post(IMPORT, form_values(report.content.decode(), "diptych-take"), follow=True)
    assert number in text_of(answer)


def test_words_that_differ_in_accents_are_two_entries(journal, translator):
    make_concept(fr="pêche", en="fishing")
    report = take(translator, "fr,en\npéché,sin\nPêche,fishery\npéche,-\n")
    assert "New: 2" in report and "Changed: 1" in report and "Refused: 0" in report
    assert Concept.objects.count() == 3


def test_a_file_leaves_a_line_in_the_history_of_each_entry(journal, translator):
    known = make_concept(fr="lac", en="lake")
    take(translator, "fr,en\nlac,pond\nmer,sea\n")
    new = Concept.objects.get(terms__text="sea")
    for concept, said in ((known, "Edited"), (new, "Created")):
        history = translator.get(f"/admin/diptych/glossary/history/{concept.pk}/")
        assert said in text_of(history)


def test_many_entries_cost_few_queries(journal, translator, django_assert_max_num_queries):
    lines = [f"terme{number},term{number}" for number in range(300)]
    report = upload(translator, "\n".join(["fr,en", *lines]))
    form = form_values(report.content.decode(), "diptych-take")
    with django_assert_max_num_queries(60):
        translator.post(IMPORT, form)
    assert Concept.objects.count() == 300


def test_cells_that_spreadsheets_compute_are_texts(journal, translator):
    make_concept("", "=SUM(A1)", fr="-ismes")
    lines = translator.get(EXPORT.format("csv")).content.decode().splitlines()
    assert lines[1].startswith(",'=SUM(A1),'-ismes")


def test_an_export_of_nothing_has_its_headings(journal, translator):
    data = translator.get(EXPORT.format("csv")).content
    assert data.decode("utf-8-sig").startswith("domain,note,fr,fr allowed,fr forbidden,en,")
    assert "New: 0" in text_of(upload(translator, data))


def test_the_report_says_what_would_change_and_why_the_rest_is_refused(journal, translator):
    make_concept("Archives", fr="fonds", en="holdings")
    make_concept(fr="lac", en="lake")
    make_concept(fr="mer", en="sea")
    report = text_of(
        upload(
            translator,
            "domain;fr;en;en forbidden;it\n"
            "Archives;fonds;records;;fondo\n"
            ";lac;lake;;\n"
            ";lac;pond;;\n"
            ";rive;bank;bank;\n"
            ";;;;solo\n"
            ";lac;sea;;\n"
            f";{'a' * 201};b;;\n"
            ";pont;bridge;;\n",
        )
    )
    assert "New: 1 · Changed: 1 · Unchanged: 1 · Refused: 5" in report
    for reason in (
        "row 4 lac · pond Refused The file has an entry with the same term before.",
        "“bank” stands in it twice",
        "It has no term in a language of this site.",
        "A term is longer than 200 characters.",
        "Several entries of the glossary have these terms.",
    ):
        assert reason in report, report
    assert Concept.objects.count() == 3


def test_languages_that_a_file_says_nothing_of_are_kept(journal, translator):
    concept = make_concept(fr="fonds", en="records", en_forbidden="fund")
    take(translator, "fr\tfr allowed\nfonds\tfonds d’archives | collection\n")
    assert stored(concept) == [
        ("en", "forbidden", "fund"),
        ("en", "preferred", "records"),
        ("fr", "allowed", "collection"),
        ("fr", "allowed", "fonds d’archives"),
        ("fr", "preferred", "fonds"),
    ]


OLD_TBX = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX"><text><body><termEntry id="1">
<descrip type="subjectField">Archives</descrip>
<langSet xml:lang="fr-CH"><tig><term>fonds</term></tig><tig><term>collection</term></tig></langSet>
<langSet xml:lang="en"><ntig><termGrp><term>records</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig>
<ntig><termGrp><term>fund</term>
<termNote type="normativeAuthorization">deprecatedTerm</termNote></termGrp></ntig></langSet>
<langSet xml:lang="ja"><tig><term>記録</term></tig></langSet>
</termEntry></body></text></martif>"""


def test_a_file_of_an_older_program_is_read(journal, translator):
    assert "New: 1" in take(translator, OLD_TBX)
    concept = Concept.objects.get()
    assert concept.domain == "Archives"
    assert stored(concept) == [
        ("en", "forbidden", "fund"),
        ("en", "preferred", "records"),
        ("fr", "allowed", "collection"),
        ("fr", "preferred", "fonds"),
    ]


BOMB = '<!DOCTYPE tbx [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><tbx>&b;</tbx>'
OUTSIDE = '<!DOCTYPE tbx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tbx>&a;</tbx>'
PARAMETER = '<!DOCTYPE tbx [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x">%a;]><tbx/>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "empty"),
        (" \n", "neither TBX nor CSV"),
        (b"\xff\xfe\x00", "neither TBX nor CSV"),
        ("fr,en\nlac\0,lake", "neither TBX nor CSV"),
        ("<html></html>", "neither TBX nor CSV"),
        ("<tbx", "cannot be read"),
        ("<tbx>" + "<a>" * 5000, "cannot be read"),
        ('fr,en\n"lac', "cannot be read"),
        ("fr,en\n" + "a" * 200_000, "cannot be read"),
        ("Bonjour", "No column of the file"),
        ("\nfr,en\n", "No column of the file"),
        ("name,it\nlac,lago", "No column of the file"),
        (BOMB, "declares entities"),
        (OUTSIDE, "declares entities"),
        (PARAMETER, "declares entities"),
        ("<tbx>" + "<termEntry/>" * 20_001 + "</tbx>", "more than 20,000 texts"),
        ("fr\n" * 20_001, "more than 20,000 texts"),
        (" " * 10_000_001, "larger than 10 MB"),
    ],
    ids=lambda each: each[:20] if isinstance(each, str) else "bytes",
)
def test_a_file_that_is_none_is_refused_in_words(journal, translator, data, reason):
    response = upload(translator, data)
    assert (response.status_code, reason in text_of(response)) == (200, True), text_of(response)
    assert not Concept.objects.exists()


@pytest.mark.parametrize(
    "content",
    ["no base64", base64.b64encode(zlib.compress(BOMB.encode())).decode()],
    ids=["no base64", "bomb"],
)
def test_a_posted_file_that_was_changed_is_refused(journal, translator, content):
    response = translator.post(IMPORT, {"content": content}, follow=True)
    assert response.status_code == 200
    assert response.context["messages"]
    assert not Concept.objects.exists()


def test_markup_in_a_file_is_text(journal, translator):
    report = upload(translator, "fr,en\n<b>lac</b>,<script>\n")
    assert "&lt;b&gt;lac&lt;/b&gt;" in report.content.decode()
    take(translator, "fr,en\n<b>lac</b>,<script>\n")
    assert "<script>" in [each.text for each in Concept.objects.get().terms.all()]
