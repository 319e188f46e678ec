"""The demo journal in a database: what is there, and what a second run leaves alone."""

import io
import json
from datetime import timedelta
from functools import cache

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import GroupApprovalTask, Page, Site

from diptych.articles.interface_texts.validation import PLACEHOLDERS
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.publication.readiness.grading import grade
from diptych.articles.languages.publication.rebuilding import outdated_pages
from diptych.articles.models import ArticlePage, AuthorPage, HomePage, JournalSettings, TopicPage
from diptych.articles.transfer.markdown import front_matter
from operations.demo.loader import JOURNAL
from operations.demo.plan import read_plan
from tests.contracts.reading import Reading, interface, pattern_of

pytestmark = [pytest.mark.django_db, pytest.mark.demo]

PORT = 8765
#: So many characters have labels and buttons, and no sentence.
SHORT = 40
LANGUAGES = ("fr", "en")


def run(*arguments):
    """The command without its server; returns what it says."""
    said = io.StringIO()
    with override_settings(DEBUG=True):
        call_command("demo", *arguments, "--no-serve", stdout=said)
    return said.getvalue()


def everything():
    """All that an editor can change, to be compared."""
    pages = [page.specific.serializable_data() for page in Page.objects.order_by("path")]
    images = list(get_image_model().objects.order_by("pk").values())
    return pages, images, list(JournalSettings.objects.values())


def live_in(*languages):
    return [page for page in ArticlePage.objects.all() if set(page.live_languages) == {*languages}]


def test_articles_are_live_where_they_are_meant_to_be(demo):
    assert len(live_in("fr", "en")) >= 12
    assert {page.slug for page in live_in("en")} == {"the-tram-is-an-excellent-school-of-french"}
    assert {page.slug for page in live_in("fr")} == {
        "lettre-ouverte-a-la-cafeteria",
        "trois-soirs-les-pieds-dans-l-eau",
        "les-barrages-batterie-des-alpes",
    }
    assert AuthorPage.objects.live().count() == 6
    assert TopicPage.objects.live().count() == 5


def test_nothing_in_it_is_asked_about(demo):
    pages = [page for page in Page.objects.live().specific() if hasattr(page, "live_languages")]
    gradings = [grade(page, language) for page in pages for language in page.live_languages]

    assert len(gradings) > 60
    assert [str(place) for grading in gradings for place in grading.places] == []


def test_everything_else_is_live_in_both_languages(demo):
    others = Page.objects.filter(depth__gt=1).not_exact_type(ArticlePage).specific()

    assert {type(page).__name__ for page in others} == {
        "HomePage",
        "ArticleIndexPage",
        "TopicIndexPage",
        "TopicPage",
        "AuthorIndexPage",
        "AuthorPage",
        "PrintIssueIndexPage",
        "PrintIssuePage",
        "SeriesPage",
        "StandardPage",
    }
    assert all(page.live_languages == ["fr", "en"] for page in others)


def test_draft_stands_in_the_latest_revision_only(demo):
    dams = ArticlePage.objects.get(slug="les-barrages-batterie-des-alpes")
    draft = dams.get_latest_revision_as_object()

    assert dams.has_unpublished_changes
    assert (dams.headline_en, bool(dams.body_en), dams.lead_en) == (None, False, None)
    assert draft.headline_en and draft.body_en and not draft.publication_problems("en")
    assert [(row.language, row.state) for row in dams.languages.order_by("language")] == [
        ("en", "draft"),
        ("fr", "live"),
    ]


def test_languages_do_not_stand_in_for_each_other(demo):
    for page in live_in("fr"):
        assert not page.headline_en and not page.body_en and not page.url_slug_en
    for page in live_in("fr", "en"):
        assert page.headline_fr != page.headline_en
        assert page.url_slug_fr != page.url_slug_en
        assert not any(page.publication_problems(language) for language in LANGUAGES)


