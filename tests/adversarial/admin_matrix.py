"""Ask every address of the admin as each kind of person, and write down how each is answered.

The addresses are those of the URL resolver, so that a new one is in the matrix by itself; what
their parameters stand for is said by :class:`Parts`. Templates are empty while the matrix is made,
as only the way of the answer counts, and nothing that a request changes stays.
"""

from collections import Counter

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.template import Origin
from django.template.loaders.base import Loader
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.timezone import now
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Collection, Site, Task, Workflow

from diptych.articles.languages.bin.deleting import move_to_bin
from diptych.articles.languages.bin.files import move_file_to_bin
from diptych.articles.newsletter.models import Newsletter
from diptych.articles.transfer.models import ImportRun
from diptych.articles.translation_tools.concordance.models import TranslationMemory
from diptych.articles.translation_tools.glossary.models import Concept
from diptych.articles.translation_tools.machine.models import MachineDraft
from tests.articles.permissions.world import member
from tests.factories import make_article, make_image, make_user

#: The columns of the matrix.
ROLES = ("nobody", "reader", "translator", "editor-fr", "chief", "superuser")
METHODS = ("get", "post")
HEADING = """\
How every address of the admin answers each kind of person, to GET and to POST of an empty form.

nobody      is not signed in
reader      has an account without access to the admin
translator  is in the group of translators from French into English
editor-fr   is in the group of editors of French
chief       is in the group of editors-in-chief
superuser   may do everything

login       is led to the page that asks who they are
no          is refused: led back to the start of the admin, with a message
moved       is led somewhere else, as after something was done
other       the status of HTTP

Made by DIPTYCH_WRITE_MATRIX=1 make test-all ARGS="tests/adversarial/test_admin_matrix.py"
"""


class EmptyLoader(Loader):
    """Finds every template, and nothing in it."""

    def get_template_sources(self, template_name):
        yield Origin(name=template_name, template_name=template_name, loader=self)

    def get_contents(self, origin):
        return ""


def without_templates():
    """The setting ``TEMPLATES`` with nothing in any template."""
    options = {**settings.TEMPLATES[0]["OPTIONS"]}
    options["loaders"] = [f"{__name__}.EmptyLoader"]
    return [{**settings.TEMPLATES[0], "APP_DIRS": False, "OPTIONS": options}]


def addresses():
    """``(name, parameters)`` of every address of the admin; parameters in their order.

    Those without a name are left out, but for :func:`nameless`.
    """
    prefix = reverse("wagtailadmin_home").lstrip("/")
    found = {}
    for address, name, parameters in walk(get_resolver().url_patterns):
        if address.startswith(prefix) and name:
            found.setdefault((name, parameters), None)
    return sorted(found)


def walk(patterns, address="", namespaces=(), parameters=()):
    for each in patterns:
        here = f"{address}{each.pattern}"
        own = getattr(each.pattern, "converters", None)
        if not own:
            own = getattr(getattr(each.pattern, "regex", None), "groupindex", {})
        inner = tuple(dict.fromkeys((*parameters, *own)))
        if hasattr(each, "url_patterns"):
            names = (*namespaces, each.namespace) if each.namespace else namespaces
            yield from walk(each.url_patterns, here, names, inner)
        else:
            yield here, ":".join((*namespaces, each.name)) if each.name else None, inner


