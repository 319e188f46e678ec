"""Who may set the dates of a language, where they are seen, and the command that keeps them."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.core.management import get_commands
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from wagtail.models import Page

from diptych.articles.languages.models import LanguageSchedule
from diptych.articles.models import ArticlePage
from tests.articles.admin.html import soup, text_of
from tests.articles.languages.dated import let_days_pass, public, run, schedule
from tests.factories import make_article, make_user, publish_draft, write_draft

pytestmark = [pytest.mark.django_db, pytest.mark.rare]


@pytest.fixture
def chief(db):
    return make_user("admin")


@pytest.fixture
def article(journal):
    """Live in both languages, with newer drafts of both."""
    article = make_article(journal)
    write_draft(article, headline_fr="Scheduled fr", headline_en="Half writ")
    return article


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
    schedule(article, "fr", "unpublish", chief, days=9)
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
    words = f"Goes live on {moment.day} {moment:%B %Y} at {moment:%H:%M}"
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
    public(article).unpublish_languages(["en"])
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


def acts():
    return sorted(LanguageSchedule.objects.values_list("act", flat=True))


def test_which_dates_are_called_off_by_hand_is_said_and_true(admin, article, chief):
    schedule(article, "fr", "publish", chief)
    schedule(article, "fr", "unpublish", chief, days=9)
    screen = text_of(soup(admin.get(reverse("diptych_schedule", args=(article.pk, "fr")))))
    assert "calls off the date of publication; that of unpublishing stays" in screen
    publish_draft(public(article), headline_fr="Everything")
    assert acts() == ["unpublish"]
    schedule(article, "fr", "publish", chief)
    assert "Unpublishing by hand calls off both." in screen
    public(article).unpublish_languages(["fr"])
    assert acts() == []


def test_the_calendars_open_beside_the_dates_and_not_over_them(article, client, chief):
    """The stylesheet places what stands in that element."""
    client.force_login(chief)
    page = soup(client.get(reverse("diptych_schedule", args=(article.pk, "fr"))))
    dates = page.select_one("form #diptych-calendar-fr")
    assert dates.select("button")
    for name in ("publish_at", "unpublish_at"):
        field = dates.select_one(f"input[name={name}]")
        assert '"parentID": "#diptych-calendar-fr"' in str(field.parent).replace("&quot;", '"')