def test_blocks_of_both_languages_are_the_same_ones(demo):
    for page in live_in("fr", "en"):
        assert [block.id for block in page.body_fr] == [block.id for block in page.body_en]


def test_past_of_the_articles(demo):
    """Each was really published: with revisions, at the dates of its files."""
    now = timezone.now()
    for page in ArticlePage.objects.all():
        dates = [page.text_in("first_public_at", code) for code in page.live_languages]
        assert now - timedelta(days=200) < min(dates) == page.first_published_at
        assert max(dates) < now - timedelta(days=2)
        assert page.revisions.count() >= 2 * len(page.live_languages)
        assert page.latest_revision.created_at == page.latest_revision_created_at
        assert not page.revisions.filter(created_at__gt=now - timedelta(days=1)).exists()
        assert {page.source_language} == {
            code
            for code in page.live_languages
            if page.text_in("first_public_at", code) == min(dates)
        }
    shown = {page.slug: page for page in ArticlePage.objects.all()}
    bank = shown["pourquoi-les-banques-centrales-sont-independantes"]
    assert bank.updated_at_fr > bank.first_public_at_en
    assert bank.updated_at_en is None
    assert "note" in [block.block_type for block in bank.body_en]


def test_updates_add_something(demo):
    page = ArticlePage.objects.get(slug="le-paquet-maigrit")
    versions = [each.as_object() for each in page.revisions.order_by("pk")]
    kinds = [[block.block_type for block in version.body_fr] for version in versions]

    assert "note" not in kinds[0] and "note" in kinds[-1]


def test_every_address_is_right(demo):
    assert outdated_pages() == []
    assert Site.objects.get().root_url == f"http://127.0.0.1:{PORT}"
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_each_kind_of_page_answers_in_its_language(demo, client):
    rows = PageLanguage.objects.filter(live=True).select_related("page").order_by("-page__path")
    one_of_each = {(row.page.specific_class, row.language): row for row in rows}

    assert len(one_of_each) == 22
    for row in one_of_each.values():
        url = row.page.specific.url_in(row.language)
        answer = client.get(url, headers={"host": "127.0.0.1"})
        assert (url, answer.status_code) == (url, 200)
        assert f'<html lang="{row.language}"' in answer.content.decode()


def test_home_page_and_settings_speak_both_languages(demo):
    home = HomePage.objects.get()
    settings = JournalSettings.for_site(Site.objects.get())

    assert (home.headline_fr, home.headline_en, home.show_in_menus) == ("Accueil", "Home", False)
    assert home.lead_article.specific in live_in("fr", "en")
    assert (settings.name_fr, settings.name_en) == ("Passerelle", "Passerelle")
    assert settings.tagline_fr == "Le journal étudiant en deux langues"
    assert settings.tagline_en == "The student journal in two languages"
    assert len(settings.social_links) == 2


def test_images_say_what_they_show(demo):
    images = get_image_model().objects.all()

    assert images.count() == 28
    for image in images:
        assert image.alt_fr and image.alt_en and image.credit and image.licence
        assert image.has_focal_point() and image.file_hash and image.renditions.exists()


def test_logins_may_do_their_work_and_no_more(demo, client):
    users = {user.username: user for user in get_user_model().objects.all()}
    page = live_in("fr", "en")[0]
    may = {name: page.permissions_for_user(user) for name, user in users.items()}

    assert {name: each.can_publish() for name, each in may.items()} == {
        "chief": True,
        "editor": True,
        "translator": False,
    }
    assert may["translator"].can_edit() and may["translator"].can_submit_for_moderation()
    approvers = GroupApprovalTask.objects.get().groups
    assert approvers.filter(user=users["editor"]).exists()
    assert not approvers.filter(user=users["translator"]).exists()
    languages = {name: user.wagtail_userprofile.preferred_language for name, user in users.items()}
    assert languages == {"chief": "fr", "editor": "fr", "translator": "en"}
    client.force_login(users["translator"])
    assert client.get("/admin/images/add/").status_code == 200


