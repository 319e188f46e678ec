"""The checked parts of the site, each with the function that fixes it."""

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, ReferenceIndex

from diptych.articles.languages.config.language_config import language_name
from operations.maintenance.files import delete_orphans, find_lost, find_orphans


@dataclass(frozen=True)
class Part:
    """A check: ``find`` returns faults as messages; ``fix`` is ``None`` if there is no repair.

    ``find`` is ``None`` if checking takes as long as rebuilding. A part of an ``application`` is
    skipped if that is not installed.
    """

    title: str
    find: Callable | None
    fix: Callable | None = None
    application: str = ""


def rebuild(command, **options):
    return lambda: call_command(command, verbosity=0, **options)


def check_of(command):
    """A function that runs ``command`` with ``--check`` and returns its output if it fails."""

    def find():
        said = StringIO()
        try:
            call_command(command, check=True, stdout=said, no_color=True)
        except SystemExit:
            return said.getvalue().splitlines()
        return []

    return find


def _faults_of_tree():
    found = Page.find_problems()
    return [_("The tree is wrong at page %s.") % pk for kind in found for pk in kind]


def _wrong_references():
    """References from deleted objects; references to such objects are also in texts."""
    keys_by_type = {}
    for kind, key in ReferenceIndex.objects.values_list(
        "base_content_type", "object_id"
    ).distinct():
        keys_by_type.setdefault(kind, set()).add(key)
    types = ContentType.objects.in_bulk(keys_by_type)
    for kind, keys in keys_by_type.items():
        model = types[kind].model_class()
        there = model._base_manager.values_list("pk", flat=True) if model else ()
        for key in sorted(keys - {str(pk) for pk in there}):
            said = _("A reference leads from %(kind)s %(key)s, which is gone.")
            yield said % {"kind": types[kind], "key": key}


def _suggestions(model):
    return apps.get_model("diptych_related", model).objects


def _failed(label, message):
    """A function that returns ``message`` for each page of a queue whose work has failed."""

    def find():
        failed = apps.get_model(label).objects.filter(attempts__gt=0)
        return [message % {"pk": pk} for pk in failed.values_list("page_id", flat=True)]

    return find


def _wrong_neighbours():
    from diptych.articles.related.rebuilding import find_without_list

    wrong = _suggestions("Neighbour").filter(Q(source__live=False) | Q(target__live=False))
    pages = wrong.values_list("source__page_id", flat=True).distinct()
    for pk in pages:
        yield _("A suggestion of page %(pk)s is not live.") % {"pk": pk}
    for pk, language in find_without_list():
        said = _("Page %(pk)s has lost its suggestions in %(language)s.")
        yield said % {"pk": pk, "language": language_name(language)}


PARTS = [
    Part(gettext_lazy("Tree of pages"), _faults_of_tree, rebuild("fixtree", interactive=False)),
    Part(
        gettext_lazy("Addresses and languages of pages"),
        check_of("rebuild_page_languages"),
        rebuild("rebuild_page_languages"),
    ),
    Part(
        gettext_lazy("References"),
        lambda: [*_wrong_references()],
        rebuild("rebuild_references_index"),
    ),
    Part(
        gettext_lazy("Search index"),
        check_of("rebuild_search_index"),
        rebuild("rebuild_search_index"),
        "diptych.articles.search",
    ),
    Part(
        gettext_lazy("Suggestions that failed"),
        _failed(
            "diptych_related.PendingUpdate",
            gettext_lazy("The suggestions of page %(pk)s have failed."),
        ),
        rebuild("rebuild_related", waiting=True),
        "diptych.articles.related",
    ),
    Part(
        gettext_lazy("Suggestions"),
        lambda: [*_wrong_neighbours()],
        rebuild("rebuild_related"),
        "diptych.articles.related",
    ),
    Part(
        gettext_lazy("Passages of the concordance"),
        _failed(
            "diptych_translation_tools.PendingPage",
            gettext_lazy("The passages of page %(pk)s could not be read."),
        ),
        rebuild("rebuild_concordance", waiting=True),
        "diptych.articles.translation_tools",
    ),
    # Tasks after a publication that failed.
    Part(gettext_lazy("References in texts"), None, rebuild("rebuild_references_index")),
    Part(
        gettext_lazy("Words of the search"),
        None,
        rebuild("rebuild_search_index"),
        "diptych.articles.search",
    ),
    Part(gettext_lazy("Report of images"), None, rebuild("diptych_check_images")),
    Part(gettext_lazy("Sizes of images"), None, rebuild("diptych_renditions")),
    Part(gettext_lazy("Files that nothing names"), find_orphans, delete_orphans),
    Part(gettext_lazy("Files that are missing"), find_lost),
]


def installed_parts():
    return [part for part in PARTS if not part.application or apps.is_installed(part.application)]
