"""Loads the demo journal into an empty database."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from articles.languages.models import TranslationAssignment
from articles.languages.translations import reviewing
from articles.models import ArticlePage, HomePage
from config.demo import logins
from config.demo.article_history import ArticleHistories, Backdating
from config.demo.fixed_pages import HOSTNAME, FixedPages, welcome_page
from config.demo.pictures import parts_of_images, store_picture


class OccupiedError(Exception):
    """The database has pages other than those of the demo and Wagtail's welcome page."""


def is_loaded():
    """Whether the database has a front page."""
    return HomePage.objects.exists()


def load(contents, port, progress=lambda _label, items: items):
    """Load ``contents`` in one transaction; on an error the stored files are deleted, too.

    ``progress(label, items)`` returns an iterable of the items, as ``tqdm`` does.
    """
    others = Page.objects.filter(depth=2)
    if welcome := welcome_page():
        others = others.exclude(pk=welcome.pk)
    if others.exists():
        raise OccupiedError
    files = []
    try:
        with transaction.atomic():
            _load(contents, port, progress, files)
    except BaseException:
        for file in files:
            file.storage.delete(file.name)
        raise


def _load(contents, port, progress, files):
    history = Backdating()
    users = logins.make_logins(contents.logins)
    parts = parts_of_images(contents)
    images = {}
    for key in progress(_("Images"), list(contents.images)):
        images[key] = store_picture(key, contents, parts[key], files, users["editor"])
    fixed = FixedPages(contents, history, images, users["chief"])
    home = fixed.add_home(port)
    logins.make_groups(contents.logins)
    sections = fixed.add_sections(home)
    topics = fixed.add_topics(sections["topics"])
    accounts = {user.get_full_name(): user for user in users.values()}
    authors = fixed.add_authors(sections["authors"], accounts)
    fixed.add_plain_pages(home)
    articles = ArticleHistories(contents, history, users, images, topics, authors)
    articles.create(sections["articles"], fixed.add_series(home))
    for key in progress(_("Articles"), list(reversed(contents.articles))):
        articles.replay(key)
    for key, table in contents.work.items():
        _request_translation(table, ArticlePage.objects.get(pk=articles.pages[key].pk), users)
    home = HomePage.objects.get(pk=home.pk)
    home.lead_article = articles.pages[contents.journal.get("lead_article")]
    home.save()
    fixed.publish(home)


def _request_translation(table, page, users):
    """Create the translation assignment that ``table`` describes; submit it if ``handed_in``."""
    language, translator = table.get("language"), users.get(table.get("translator", str, ""))
    due = table.get("due", int, 0)
    TranslationAssignment.objects.create(
        page_id=page.pk,
        language=language,
        translator=translator,
        requested_by=users["chief"],
        requested_at=timezone.now(),
        due_date=timezone.localdate() + timedelta(days=due) if due else None,
        comment=table.get("comment", str, ""),
    )
    if table.get("handed_in", bool, False):
        reviewing.submit(page, language, translator)


def fit_address(port):
    """Set host and port of the default site, unless it has a host name of its own."""
    sites = Site.objects.filter(is_default_site=True, hostname__in=(HOSTNAME, "localhost"))
    for site in sites.exclude(hostname=HOSTNAME, port=port):
        site.hostname, site.port = HOSTNAME, port
        site.save()
