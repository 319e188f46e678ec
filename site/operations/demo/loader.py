"""Loads the demo journal, a folder of Markdown, into an empty database."""

from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from diptych.articles.images.pictures import INLINE, PORTRAIT
from diptych.articles.images.renditions import record_renditions
from diptych.articles.images.uploads.adding import removed_if_it_fails
from diptych.articles.languages.index.indexing import indexed_once
from diptych.articles.languages.models import TranslationAssignment
from diptych.articles.languages.publication import reviewing
from diptych.articles.models import ArticlePage, AuthorPage, HomePage
from diptych.articles.newsletter.models import IssueArticle, Newsletter
from diptych.articles.transfer.report import Outcome
from diptych.themes.pictures.renditions import OF_HERO, needed_specs
from operations.demo import logins
from operations.demo.history import JournalImporter
from operations.demo.plan import ContentError

HOSTNAME = "127.0.0.1"
JOURNAL = Path(__file__).parent / "journal"


class OccupiedError(Exception):
    """The database has pages other than those of the demo and Wagtail's welcome page."""


def is_loaded():
    """Whether the database has a front page."""
    return HomePage.objects.exists()


def load(plan, port, progress=lambda _label, items: items, folder=JOURNAL):
    """Load ``folder`` by ``plan`` in one transaction; on an error stored files are deleted, too.

    ``progress(label, items)`` returns an iterable of the items, as ``tqdm`` does. Raises
    :class:`ContentError` at the first file or name that cannot be imported as it is.
    """
    others = Page.objects.filter(depth=2)
    if welcome := _welcome_page():
        others = others.exclude(pk=welcome.pk)
    if others.exists():
        raise OccupiedError
    with removed_if_it_fails() as files, transaction.atomic(), indexed_once():
        users = logins.make_logins(plan.logins)
        logins.make_groups(plan.logins)
        importer = JournalImporter(folder, _site(port, welcome), plan, users, progress)
        importer.stored = files
        _check(importer.run())
        images = get_image_model().objects.order_by("pk")
        images.update(uploaded_by_user=users["editor"])
        for image in progress(_("Images"), list(images)):
            make_renditions(image, files)
        pages = {
            key: _article(entry, importer.places.find(f"articles/{key}"))
            for key, entry in {**plan.articles, **plan.work}.items()
        }
        for key, entry in plan.work.items():
            _request_translation(entry, pages[key], users)
        for language, entry in plan.newsletters.items():
            _make_newsletter(language, entry, importer.places)


def _check(report):
    """Raise :class:`ContentError` for contents of the folder missing in the journal."""
    for entry in report.entries:
        if entry.outcome != Outcome.CREATED:
            raise ContentError(f"{entry.id}: {entry.reason}")
        if entry.type in ("author", "topic"):
            raise ContentError(f"nothing is called “{entry.id}”")
    for note in report.notes:
        place = note.id if note.line is None else f"{note.id}: line {note.line}"
        raise ContentError(f"{place}: {note.detail}")


def _article(entry, key):
    """The article with the primary key ``key``, which ``entry`` refers to."""
    return ArticlePage.objects.filter(pk=key).first() or entry.fail("there is no such article")


def _request_translation(entry, page, users):
    """Create the translation assignment that ``entry`` describes; submit it if ``handed_in``."""
    language, translator = entry.get("language"), users.get(entry.get("translator", str, ""))
    due = entry.get("due", int, 0)
    TranslationAssignment.objects.create(
        page_id=page.pk,
        language=language,
        translator=translator,
        requested_by=users["chief"],
        requested_at=timezone.now(),
        due_date=timezone.localdate() + timedelta(days=due) if due else None,
        comment=entry.get("comment", str, ""),
    )
    if entry.get("handed_in", bool, False):
        reviewing.submit(page, language, translator)


def _make_newsletter(language, entry, places):
    """Create the newsletter that ``entry`` describes, and an issue if it has a subject for one."""
    site = Site.objects.get(is_default_site=True)
    texts = {name: entry.get(name) for name in ("name", "description", "imprint")}
    newsletter = Newsletter.objects.create(site=site, language=language, **texts)
    if not (subject := entry.get("subject", str, "")):
        return
    introduction = entry.get("introduction", str, "").strip()
    issue = newsletter.issues.create(subject=subject, introduction=introduction)
    for number, name in enumerate(entry.get("articles", list, [])):
        article = _article(entry, places.find(f"articles/{name}"))
        IssueArticle.objects.create(issue=issue, article=article, sort_order=number)


def _welcome_page():
    """The welcome page of a new Wagtail site, or ``None`` if it is gone or has child pages."""
    page = Page.objects.filter(depth=2, slug="home", numchild=0).first()
    return page if page and page.specific_class is Page else None


def _site(port, welcome):
    """The default site, which starts at a page that the front page will replace."""
    if welcome is None:
        welcome = Page.get_first_root_node().add_child(instance=Page(title="Home", slug="home"))
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.root_page, site.site_name = HOSTNAME, port, welcome, ""
    site.save()
    return site


def fit_address(port):
    """Set host and port of the default site, unless it has a host name of its own."""
    sites = Site.objects.filter(is_default_site=True, hostname__in=(HOSTNAME, "localhost"))
    for site in sites.exclude(hostname=HOSTNAME, port=port):
        site.hostname, site.port = HOSTNAME, port
        site.save()


def make_renditions(image, files):
    """Make the JPEG renditions of ``image``; appends the stored files to ``files``.

    Renditions in slower formats are made in the background once the pages are published.
    """
    parts = {INLINE}
    if ArticlePage.objects.filter(hero_image=image).exists():
        parts = OF_HERO
    elif AuthorPage.objects.filter(photo=image).exists():
        parts = {PORTRAIT}
    specs = [spec for spec in needed_specs(image, *parts) if spec.endswith("jpeg")]
    files += [each.file for each in image.get_renditions(*specs).values()]
    record_renditions([image])
