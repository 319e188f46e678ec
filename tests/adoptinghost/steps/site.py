"""What the site answers and keeps; each step of a test prints facts as JSON at its end."""

import io
import json

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from wagtail.models import Page, Revision  # noqa: E402

LIVE = ("about/", "about/party/", "imported/", "about-again/", "secret/")


def answers(prefix=""):
    """Status and place of each address that was live, below ``prefix``."""
    client, found = Client(), {}
    for path in LIVE:
        answer = client.get(f"/{prefix}{path}")
        found[path] = [answer.status_code, answer.headers.get("location")]
    return found


def said(*command, **options):
    """What a command prints."""
    out = io.StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue()


def page_named(slug):
    return Page.objects.get(slug=slug).specific


def stored():
    """Every revision as it is stored."""
    return [[each.pk, each.content] for each in Revision.objects.order_by("pk")]


def tell(**facts):
    print(json.dumps(facts, default=str))