class Parts:
    """What the parameters of addresses stand for, on a journal with something of every kind."""

    def __init__(self, world):
        self.world = world
        self.image, self.document = make_image(), _document("Rapport")
        never_live = world.never_live
        never_live.get_workflow().start(never_live, make_user("admin"))
        state = never_live.current_workflow_state
        self.by_parameter = {
            "page_id": world.article.pk,
            "parent_page_id": world.journal.articles.pk,
            "page_to_move_id": world.article.pk,
            "destination_id": world.elsewhere.pk,
            "article_id": world.article.pk,
            "page_pk": world.article.pk,
            "object_id": world.article.pk,
            "session_id": 1,
            "revision_id": world.first_revision.pk,
            "revision_id_a": "earliest",
            "revision_id_b": "latest",
            "task_state_id": state.current_task_state_id,
            "workflow_state_id": state.pk,
            "task_id": state.current_task_state.task_id,
            "workflow_pk": Workflow.objects.first().pk,
            "image_id": self.image.pk,
            "document_id": self.document.pk,
            "doc_id": self.document.pk,
            "redirect_id": Redirect.objects.create(old_path="/old", redirect_link="/new").pk,
            "collection_id": Collection.get_first_root_node().add_child(name="Photos").pk,
            "uploaded_file_id": 1,
            "key": move_to_bin(make_article(world.journal, "Jeté", "Binned")).key,
            "filter_spec": "max-100x100",
            "number": 0,
            "language": "en",
            "act": "start-copied",
            "form": "text",
            "extension": "csv",
            "relation": "authors",
            "name": "editors",
            "action_name": "approve",
            "action": "delete",
            "app_label": "wagtailcore",
            "model_name": "page",
            "app_name": "diptych",
            "content_type_app_name": "diptych",
            "content_type_model_name": "articlepage",
            "uidb64": "MQ",
            "token": "x-y",
        }
        newsletter = Newsletter.objects.create(
            site=world.journal.site, language="fr", name="Lettre"
        )
        subscription = newsletter.subscriptions.create(address="lea@example.org")
        self.by_name = {
            "diptych_newsletter_issues:": newsletter.issues.create(subject="Le lac").pk,
            "diptych_newsletter_addresses:": subscription.pk,
            "diptych_newsletters:": newsletter.pk,
            "diptych_glossary:": glossary_entry().pk,
            "diptych_memories:": TranslationMemory.objects.create(name="a", taken_at=now()).pk,
            "diptych_restore_file": move_file_to_bin(make_image()).pk,
            "diptych_delete_file_for_good": move_file_to_bin(make_image()).pk,
            "diptych_machine_run": MachineDraft.objects.create(
                page_id=world.article.pk, language="en", source_language="fr", state="done"
            ).pk,
            "diptych_site_text_run": MachineDraft.objects.create(
                catalogue=0, language="fr", source_language="en", state="done"
            ).pk,
            "diptych_image_texts_run": MachineDraft.objects.create(
                language="en", source_language="fr", state="done"
            ).pk,
            "diptych_imports:": ImportRun.objects.create(state=ImportRun.State.DONE).pk,
            "wagtailadmin_api:pages:": world.article.pk,
            "wagtailadmin_api:images:": self.image.pk,
            "wagtailadmin_api:documents:": self.document.pk,
            "wagtailimages": self.image.pk,
            "wagtaildocs": self.document.pk,
            "wagtailadmin_collections": self.by_parameter["collection_id"],
            "wagtailadmin_workflows:": Workflow.objects.first().pk,
            "wagtailadmin_workflows:edit_task": Task.objects.first().pk,
            "wagtailsites": Site.objects.first().pk,
            "wagtailusers_groups": Group.objects.order_by("pk").first().pk,
            "wagtailusers_users": make_user("reader").pk,
        }

    def values(self, name, parameters):
        """The value of each parameter of the address ``name``."""
        found = {each: self.by_parameter.get(each, 1) for each in parameters}
        if "pk" in found:
            fitting = [each for each in self.by_name if name.startswith(each)]
            found["pk"] = self.by_name[max(fitting, key=len)] if fitting else self.world.article.pk
        if name.startswith("wagtailsettings:"):
            found |= {"model_name": "journalsettings"} if "model_name" in found else {}
        elif "workflow" in name and "page_id" in found:
            found["page_id"] = self.world.never_live.pk
        elif name.startswith("diptych_site_text"):
            found["language"] = "fr"
        elif name == "wagtailadmin_api:pages:action":
            found["action_name"] = "unpublish"
        elif name == "wagtailadmin_tag_model_autocomplete":
            found |= {"app_name": "taggit", "model_name": "tag"}
        return found


def glossary_entry():
    """An entry of the glossary, with a term in each language."""
    concept = Concept.objects.create()
    concept.write_terms([("fr", "preferred", "lac"), ("en", "preferred", "lake")])
    return concept


def _document(title):
    file = ContentFile(b"%PDF-1.4", name="report.pdf")
    return get_document_model().objects.create(title=title, file=file)


def clients():
    """A browser for each of :data:`ROLES`."""
    found = {
        "nobody": Client(),
        "reader": Client(),
        "translator": member("translators-fr-en"),
        "editor-fr": member("editors-fr"),
        "chief": member("chiefs"),
        "superuser": Client(),
    }
    found["reader"].force_login(make_user("reader"))
    found["superuser"].force_login(make_user("admin"))
    for each in found.values():
        each.raise_request_exception = False
    return found


def answers(world):
    """``{name of the address: {role: (answer to GET, answer to POST)}}``."""
    parts, browsers = Parts(world), clients()
    found = {}
    repeated = Counter(name for name, _parameters in addresses())
    for name, parameters in addresses():
        address = reverse(name, kwargs=parts.values(name, parameters))
        label = f"{name} ({', '.join(parameters)})" if repeated[name] > 1 else name
        found[label] = {
            role: tuple(_asked(browsers[role], method, address) for method in METHODS)
            for role in ROLES
        }
    return found


def _asked(client, method, address):
    """How ``address`` answers; what that changed is undone, also in the browser."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = getattr(client, method)(address)
        transaction.set_rollback(True)
    client.cookies = cookies
    return _in_a_word(response)


def _in_a_word(response):
    if response.status_code not in (301, 302):
        return str(response.status_code)
    if response.url.startswith(reverse("wagtailadmin_login")):
        return "login"
    return "no" if response.url == reverse("wagtailadmin_home") else "moved"


def matrix_of(found):
    """The matrix as text, a line for each address."""
    width = max(map(len, found)) + 2
    lines = [f"{'':{width}}" + "".join(f"{role:14}" for role in ROLES)]
    for name, by_role in found.items():
        cells = "".join(f"{'/'.join(by_role[role]):14}" for role in ROLES)
        lines.append(f"{name:{width}}{cells}")
    return HEADING + "\n" + "\n".join(line.rstrip() for line in lines) + "\n"
