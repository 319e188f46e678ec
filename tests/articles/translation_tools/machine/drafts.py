"""Machine drafts as they are asked for and looked at in the admin."""

from bs4 import BeautifulSoup
from django.test import TestCase
from django.urls import reverse

from diptych.articles.translation_tools.machine.models import MachineDraft


def address(page, language="en"):
    return reverse("diptych_machine_draft", args=(page.pk, language))


def ask(client, page, *units, language="en", **values):
    """Send the open passages of ``page``, in these units or all; returns the draft, if any."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        ask.response = client.post(address(page, language), {"unit": units, **values})
    return MachineDraft.objects.first()


def screen(client, run):
    return client.get(reverse("diptych_machine_run", args=(run.pk,)))


def take_back(client, run):
    return client.post(reverse("diptych_machine_run", args=(run.pk,)), follow=True)


def failures(run):
    """The beginning of each text without a translation, with the reason."""
    return [(each.text["markup"], each.reason) for each in run.texts.filter(state="failed")]


def text_of(response):
    return " ".join(BeautifulSoup(response.content, "lxml").get_text(" ").split())
