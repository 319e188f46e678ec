"""Undo each migration of the project and apply it again in a filled journal.

Run by ``test_migrations.py`` in the database of the settings; prints what was undone, as JSON.
"""

import io
import json
from collections import Counter
from datetime import timedelta
from itertools import chain

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.management import CommandError, call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.migrations import CreateModel  # noqa: E402
from django.db.migrations.loader import MigrationLoader  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils.timezone import now  # noqa: E402
from wagtail.models import PageViewRestriction  # noqa: E402

from diptych.articles.caching.versions import process_state  # noqa: E402
from diptych.articles.images.models import RenditionRecord, UnconfirmedImageText  # noqa: E402
from diptych.articles.interface_texts.models import TextChange, UnconfirmedText  # noqa: E402
from diptych.articles.languages.bin.deleting import move_to_bin  # noqa: E402
from diptych.articles.languages.bin.files import move_file_to_bin  # noqa: E402
from diptych.articles.languages.models import (  # noqa: E402
    DeletedPagePart,
    DraftLink,
    LanguageSchedule,
    Notification,
    PageLanguage,
    TranslationAssignment,
)
from diptych.articles.models import (  # noqa: E402
    ArticlePage,
    AuthorLink,
    ExcludedArticle,
    FrontArticle,
    FrontTopic,
    JournalSettings,
    SeriesPage,
)
from diptych.articles.newsletter.models import IssueArticle, Newsletter, SignUpRequest  # noqa: E402
from diptych.articles.related.models import CandidateTerm  # noqa: E402
from diptych.articles.transfer.models import ImportedItem, ImportRun  # noqa: E402
from diptych.articles.translation_tools.concordance.models import TranslationMemory  # noqa: E402
from diptych.articles.translation_tools.faults.models import MutedFault  # noqa: E402
from diptych.articles.translation_tools.glossary.models import Concept  # noqa: E402
from diptych.articles.translation_tools.machine.models import MachineDraft  # noqa: E402
from diptych.themes.models import AppearanceSettings  # noqa: E402
from operations.accounts.models import PasswordResetRequest  # noqa: E402
from operations.mail.models import OutgoingMail  # noqa: E402
from operations.models import TimedCommand  # noqa: E402
from tests import factories  # noqa: E402
from tests.programs import spare_collector  # noqa: E402

#: The applications of the project.
LABELS = {
    each.label
    for each in apps.get_app_configs()
    if each.label.startswith("diptych") or each.name.startswith("config")
}
#: Tables of Django, of statistics and of indexes, which follow the migrations or the texts.
VOLATILE = (
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "sqlite_",
    "diptych_search_names",
)
#: Derived tables that are filled again with use.
REFILLED = (
    "diptych_caching_change",
    "diptych_renditionrecord",
    "diptych_related_pendingupdate",
    "diptych_translation_tools_alignedtext",
    "diptych_translation_tools_pendingpage",
)
#: Keys of rows that are made anew, and what ``rebuild_search_index`` fills.
LOCAL = {("diptych_listedarticle", "id"), ("diptych_search_searchtext", "forms")}
#: Columns of derived tables that are right once no migration is left.
LATER = ("first_public_at", "printed_date", "sorted_headline")


def fill():
    """A journal with something of everything that migrations change."""
    user = factories.make_user()
    journal = factories.make_journal()
    image = factories.make_image()
    people = {
        "authors": [factories.make_author(journal, links=[AuthorLink(label="a", url="https://a")])],
        "topics": [factories.make_topic(journal)],
    }
    article = factories.make_article(journal, hero_image=image, **people)
    texts = {
        f"body_{code}": factories.paragraphs("lac glacier neige " * 60) for code in ("fr", "en")
    }
    for number in range(6):
        words = f"Le lac gèle, {number}", f"The lake freezes, {number}"
        other = factories.make_article(journal, *words, **people, **texts)
    english = factories.make_article(journal, "Deux", "Two", ["en"], picks=[article])
    factories.publish_draft(article, publication_date=now() - timedelta(days=900))
    ExcludedArticle.objects.create(article=article, excluded=other)
    factories.make_alias(article)
    factories.write_draft(article, headline_fr="Brouillon", headline_en="Draft")
    factories.make_page(SeriesPage, journal.home, "Série", "Series")
    FrontArticle.objects.create(home=journal.home, article=article)
    FrontTopic.objects.create(home=journal.home, topic=people["topics"][0])
    keep_apart(journal, user)
    settings(journal.site, image)
    beside(english, user)
    kept_by_the_site(user)


