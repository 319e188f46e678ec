"""What translators and reviewers do with a text that is handed in."""

from django.core import mail
from django.urls import reverse

from diptych.articles.languages.models import PageLanguage, TranslationAssignment


def address(article, language="en"):
    return reverse("diptych_review", args=(article.pk, language))


def state(article, language="en"):
    return TranslationAssignment.objects.get(page=article, language=language).review


def progress(article):
    return PageLanguage.objects.get(page=article, language="en").progress


def hand_in(client, article):
    return client.post(address(article), {"submit": "1", "comment": "Voilà."})


def fingerprint(client, article):
    return client.get(address(article)).context["decision_form"].initial["fingerprint"]


def decide(client, article, act, comment="", **values):
    values = {"fingerprint": fingerprint(client, article), **values}
    return client.post(address(article), {act: "1", "comment": comment, **values}, follow=True)


def letters_to(client):
    """The e-mails to the user of ``client``."""
    return [letter for letter in mail.outbox if client.user.email in letter.to]
