"""Fill the database of the tests that visit each screen of the admin, and list their addresses.

The addresses are those of the URL resolver, as ``tests/adversarial/admin_matrix.py`` has them, an
edit and a create view of each page type, and each bulk action.
"""

import json

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils.http import urlencode  # noqa: E402
from django.utils.timezone import now  # noqa: E402
from wagtail.admin.views.bulk_action.registry import bulk_action_registry  # noqa: E402
from wagtail.models import Page, Site, get_page_models  # noqa: E402

from diptych.articles.languages.admin.publishing.confirmation import question_url  # noqa: E402
from diptych.articles.languages.models import PageLanguage  # noqa: E402
from diptych.articles.languages.permissions.groups import recipes  # noqa: E402
from diptych.articles.languages.publication import reviewing  # noqa: E402
from diptych.articles.models import (  # noqa: E402
    JournalSettings,
    PrintIssueIndexPage,
    PrintIssuePage,
    SeriesPage,
)
from diptych.articles.newsletter.models import Newsletter  # noqa: E402
from tests import factories  # noqa: E402
from tests.adversarial.admin_matrix import Parts, addresses  # noqa: E402
from tests.articles.permissions.world import make_world  # noqa: E402
from tests.e2e.seed import settle  # noqa: E402
from tests.migrated import copy_migrated  # noqa: E402


def seed():
    copy_migrated(connection.settings_dict["NAME"])
    Site.objects.all().delete()
    call_command("diptych_groups", verbosity=0)
    world = make_world()
    JournalSettings.objects.create(site=world.journal.site, name_fr="Rives", name_en="Shores")
    make_other_types(world.journal)
    parts = Parts(world)
    write_newsletter()
    admin = factories.make_user("admin", username="admin")
    settle(admin, "")
    waiting = factories.make_article(world.journal, "À relire", "The lake", live_in=("fr",))
    reviewing.submit(waiting, "en", admin)
    translator = factories.make_user("reader", username="translator")
    settle(translator, "")
    translator.groups.add(next(e.find() for e in recipes() if e.key == "translators-fr-en"))
    found = [
        reverse(name, kwargs=parts.values(name, names))
        for name, names in addresses()
        if name != "wagtailadmin_logout"
    ]
    found += [*edit_and_create_views(), *bulk_actions(), *review_screens(waiting)]
    found += [*other_screens(waiting, translator)]
    (settings.FOLDER / "addresses.json").write_text(json.dumps(list(dict.fromkeys(found))))


def make_other_types(journal):
    """A page of each type that the world has not, complete and not live."""
    issues = factories.make_page(PrintIssueIndexPage, journal.home, "Numéros", "Issues")
    factories.make_page(PrintIssuePage, issues, "Le froid", "The cold", ())
    factories.make_plain_page(journal, live_in=())
    factories.make_page(SeriesPage, journal.articles, "Glaces", "Ices", ())


def write_newsletter():
    """Let the issue of the newsletter be one that could be sent to somebody."""
    letter = Newsletter.objects.get()
    letter.subscriptions.update(confirmed_at=now())
    letter.issues.update(introduction="Bonjour.")


def edit_and_create_views():
    for model in get_page_models():
        page = model.objects.filter(depth__gt=1).order_by("-pk").first()
        if page is None or model is Page:
            continue
        yield reverse("wagtailadmin_pages:edit", args=(page.pk,))
        for language in page.languages.values_list("language", flat=True):
            yield reverse("diptych_translate", args=(page.pk, language))
        kind = (model._meta.app_label, model._meta.model_name)
        for above in model.allowed_parent_page_models():
            parent = above.objects.filter(alias_of=None).order_by("pk").first()
            if parent is not None:
                yield reverse("wagtailadmin_pages:add", args=(*kind, parent.pk))


def bulk_actions():
    """Each bulk action on two objects."""
    bulk_action_registry._scan_for_bulk_actions()
    for label, models in bulk_action_registry.actions.items():
        for name, actions in models.items():
            model = django.apps.apps.get_model(label, name)
            rows = model.objects.filter(depth__gt=2) if model is Page else model.objects
            keys = list(rows.order_by("-pk").values_list("pk", flat=True)[:2])
            for action in actions:
                query = urlencode({"next": "/admin/", "id": keys}, doseq=True)
                yield f"{reverse('wagtail_bulk_action', args=(label, name, action))}?{query}"


def review_screens(waiting):
    """One that can be decided, one that can be handed in, and dates of a page."""
    never_live = PageLanguage.objects.filter(live=False, language="en").first().page_id
    for number in (waiting.pk, never_live):
        yield reverse("diptych_review", args=(number, "en"))
        yield reverse("diptych_schedule", args=(number, "en"))


def other_screens(page, person):
    """Those that the parameters of the matrix do not open."""
    yield question_url(page.pk, ["fr", "en"])
    yield reverse("journal_guide", args=("guide-editors",))
    yield reverse("journal_sessions", args=(person.pk,))
    yield reverse("journal_close_account", args=(person.pk,))


if __name__ == "__main__":
    seed()
