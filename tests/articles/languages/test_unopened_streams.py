"""A stream of blocks in a tab that nobody has opened is not posted, and stays as it is stored."""

import pytest
from django.urls import reverse
from wagtail.models import Comment

from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import PUBLISH_FRENCH, draft_of, revert
from tests.articles.languages.windows import Window
from tests.factories import make_article, write_draft

LATE = 'data-controller="diptych-late-stream"'


def unopened(window, *languages):
    """The form of a browser in which no tab of ``languages`` was opened."""
    names = tuple(f"{stream}_{code}-" for code in languages for stream in ("body", "corrections"))
    window.form = {name: value for name, value in window.form.items() if not name.startswith(names)}
    return window


def body(page, language):
    return [block.value.source for block in getattr(draft_of(page), f"body_{language}")]


@pytest.mark.parametrize("press", [None, PUBLISH_FRENCH])
def test_what_is_not_posted_stays(elephant, ana, press):
    before = body(elephant, "en")
    assert before
    answer = unopened(ana, "en").write_body("fr", "Girafe").post(press)
    assert answer.status_code == 302
    assert body(elephant, "en") == before
    assert "Girafe" in body(elephant, "fr")[0]


def test_without_scripts_the_form_can_be_posted(elephant, ana):
    before = body(elephant, "fr"), body(elephant, "en")
    assert unopened(ana, "fr", "en").write(lead_fr="Girafe").post().status_code == 302
    assert (body(elephant, "fr"), body(elephant, "en")) == before
    assert draft_of(elephant).lead_fr == "Girafe"


def test_what_others_have_written_meanwhile_stays_and_is_reported(elephant, ana, ben):
    assert ben.write_body("en", "Giraffe").autosave()["success"]
    answer = unopened(ana, "en").write(lead_fr="Girafe").autosave()
    assert answer["success"]
    assert "Ben" in answer["html"]
    assert "Giraffe" in body(elephant, "en")[0]


def test_it_is_no_base_for_a_text_that_was_not_shown(elephant, ana, ben):
    old = dict(ana.form)
    assert ben.write_body("en", "Giraffe").autosave()["success"]
    assert unopened(ana, "en").write(lead_fr="Girafe").autosave()["success"]
    ana.form = {**old, **ana.form}
    answer = ana.write_body("en", "Zebra").autosave()
    assert not answer["success"]
    assert "Giraffe" in body(elephant, "en")[0]


def test_a_form_that_comes_back_shows_what_is_stored_now(elephant, ana, ben):
    assert ben.write_body("en", "Giraffe").write(lead_fr="Ben.").autosave()["success"]
    unopened(ana, "en").write(lead_fr="Ana.").save()
    assert LATE not in ana.html
    ana.write_body("en", "Zebra").write(lead_fr="Ben.")
    assert ana.post().status_code == 302
    assert "Zebra" in body(elephant, "en")[0]


def test_it_is_previewed_as_it_is_stored(elephant, ana):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=(elephant.pk,))
    form = unopened(ana, "en").write(headline_en="Giraffe").form
    assert ana.client.post(address, form).json()["is_valid"]
    html = ana.client.get(f"{address}?mode=en").content.decode()
    text = ArticlePage.objects.get(pk=elephant.pk).body_en[0].value.source
    assert "Giraffe" in html
    assert text.removeprefix("<p>").removesuffix("</p>") in html


def test_an_old_version_keeps_its_own(elephant, ana):
    old = elephant.save_revision()
    write_draft(elephant, body_en=[])
    form = unopened(ana, "en").write(headline_fr="Girafe").form
    form = {name: form[name] for name in form if not name.startswith("loaded_")}
    assert revert(ana.client, elephant, old, form).status_code == 302
    assert body(elephant, "en")


def screen(window, name="edit", *args):
    address = reverse(f"wagtailadmin_pages:{name}", args=(window.page.pk, *args))
    return window.client.get(address).content.decode()


def test_only_what_is_kept_waits(elephant, ana):
    assert screen(ana).count(LATE) == 4
    revision = elephant.save_revision()
    assert LATE not in screen(ana, "revisions_revert", revision.pk)


def test_a_stream_with_comments_does_not_wait(elephant, ana):
    path = f"body_en.{elephant.body_en[0].id}"
    Comment.objects.create(page=elephant, user=ana.user, text="Why?", contentpath=path)
    assert screen(ana).count(LATE) == 3


def test_a_new_article_does_not_wait(journal, ana):
    address = reverse(
        "wagtailadmin_pages:add", args=("diptych", "articlepage", journal.articles.pk)
    )
    assert LATE not in ana.client.get(address).content.decode()


def test_half_a_stream_is_refused(elephant, ana):
    del ana.form["body_en-count"]
    assert ana.post().status_code == 400
    assert body(elephant, "en")


def test_an_article_in_one_language_is_kept_too(journal):
    article = make_article(journal, live_in=["fr"])
    window = unopened(Window(article), "en").write(lead_fr="Girafe")
    assert window.post().status_code == 302
    assert body(article, "fr")


def emptied(window, language):
    """The form of a browser in which every block of that body was deleted."""
    name = f"body_{language}-"
    window.form = {key: value for key, value in window.form.items() if not key.startswith(name)}
    window.form[f"{name}count"] = "0"
    return window


def test_a_stream_whose_blocks_were_all_deleted_is_empty(elephant, ana):
    assert emptied(ana, "en").autosave()["success"]
    assert not body(elephant, "en") and body(elephant, "fr")


def test_what_others_have_emptied_stays_empty(elephant, ana, ben):
    assert emptied(ben, "en").autosave()["success"]
    assert unopened(ana, "en").write(lead_fr="Girafe").autosave()["success"]
    assert not body(elephant, "en")
    assert unopened(ana, "en").write(lead_fr="Zèbre").post().status_code == 302
    assert not body(elephant, "en") and draft_of(elephant).lead_fr == "Zèbre"


def test_emptying_what_others_have_changed_is_a_conflict(elephant, ana, ben):
    assert ben.write_body("en", "Giraffe").autosave()["success"]
    assert unopened(ana, "en").write(lead_fr="Girafe").autosave()["success"]
    assert not emptied(ana, "en").autosave()["success"]
    assert "Giraffe" in body(elephant, "en")[0]
