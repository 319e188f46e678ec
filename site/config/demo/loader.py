"""Put the demo journal into a database that has none yet."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from articles.models import HomePage
from config.demo import drawing, logins
from config.demo.chronicle import Chronicle
from config.demo.desk import accounts_of, lay_out
from config.demo.history import History
from config.demo.pictures import parts_of_images, store_picture
from config.demo.tree import HOSTNAME, Tree, welcome_page


class OccupiedError(Exception):
    """The database holds pages that are neither the demo's nor Wagtail's first one."""


def is_loaded():
    """Whether a journal is there already."""
    return HomePage.objects.exists()


def load(contents, port, progress=lambda _label, items: items, draw=drawing.draw):
    """Load ``contents`` as a whole or, if anything goes wrong, not at all.

    ``progress`` is called with a label and a list, and returns what to go through instead of
    the list. ``draw`` makes a picture from its name.
    """
    others = Page.objects.filter(depth=2)
    if welcome := welcome_page():
        others = others.exclude(pk=welcome.pk)
    if others.exists():
        raise OccupiedError
    files = []
    try:
        with transaction.atomic():
            _load(contents, port, progress, draw, files)
    except BaseException:
        for file in files:
            file.storage.delete(file.name)
        raise


def _load(contents, port, progress, draw, files):
    history = History()
    users = logins.make_logins(contents.logins)
    parts = parts_of_images(contents)
    images = {}
    for key, table in progress(_("Images"), list(contents.images.items())):
        images[key] = store_picture(key, table, parts[key], files, users["editor"], draw)
    tree = Tree(contents, history, images, users["chief"])
    home = tree.plant_home(port)
    logins.make_groups(contents.logins)
    sections = tree.add_sections(home)
    topics = tree.add_topics(sections["topics"])
    authors = tree.add_authors(sections["authors"], accounts_of(users))
    tree.add_plain_pages(home)
    chronicle = Chronicle(contents, history, users, images, topics, authors)
    chronicle.prepare(sections["articles"], tree.add_series(home))
    for key in progress(_("Articles"), list(reversed(contents.articles))):
        chronicle.tell(key)
    lay_out(contents.work, chronicle.pages, users)
    home = HomePage.objects.get(pk=home.pk)
    home.lead_article = chronicle.pages[contents.journal.get("lead_article")]
    home.save()
    tree.publish(home)


def fit_address(port):
    """Let addresses name where the demo is served, if the site is still the demo's."""
    sites = Site.objects.filter(is_default_site=True, hostname__in=(HOSTNAME, "localhost"))
    for site in sites.exclude(hostname=HOSTNAME, port=port):
        site.hostname, site.port = HOSTNAME, port
        site.save()
