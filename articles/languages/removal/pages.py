"""Pages of the plugin’s own types as plain Wagtail pages, or deleted."""

from dataclasses import dataclass

import swapper
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Comment, PageLogEntry, Revision, Site, WorkflowState, get_page_models

from diptych.articles.languages.adoption.former_addresses import record_plain_pages
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.removal.refusing import is_ours
from diptych.articles.languages.routes.slugs import first_free

#: Pages per transaction.
BATCH = 200
#: Wagtail's own columns, and the translated fields that are copied to them.
TEXTS = {"title": "headline", "seo_title": "meta_title", "search_description": "meta_description"}


@dataclass
class Converted:
    pages: int = 0
    redirects: int = 0


def our_pages():
    """The pages of the plugin's types, parents first."""
    return _pages_of([model for model in get_page_models() if is_ours(model._meta.app_label)])


def multilingual_pages():
    """The pages in several languages, those of the project as well, parents first."""
    models = [each for each in get_page_models() if issubclass(each, MultilingualPageMixin)]
    return _pages_of(models)


def _pages_of(models):
    # `get_for_models` would write content types that a run before this one has removed.
    names = {(model._meta.app_label, model._meta.model_name) for model in models}
    types = ContentType.objects.filter(app_label__in={label for label, _name in names})
    found = [each.pk for each in types if each.natural_key() in names]
    pages = swapper.load_model("wagtailcore", "Page").objects
    return pages.filter(content_type__in=found).order_by("path")


def multilingual_types_of_projects():
    """The page types of the project itself that are in several languages."""
    return [
        model
        for model in get_page_models()
        if issubclass(model, MultilingualPageMixin) and not is_ours(model._meta.app_label)
    ]


def sites_on_our_pages():
    """The sites that start at a page of the plugin."""
    return Site.objects.filter(root_page__in=our_pages().order_by().values("pk"))


def pages_below_ours():
    """Pages of other types that would be deleted with those above them."""
    base = swapper.load_model("wagtailcore", "Page")
    tops = []
    for path in our_pages().values_list("path", flat=True):
        if not tops or not path.startswith(tops[-1]):
            tops.append(path)
    ours = our_pages().order_by().values("pk")
    found = []
    for top in tops:
        found += base.objects.filter(path__startswith=top).exclude(pk__in=ours).order_by("path")
    return found


def to_plain_pages():
    """Let all pages of the plugin be Wagtail's own; yields a :class:`Converted` for each batch.

    They keep place, dates, restrictions and aliases, and have the title, the slug, the texts for
    search engines and the state of their source language, or of another if they are live there
    and not in that one. Redirects lead to them from the addresses at which they were live. Drafts,
    history, comments and workflows go.
    """
    keys = list(our_pages().values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        yield _convert(keys[start : start + BATCH])


@transaction.atomic
def _convert(keys):
    base = swapper.load_model("wagtailcore", "Page")
    pages = list(our_pages().filter(pk__in=keys).specific())
    addresses = _live_addresses(keys)
    _forget_drafts(keys)
    for page in pages:
        stored = base.objects.get(pk=page.pk)  # whose address may have moved with its parent's
        _write(stored, page, addresses.get(page.pk, {}))
    live = base.objects.filter(pk__in=keys, live=True).order_by("path")
    redirects = record_plain_pages([(page, addresses.get(page.pk, {})) for page in live])
    return Converted(len(pages), redirects)


def _live_addresses(keys):
    found = {}
    for row in PageLanguage.objects.filter(page__in=keys, live=True):
        found.setdefault(row.page_id, {})[row.language] = row.url_path
    return found


def _write(stored, page, addresses):
    """Write the texts of ``page`` in one language into Wagtail's own row."""
    is_elsewhere = addresses and page.source_language not in addresses
    language = min(addresses) if is_elsewhere else page.source_language
    for name, translated in TEXTS.items():
        setattr(stored, name, page.text_in(translated, language) or getattr(stored, name))
    stored.draft_title = stored.title
    slug = page.text_in("url_slug", language)
    if slug and slug != stored.slug and stored.depth > 1:
        siblings = stored.get_siblings(inclusive=False)
        stored.slug = first_free(slug, lambda each: not siblings.filter(slug=each).exists())
    stored.live = bool(stored.live and language in addresses)
    stored.has_unpublished_changes = not stored.live
    stored.latest_revision = stored.live_revision = None
    stored.latest_revision_created_at = stored.go_live_at = None
    stored.content_type = ContentType.objects.get_for_model(type(stored))
    stored.save(clean=False)


def _forget_drafts(keys):
    base = swapper.load_model("wagtailcore", "Page")
    own = {
        "base_content_type": ContentType.objects.get_for_model(base),
        "object_id__in": [str(pk) for pk in keys],
    }
    base.objects.filter(pk__in=keys).update(latest_revision=None, live_revision=None)
    WorkflowState.objects.filter(**own).delete()
    Comment.objects.filter(page__in=keys).delete()
    Revision.objects.filter(**own).delete()
    entries = PageLogEntry.objects.filter(page__in=keys)
    entries.update(content_type=ContentType.objects.get_for_model(base), revision=None)


def delete_pages():
    """Delete all pages of the plugin, those at the bottom first; yields how many, by batch."""
    base = swapper.load_model("wagtailcore", "Page")
    keys = list(our_pages().order_by("-depth", "path").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        part = keys[start : start + BATCH]
        with transaction.atomic():
            _forget_drafts(part)
            base.objects.filter(pk__in=part).update(live=False)
            PageLogEntry.objects.filter(page__in=part).update(content_type=None)
            base.objects.filter(pk__in=part).delete()
        yield len(part)
