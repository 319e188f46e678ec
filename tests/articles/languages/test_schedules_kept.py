"""Dates of a language beside all else that happens to a page until they come."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.core.management import call_command, get_commands
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import override
from wagtail.models import Page, PageLogEntry

from articles.languages.schedules.keeping import set_date
from articles.languages.schedules.models import LanguageSchedule
from articles.models import ArticlePage
from tests.articles.admin.html import soup, text_of
from tests.articles.languages.editor import draft_of, live_in
from tests.factories import (
    make_article,
    make_author,
    make_image,
    make_user,
    publish_draft,
    write_draft,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(db):
    return make_user("admin")


@pytest.fixture
def article(journal):
    """Live in both languages, with newer drafts of both."""
    article = make_article(journal)
    write_draft(article, headline_fr="Scheduled fr", headline_en="Half writ")
    return article


def schedule(page, language, act, user, days=3, newest=False):
    page = type(page).objects.get(pk=page.pk)
    return set_date(page, language, act, timezone.now() + timedelta(days=days), user, newest)


def let_days_pass(number=10):
    for each in LanguageSchedule.objects.all():
        each.due_at -= timedelta(days=number)
        each.save()


def run(capsys, *arguments):
    with override("en"):
        call_command("publish_scheduled", *arguments)
    out, err = capsys.readouterr()
    return out + err


def public(page):
    return ArticlePage.objects.get(pk=page.pk)


def logged(page, action):
    return PageLogEntry.objects.filter(page=page, action=f"diptych.{action}")


# What else happens until the date


def test_every_draft_goes_on_as_it_was(article, chief, capsys):
    schedule(article, "fr", "publish", chief)
    write_draft(article, headline_fr="Newer fr", lead_en="Newer lead.")
    before = draft_of(article)
    let_days_pass()
    run(capsys)
    assert (public(article).headline_fr, public(article).headline_en) == (
        "Scheduled fr",
        "The lake freezes",
    )
    after = draft_of(article)
    for name in ("headline_fr", "headline_en", "lead_fr", "lead_en", "body_fr", "body_en"):
        assert str(getattr(after, name)) == str(getattr(before, name))
    assert PageLogEntry.objects.filter(page=article, action="wagtail.publish.scheduled").exists()


def test_english_published_in_between_stays_public(article, chief, capsys):
    schedule(article, "fr", "publish", chief)
    write_draft(article, headline_en="Done")
    public(article).publish_languages(["en"], user=chief)
    assert LanguageSchedule.objects.filter(language="fr").exists()
    let_days_pass()
    run(capsys)
    assert (public(article).headline_fr, public(article).headline_en) == ("Scheduled fr", "Done")


def test_publishing_the_language_by_hand_calls_its_date_off(article, chief, capsys):
    schedule(article, "fr", "publish", chief)
    schedule(article, "fr", "withdraw", chief, days=9)
    write_draft(article, headline_fr="By hand")
    public(article).publish_languages(["fr"], user=chief)
    assert [each.act for each in LanguageSchedule.objects.all()] == ["withdraw"]
    assert logged(article, "call_off_schedule").get().data["language"] == "fr"
    run(capsys)
    assert public(article).headline_fr == "By hand"


def test_taking_the_language_offline_calls_its_dates_off(article, chief):
    schedule(article, "fr", "publish", chief)
    schedule(article, "fr", "withdraw", chief, days=9)
    schedule(article, "en", "withdraw", chief)
    public(article).withdraw_language("fr", user=chief)
    assert [each.language for each in LanguageSchedule.objects.all()] == ["en"]


def test_unpublishing_the_page_calls_off_the_dates_of_what_was_live(journal, chief):
    article = make_article(journal, live_in=("fr",))
    schedule(article, "fr", "withdraw", chief)
    schedule(article, "en", "publish", chief)
    public(article).unpublish(user=chief)
    assert [each.language for each in LanguageSchedule.objects.all()] == ["en"]


def test_one_language_leaves_while_the_other_is_still_to_come(journal, chief, capsys):
    """French until its date, English from a later one: the page is offline in between."""
    article = make_article(journal, live_in=("fr",))
    schedule(article, "fr", "withdraw", chief, days=2)
    schedule(article, "en", "publish", chief, days=6)
    let_days_pass(3)
    run(capsys)
    assert live_in(article) == []
    let_days_pass(4)
    run(capsys)
    assert live_in(article) == ["en"]


def test_a_picture_changed_with_the_draft_is_published_with_it(article, chief, capsys):
    write_draft(article, hero_image=make_image())
    schedule(article, "fr", "publish", chief)
    picture = draft_of(article).hero_image
    write_draft(article, hero_image=None)
    let_days_pass()
    run(capsys)
    assert public(article).hero_image == picture
    assert draft_of(article).hero_image is None


def test_a_picture_published_in_between_is_not_taken_back(article, chief, capsys):
    schedule(article, "fr", "publish", chief)
    picture = make_image()
    write_draft(article, hero_image=picture)
    public(article).publish_languages(["en"], user=chief)
    let_days_pass()
    run(capsys)
    assert public(article).hero_image == picture
    assert public(article).headline_fr == "Scheduled fr"


def test_authors_published_in_between_stay(journal, chief, capsys):
    article = make_article(journal, authors=[make_author(journal)])
    write_draft(article, headline_fr="Scheduled fr")
    schedule(article, "fr", "publish", chief)
    draft = draft_of(article)
    draft.authors = []
    draft.save_revision()
    public(article).publish_languages(["en"], user=chief)
    let_days_pass()
    run(capsys)
    assert not public(article).authors.exists()
    assert public(article).headline_fr == "Scheduled fr"


def test_the_date_of_the_whole_page_goes_on_waiting(journal, chief, capsys):
    """And does not bring back what French said before its own date came."""
    article = make_article(journal)
    write_draft(article, headline_fr="Scheduled fr")
    schedule(article, "fr", "publish", chief)
    draft = public(article)
    draft.headline_en = "At the date of the page"
    draft.go_live_at = timezone.now() + timedelta(days=5)
    draft.save_revision().publish()
    waiting = public(article).revisions.get(approved_go_live_at__isnull=False)
    let_days_pass()
    run(capsys)
    assert public(article).headline_fr == "Scheduled fr"
    assert public(article).headline_en == "The lake freezes"
    waiting.refresh_from_db()
    assert waiting.approved_go_live_at is not None
    past = timezone.now() - timedelta(minutes=1)
    waiting.content["go_live_at"] = past.isoformat()
    waiting.approved_go_live_at = past
    waiting.save()
    run(capsys)
    assert public(article).headline_fr == "Scheduled fr"
    assert public(article).headline_en == "At the date of the page"


def test_wagtails_own_expiry_keeps_working(article, capsys):
    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now() - timedelta(hours=1))
    run(capsys)
    assert live_in(article) == []


# What goes wrong


def test_a_refusal_is_told_kept_and_logged_once(article, chief, capsys, admin):
    schedule(article, "fr", "publish", chief)
    row = LanguageSchedule.objects.get()
    row.content["lead_fr"] = ""
    row.save()
    let_days_pass()
    for _time in range(3):
        assert "The lead is missing." in run(capsys)
    assert LanguageSchedule.objects.get().is_overdue
    assert logged(article, "refuse_schedule").count() == 1
    screen = reverse("diptych_schedule", args=(article.pk, "fr"))
    assert "and has not been. The lead is missing." in text_of(soup(admin.get(screen)))
    editor = reverse("wagtailadmin_pages:edit", args=(article.pk,))
    panel = soup(admin.get(editor)).select_one("#language-state-fr")
    assert "and has not been." in text_of(panel)


def test_an_unexpected_failure_undoes_all_of_it_and_stops_nobody(
    article, journal, chief, capsys, refusing
):
    schedule(article, "fr", "publish", chief)
    schedule(article, "en", "withdraw", chief)
    let_days_pass()
    count = article.revisions.count()
    with refusing():
        printed = run(capsys)
    assert "Refused" in printed
    assert public(article).headline_fr == "Le lac gèle"
    assert article.revisions.count() == count
    assert LanguageSchedule.objects.get().language == "fr"
    run(capsys)
    assert public(article).headline_fr == "Scheduled fr"


def test_a_page_that_was_deleted_takes_its_dates_with_it(article, chief, capsys):
    schedule(article, "fr", "publish", chief)
    Page.objects.get(pk=article.pk).delete()
    assert not LanguageSchedule.objects.exists()
    run(capsys)


def test_a_purge_of_revisions_takes_nothing_away(article, chief, capsys):
    schedule(article, "fr", "publish", chief)
    write_draft(article, headline_fr="Newer")
    article.revisions.exclude(pk=article.latest_revision_id).exclude(
        pk=article.live_revision_id
    ).delete()
    let_days_pass()
    run(capsys)
    assert public(article).headline_fr == "Scheduled fr"


def test_a_picture_deleted_since_is_left_out(article, chief, capsys):
    picture = make_image()
    write_draft(article, hero_image=picture)
    schedule(article, "fr", "publish", chief)
    picture.delete()
    let_days_pass()
    run(capsys)
    assert public(article).headline_fr == "Scheduled fr"
    assert public(article).hero_image is None


def test_taking_offline_what_is_not_live_is_told_and_done(journal, chief, capsys):
    article = make_article(journal, live_in=("fr",))
    schedule(article, "en", "withdraw", chief)
    let_days_pass()
    assert "It was not live." in run(capsys)
    assert not LanguageSchedule.objects.exists()


# Who, and where it is seen


def test_a_right_lost_later_does_not_matter(article, capsys):
    user = make_user("moderator")
    schedule(article, "fr", "publish", user)
    user.is_active = False
    user.save()
    let_days_pass()
    run(capsys)
    assert public(article).headline_fr == "Scheduled fr"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_dates_are_set_in_ones_own_languages_only(client, article, language):
    user = make_user("moderator")
    permissions = user.groups.get().permissions
    permissions.remove(permissions.get(codename="publish_en"))
    client.force_login(user)
    moment = localtime(timezone.now() + timedelta(days=2))
    address = reverse("diptych_schedule", args=(article.pk, language))
    client.post(address, {"publish_at": f"{moment:%Y-%m-%d %H:%M}"})
    assert LanguageSchedule.objects.exists() == (language == "fr")
    panels = soup(client.get(reverse("wagtailadmin_pages:edit", args=(article.pk,))))
    link = panels.select_one(f'#language-state-{language} a[href="{address}"]')
    assert (link is not None) == (language == "fr")


def test_a_locked_page_keeps_its_dates(admin, article, chief):
    schedule(article, "fr", "publish", chief)
    ArticlePage.objects.filter(pk=article.pk).update(locked=True, locked_by=chief)
    address = reverse("diptych_schedule", args=(article.pk, "fr"))
    answer = admin.post(address, {"call-off": "1"}, follow=True)
    assert "The page is locked: its dates cannot be changed now." in text_of(soup(answer))
    assert LanguageSchedule.objects.exists()


def test_calling_off_drops_both_dates(admin, article, chief):
    schedule(article, "fr", "publish", chief)
    schedule(article, "fr", "withdraw", chief, days=9)
    address = reverse("diptych_schedule", args=(article.pk, "fr"))
    assert "French has no dates any more." in text_of(
        soup(admin.post(address, {"call-off": "1"}, follow=True))
    )
    assert not LanguageSchedule.objects.exists()


def test_an_alias_has_no_dates_of_its_own(admin, article):
    alias = public(article).create_alias(update_slug="alias")
    address = reverse("diptych_schedule", args=(alias.pk, "fr"))
    assert admin.get(address, follow=True).status_code == 404


def test_lists_and_exports_say_what_is_to_come(admin, article, journal, chief):
    schedule(article, "fr", "publish", chief)
    moment = localtime(LanguageSchedule.objects.get().due_at)
    words = f"Live on {moment.day} {moment:%B %Y} at {moment:%H:%M}"
    explorer = reverse("wagtailadmin_explore", args=(journal.articles.pk,))
    assert words in text_of(soup(admin.get(explorer)))
    assert words in text_of(soup(admin.get(reverse("diptych_articles:index"))))
    export = admin.get(reverse("diptych_articles:index"), {"export": "csv"})
    assert words in export.getvalue().decode()


def test_the_newest_text_is_compared_with_the_one_that_waits(admin, article, chief):
    schedule(article, "fr", "publish", chief)
    write_draft(article, headline_fr="Rewritten")
    page = soup(admin.get(reverse("diptych_schedule", args=(article.pk, "fr"))))
    assert [text_of(each) for each in page.select("ins")] == ["Added: Rewritten"]


def test_the_whole_page_must_not_go_offline_before(admin, article):
    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now() + timedelta(days=1))
    moment = localtime(timezone.now() + timedelta(days=2))
    address = reverse("diptych_schedule", args=(article.pk, "fr"))
    answer = admin.post(address, {"publish_at": f"{moment:%Y-%m-%d %H:%M}"})
    assert "The whole page goes offline before that." in text_of(soup(answer))


def test_first_and_last_published_are_said(admin, article):
    days = [timezone.make_aware(timezone.datetime(2026, 11, day, 9)) for day in (3, 5)]
    dates = {"first_public_at_en": days[0], "last_public_at_en": days[1]}
    ArticlePage.objects.filter(pk=article.pk).update(**dates)
    address = reverse("wagtailadmin_pages:edit", args=(article.pk,))

    def said():
        return text_of(soup(admin.get(address)).select_one("#language-state-en"))

    assert "Live since 3 November 2026." in said()
    assert "Last published on 5 November 2026 at 09:00." in said()
    public(article).withdraw_language("en")
    assert "First published on 3 November 2026 at 09:00, last on 5 November 2026" in said()


# The command itself


@pytest.fixture
def wagtail_first(monkeypatch):
    """The applications with Wagtail's before the plugin, as some host might list them."""
    in_order = sorted(apps.app_configs.items(), key=lambda pair: pair[0] != "wagtailcore")
    monkeypatch.setattr(apps, "app_configs", dict(in_order))
    get_commands.cache_clear()
    yield
    monkeypatch.undo()
    get_commands.cache_clear()


def test_the_order_of_the_applications_is_right_here():
    assert "diptych.W003" not in {each.id for each in run_checks()}


def test_the_check_names_a_command_that_overlooks_them(wagtail_first):
    assert "diptych.W003" in {each.id for each in run_checks()}


def test_publishing_by_the_form_calls_off_as_well(article, chief):
    schedule(article, "fr", "publish", chief)
    publish_draft(public(article), headline_fr="Everything")
    assert not LanguageSchedule.objects.exists()
