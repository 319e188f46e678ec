"""The concordance as a TMX file: what is in it, and for whom."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from lxml import etree

from diptych.articles.translation_tools.concordance.models import PendingPage
from diptych.articles.translation_tools.concordance.updating import work_off
from tests.articles.side_by_side.screen import body, change_source, make_member, translated
from tests.factories import write_draft

URL = "/admin/diptych/concordance/export/"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def article(journal):
    english = body(("a", "A lake &amp; &lt;b&gt;."), ("b", "Two banks."), ("c", "Three bridges."))
    page = translated(journal, body_en=english)
    work_off(PendingPage.objects.all())
    return page


def pairs(data, first="fr", second="en"):
    """The texts of the units of a file, as the format has them."""
    root = etree.fromstring(data)
    assert (root.tag, root.get("version")) == ("tmx", "1.4")
    header = root.find("header")
    assert header.get("srclang") == first and header.get("segtype") == "paragraph"
    found = []
    for unit in root.findall("body/tu"):
        variants = {each.get(LANGUAGE): each.findtext("seg") for each in unit.findall("tuv")}
        assert list(variants) == [first, second]
        found.append((variants[first], variants[second]))
    return found


def download(client, source="fr", target="en"):
    response = client.post(URL, {"source": source, "target": target})
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_what_is_translated_in_both_directions(article, translator):
    found = pairs(download(translator))
    assert ("Deux rives.", "Two banks.") in found
    assert ("Un lac.", "A lake & <b>.") in found
    assert len(found) == len(set(found))
    back = pairs(download(translator, "en", "fr"), "en", "fr")
    assert sorted((one, other) for other, one in back) == sorted(found)


def test_what_is_out_of_date_is_left_out(article, translator):
    change_source(article, ("a", "Un lac."), ("b", "Deux rives vertes."), ("c", "Trois ponts."))
    work_off(PendingPage.objects.all())
    found = dict(pairs(download(translator)))
    assert "Deux rives vertes." not in found and found["Deux rives."] == "Two banks."


def test_drafts_are_for_those_who_edit_their_language(article, journal, client, translator):
    write_draft(article, body_en=body(("a", "A lake."), ("b", "Two secret shores.")))
    work_off(PendingPage.objects.all())
    assert b"secret" in download(translator)
    client.force_login(make_member(journal, "edit_fr"))
    data = download(client)
    assert b"secret" not in data and b"Two banks." in data


def test_the_same_language_twice_is_refused(article, translator):
    response = translator.post(URL, {"source": "fr", "target": "fr"})
    assert "The source and the target are the same language." in response.content.decode()
    assert (
        "is not one of" in translator.post(URL, {"source": "xx", "target": "en"}).content.decode()
    )


def test_who_does_not_translate_downloads_nothing(article, journal, client):
    client.force_login(make_member(journal))
    assert client.get(URL).status_code == client.post(URL).status_code == 302


def test_the_list_of_the_glossary_leads_to_it(db, translator):
    assert URL in translator.get("/admin/diptych/glossary/").content.decode()
    assert "Download as TMX" in translator.get(URL).content.decode()


def command(path, **options):
    said = StringIO()
    with translation.override("en"):
        call_command("export_memory", str(path), stdout=said, **options)
    return said.getvalue()


def test_the_command_writes_all_pairs(article, tmp_path):
    said = command(tmp_path / "site.tmx", source="fr", target="en")
    found = pairs((tmp_path / "site.tmx").read_bytes())
    assert ("Deux rives.", "Two banks.") in found
    assert said == f"Pairs of passages written: {len(found)}\n"


@pytest.mark.parametrize("target", ["fr", "xx"])
def test_the_command_refuses_other_languages(db, tmp_path, target):
    with pytest.raises(CommandError):
        command(tmp_path / "site.tmx", source="fr", target=target)
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_is_said(db, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        command(tmp_path, source="fr", target="en")
