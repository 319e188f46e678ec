"""Requests to the screens that delete pages and restore them from the bin."""

from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import PageLogEntry

from diptych.articles.models import ArticlePage


def delete(client, page, **values):
    return client.post(reverse("wagtailadmin_pages:delete", args=(page.pk,)), values)


def question(client, page):
    response = client.get(reverse("wagtailadmin_pages:delete", args=(page.pk,)))
    return BeautifulSoup(response.content, "html.parser").select_one("main")


def restore_url(page):
    return reverse("diptych_restore_page", args=(page.pk,))


def restore(client, page, **values):
    return client.post(restore_url(page), values)


def messages_of(response):
    """What is said after ``response``, and before it where no screen has shown that yet."""
    return "\n".join(str(each) for each in response.wsgi_request._messages)


def live_in(page):
    return ArticlePage.objects.get(pk=page.pk).live_languages


def actions(page):
    entries = PageLogEntry.objects.filter(page_id=page.pk).order_by("pk")
    return list(entries.values_list("action", flat=True))