def files_below(folder):
    paths = [each for each in folder.rglob("*") if each.is_file()]
    return {each.relative_to(folder).as_posix(): each for each in paths}


def said_by_file(path, as_of):
    """What a file of the folder says, its dates as days before ``as_of``."""
    if path.suffix != ".md":
        return path.read_bytes()
    said, body, _line = front_matter.split(path.read_text(encoding="utf-8"))
    for name in {"date", "lastmod"} & said.keys():
        said[name] = (as_of - timezone.localdate(said[name])).days
    for correction in said.get("corrections", ()):
        correction["value"]["date"] = (as_of - correction["value"]["date"]).days
    return said, body


def test_export_of_the_journal_is_its_folder(demo, tmp_path):
    """So nothing in the folder is unused, and all of it is in the journal."""
    call_command("export_markdown", str(tmp_path), drafts=True, stdout=io.StringIO())

    written, known = files_below(tmp_path), files_below(JOURNAL)
    assert {name for name in written if not name.startswith(".export/")} == known.keys()
    for name, path in known.items():
        expected = said_by_file(path, read_plan().as_of)
        assert said_by_file(written[name], timezone.localdate()) == expected, name


def test_importing_the_folder_again_changes_nothing(demo, tmp_path):
    before = everything()
    report = tmp_path / "report.json"

    call_command("import_markdown", str(JOURNAL), report=str(report), stdout=io.StringIO())

    said = json.loads(report.read_text())
    assert said["counts"]["unchanged"] == len(said["items"]) > 80
    assert everything() == before


def test_second_run_changes_nothing(demo, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "lac-et-tram")
    page = live_in("fr", "en")[0]
    page.headline_fr = "Récrit par la rédaction"
    page.save_revision().publish()
    before = everything()

    Site.objects.update(hostname="localhost")

    said = run("8766")

    assert everything() == before
    assert Site.objects.get().root_url == "http://127.0.0.1:8766"
    assert "lac-et-tram" in said and "http://127.0.0.1:8766/admin/" in said
    assert all(user.check_password("lac-et-tram") for user in get_user_model().objects.all())


def test_password_is_made_up_when_none_is_given(demo, monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    words = run().split()

    assert (
        get_user_model()
        .objects.get(username="chief")
        .check_password(words[words.index("password") + 1])
    )


def said_by(language):
    """What the interface says in ``language`` alone, to be looked for in what a page says.

    A phrase is looked for anywhere; a word or two, which the authors use too, as all that is said
    in one place, which is short then.
    """
    other = "en" if language == "fr" else "fr"
    for text in interface(language) - interface(other):
        pattern = pattern_of(text)
        fixed = PLACEHOLDERS.sub("", text)
        if len(fixed.split()) == 1 and fixed != text:
            # One word between two others, as in "10:00 on 3 May", is found in any sentence.
            continue
        is_phrase = len(fixed.split()) > 2
        yield is_phrase, pattern.search if is_phrase else pattern.fullmatch


@pytest.mark.parametrize(("language", "foreign"), [("en", "fr"), ("fr", "en")])
def test_no_page_speaks_the_other_language(demo, client, language, foreign):
    patterns = list(said_by(foreign))

    @cache
    def is_foreign(text):
        return any(
            (is_phrase or len(text) < SHORT) and stands_in(text)
            for is_phrase, stands_in in patterns
        )

    rows = PageLanguage.objects.visible_in(language).select_related("page")
    pages = [row.page.specific for row in rows]
    found = {}
    for address in [*(page.url_in(language) for page in pages), f"/{language}/search/?q=a"]:
        reading = Reading(client.get(address).content.decode())
        assert reading.language == language, address
        told = {text.strip(" :…") for text in reading.words}
        strangers = list(filter(is_foreign, told))
        if strangers:
            found[address] = strangers
    assert len(pages) > 20
    assert found == {}
