"""What ways to change the text of a page are made of; each asks for everything there is."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from diptych.articles.languages.models import LanguageSchedule
from tests.articles.languages import editor

STOLEN = ("Volé", "Stolen")


def stolen_form(world, press=None, **values):
    """A form as only somebody who may edit everything sends it, whoever sends it here."""
    entry = world.article.authors.get()
    author = {
        "author": entry.author_id,
        "id": entry.pk,
        "role_fr": "Rôle volé",
        "role_en": "Stolen role",
    }
    form = editor.article_form(*STOLEN, press, authors=[author], **values)
    form |= {f"authors-{entry.pk}-role_{code}": f"Stolen {code}" for code in ("fr", "en")}
    return form | {"meta_title_fr": "Titre volé", "meta_title_en": "Stolen title"}


@dataclass(frozen=True)
class Way:
    """A way in, what it needs to change a draft or what is public, and the languages it does."""

    name: str
    take: object
    changes: str = ""
    languages: tuple = ("fr", "en")
    page: str = "article"
    #: Whether it needs the right to every language at once.
    whole: bool = field(default=False)
    #: Whether another way does the same to another language.
    repeats: bool = False


def collect_in(ways):
    """A decorator that adds what it stands on to ``ways``."""

    def way(name, changes="", languages=("fr", "en"), **values):
        def register(take):
            ways.append(Way(name, take, changes, languages, **values))
            return take

        return register

    return way


def address(name, *args):
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def bulk(client, action, *pages, **values):
    query = "&".join(f"id={page.pk}" for page in pages)
    where = reverse("wagtail_bulk_action", args=("wagtailcore", "page", action))
    return client.post(f"{where}?{query}", values)


def let_dates_come():
    past = timezone.now() - timedelta(minutes=1)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()
    Page.objects.filter(expire_at__isnull=False).update(expire_at=past)
    LanguageSchedule.objects.update(due_at=past)
    call_command("publish_scheduled", verbosity=0)