def keep_apart(journal, user):
    """Pages that are private, and what is in the bin."""
    private = factories.make_plain_page(journal, "Privé", "Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    deleted = move_to_bin(factories.make_plain_page(journal, "Jeté", "Thrown"), user)
    DeletedPagePart.objects.create(
        key=deleted.key, path="0001", url_path="/", page_count=1, rows=deleted.rows
    )
    move_file_to_bin(factories.make_image("Jetée", 32, 32), user)


def settings(site, image):
    JournalSettings.objects.create(site=site, name_fr="Diptyque", name_en="Diptych")
    AppearanceSettings.objects.create(site=site, accent_light="#663300")
    newsletter = Newsletter.objects.create(site=site, language="fr", name="Lettre")
    subscription = newsletter.subscriptions.create(address="lea@example.org")
    issue = newsletter.issues.create(subject="Le lac")
    issue.deliveries.create(subscription=subscription)
    IssueArticle.objects.create(issue=issue, article=ArticlePage.objects.first())
    UnconfirmedImageText.objects.create(image=image, language="en", field="alt", text="A lake")
    RenditionRecord.objects.get_or_create(image=image, defaults={"file": "a", "renditions": "[]"})


def beside(page, user):
    """What stands beside a page: work, dates, links, notifications."""
    known = {"page": page, "language": "fr"}
    TranslationAssignment.objects.create(**known, requested_at=now(), comment="À traduire")
    LanguageSchedule.objects.create(
        **known, act=LanguageSchedule.Act.PUBLISH, due_at=now() + timedelta(days=3), content={}
    )
    DraftLink.objects.create(**known, user=user, expires_at=now() + timedelta(days=3))
    ImportedItem.objects.create(source="wordpress:a", kind="post", key="1", target=page)
    ImportRun.objects.create(started_by=user, state="done", report='{"items": []}')
    draft = MachineDraft.objects.create(**known, source_language="en", state="done")
    draft.texts.create(entry="headline:0:a:0", key="headline", label="Titre", text={"markup": "a"})
    Notification.objects.create(recipient=user, subject="Bonjour", url="https://example.org/")
    concept = Concept.objects.create(domain="Archives")
    concept.write_terms([("fr", "preferred", "fonds")])
    concept.muted_hints.create(**known, place="headline", user=user)
    MutedFault.objects.create(**known, place="headline", kind="number", user=user)
    memory = TranslationMemory.objects.create(name="a", taken_at=now())
    memory.pairs.create(language="fr", text="lac", other_language="en", other_text="lake", key="a")


def kept_by_the_site(user):
    """What the site and its texts keep of themselves."""
    TextChange.objects.create(language="fr", catalogue=1, key="a", before=[""], after=["Lac"])
    UnconfirmedText.objects.create(language="fr", catalogue=1, key="b", forms=["Lac"], origin="a")
    TimedCommand.objects.create(name="backup", succeeded_at=now())
    for requests in (PasswordResetRequest.objects, SignUpRequest.objects):
        requests.create(email_digest="a", ip_address="192.0.2.1")
    OutgoingMail.objects.create(message={}, subject="Bonjour", recipients=user.email)
    row = PageLanguage.objects.filter(live=True).latest("pk")
    CandidateTerm.objects.create(language="fr", term=1, row=row)


def empty():
    """The models of the project that have no row."""
    ours = [model for model in apps.get_models() if model._meta.app_label in LABELS]
    return {model._meta.label for model in ours if not model._base_manager.exists()}


def stored():
    """The rows of all tables, ``{table: [{column: value}]}``, without `LOCAL` columns."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(VOLATILE) or "_fts" in table or table in REFILLED:
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [each[0] for each in cursor.description]
            rows = [zip(columns, map(_plain, row), strict=True) for row in cursor.fetchall()]
            found[table] = [
                {column: value for column, value in row if (table, column) not in LOCAL}
                for row in rows
            ]
    return found


def _plain(value):
    """``value`` of a column as JSON takes it, an empty stream as "" however it is stored.

    That is "[]" where Wagtail saves a form, and an empty string where Django adds the column.
    """
    text = bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)
    return "" if text in ("[]", '""') else text


def differences(before, after, without=()):
    """Which tables hold other rows ``after`` than ``before``: how many, and the first of each.

    Columns in ``without`` do not count, nor those that the table did not have ``before``.
    """
    found = {}
    for table, rows in before.items():
        columns = {*(rows[0] if rows else ())} - {*without}
        lines = [
            Counter(_line(row, columns) for row in each.get(table, ())) for each in (before, after)
        ]
        gone, new = lines[0] - lines[1], lines[1] - lines[0]
        if gone or new:
            found[table] = [gone.total(), new.total(), *[[*each][:1] for each in (gone, new)]]
    return found


def _line(row, columns):
    return json.dumps({name: row.get(name) for name in columns}, sort_keys=True)


def migrate(*target):
    said = io.StringIO()
    call_command("migrate", *target, stdout=said)
    return said.getvalue()


def migrations():
    """Each migration of the project but the first ones, with the one before in its application."""
    graph = MigrationLoader(connection).graph
    plans = [graph.forwards_plan(leaf) for leaf in sorted(graph.leaf_nodes())]
    ours = [node for node in dict.fromkeys(chain(*plans)) if node[0] in LABELS]
    parents = [(node, each.key) for node in ours for each in graph.node_map[node].parents]
    return [(node, parent) for node, parent in parents if node[0] == parent[0]]


def walk():
    """Undo all these migrations one by one, then apply them again.

    Returns by migration the tables whose rows are not as they were before it was undone, apart
    from those of the migrations before, and what was said. `LATER` columns do not count yet.
    """
    steps = {}
    for node, parent in reversed(migrations()):
        before = stored()
        steps[node] = (before, undo(node, parent))
    found, known = {}, set()
    for node, (before, said) in reversed(steps.items()):
        migrate(*node)
        lost = differences(before, stored(), LATER)
        found[" ".join(node)] = [{name: lost[name] for name in lost.keys() - known}, said]
        known |= lost.keys()
    return found


def undo(node, target):
    """Migrate back from ``node`` to ``target``, the one before, and return what was printed.

    Where this is refused, the rows of the tables that go are deleted first, as the refusal asks
    for, and its message is returned.
    """
    try:
        return migrate(*target)
    except CommandError as refused:
        operations = MigrationLoader(connection).get_migration(*node).operations
        created = [each.name for each in operations if isinstance(each, CreateModel)]
        assert created, refused
        for name in created:
            apps.get_model(node[0], name)._base_manager.all().delete()
        migrate(*target)
        return str(refused)


def answers():
    """What readers get at each address, in search and in the sitemap, as a process that begins."""
    process_state.reset()
    cache.clear()
    client = Client()
    addresses = ["/fr/search/?q=glacier", "/en/search/?q=glacier", "/sitemap.xml"]
    for row in PageLanguage.objects.filter(live=True, is_private=False).select_related("page"):
        addresses.append(row.page.specific.url_in(row.language))
    found = {address: client.get(address) for address in addresses}
    return {address: [each.status_code, each.content.decode()] for address, each in found.items()}


def main():
    spare_collector()
    call_command("migrate", verbosity=0)
    fill()
    before, read = stored(), answers()
    found = {"empty": sorted(empty()), "walk": walk(), "lost": differences(before, stored())}
    again = answers()
    found["statuses"] = {address: each[0] for address, each in again.items()}
    found["otherwise"] = [address for address in read if read[address] != again[address]]
    checked = io.StringIO()
    call_command("check", databases=["default"], fail_level="WARNING", stderr=checked)
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
