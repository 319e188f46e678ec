"""Set dates of languages in tests, and let them come."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import PageLogEntry

from diptych.articles.languages.models import LanguageSchedule
from diptych.articles.languages.publication.schedules.scheduling import set_date
from diptych.articles.models import ArticlePage


def schedule(page, language, act, user, days=3, newest=False, confirmed=()):
    page = type(page).objects.get(pk=page.pk)
    due_at = timezone.now() + timedelta(days=days)
    return set_date(page, language, act, due_at, user, newest, confirmed)


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
