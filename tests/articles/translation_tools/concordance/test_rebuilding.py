"""The projection is made anew by a command, which goes on where it was broken off."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

from diptych.articles.translation_tools.concordance.inverted_index import inverted_index
from diptych.articles.translation_tools.concordance.models import AlignedText, PendingPage
from diptych.articles.translation_tools.concordance.updating import rebuild
from tests.articles.side_by_side.screen import translated, write_draft


def rebuild_concordance(*arguments):
    said = StringIO()
    with translation.override("en"):
        call_command("rebuild_concordance", *arguments, stdout=said, stderr=StringIO())
    return dict(line.split(": ") for line in said.getvalue().splitlines())


def stored():
    return set(AlignedText.objects.values_list("pk", "group", "language", "text", "is_published"))


def indexed():
    """How many texts have the stem of a lake."""
    return inverted_index().counts("stems", ["fr0lac"], 100)


@pytest.fixture
def pages(journal):
    return [translated(journal, f"The lake {number}") for number in range(3)]


def test_rebuilt_twice_without_a_change(pages):
    AlignedText.objects.all().delete()
    assert indexed() == [0]
    first = rebuild_concordance()
    assert int(first["Texts written"]) == int(first["Texts in the concordance"]) > 20
    before, count = stored(), indexed()
    assert count == [9]
    second = rebuild_concordance()
    assert second == {**first, "Texts written": "0"}
    assert (stored(), indexed()) == (before, count)


def test_what_is_wrong_is_put_right(pages):
    rebuild_concordance()
    before = {each[1:] for each in stored()}
    AlignedText.objects.filter(language="en").update(text="Wrong", is_published=False)
    AlignedText.objects.filter(language="fr").first().delete()
    rebuild_concordance()
    assert {each[1:] for each in stored()} == before
    assert indexed() == [9]


def test_a_rebuild_goes_on_where_it_was_broken_off(pages):
    rebuild_concordance()
    waiting = PendingPage.objects.filter(of_rebuild=True)
    PendingPage.objects.mark([each.pk for each in pages], of_rebuild=True)
    for _one in zip(range(1), rebuild(), strict=False):
        pass
    assert waiting.count() == 2
    assert rebuild_concordance()["Pages read"] == "2"
    assert not waiting.exists()


def test_a_rebuild_from_the_start(pages):
    rebuild_concordance()
    PendingPage.objects.mark([pages[0].pk], of_rebuild=True)
    assert int(rebuild_concordance("--from-start")["Pages read"]) > 3


def test_nothing_is_hidden_while_it_is_rebuilt(pages):
    rebuild_concordance()
    write_draft(pages[0], headline_en="Another lake")
    assert not PendingPage.objects.filter(is_stale=True).exists()
