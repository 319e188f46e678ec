"""Creates the pages other than articles: front page, sections, topics, authors, plain pages."""

import json

from wagtail.models import Page, Site

from articles.languages.available import column
from articles.models import (
    ArticleIndexPage,
    AuthorIndexPage,
    AuthorLink,
    AuthorPage,
    HomePage,
    JournalSettings,
    SeriesPage,
    StandardPage,
    TopicIndexPage,
    TopicPage,
)
from config.demo.contents import portrait
from config.demo.markdown import rich_text
from config.demo.tables import LANGUAGES

SECTIONS = {"articles": ArticleIndexPage, "topics": TopicIndexPage, "authors": AuthorIndexPage}
INTRODUCTION = {"introduction": "introduction", "meta_description": "introduction"}
HOSTNAME = "127.0.0.1"


def write(page, **texts):
    """Set translated fields of ``page``, each given as values by language."""
    for name, words in texts.items():
        for language, value in words.items():
            page.set_text(name, language, value)


def write_table(page, table, **names):
    """Set fields of ``page`` from ``table``; ``names`` are keys of ``table`` by field."""
    names = {"url_slug": "slug", "headline": "headline", **names}
    write(page, **{field: table.pair(name) for field, name in names.items()})


def add(parent, page):
    """Add ``page`` below ``parent`` as a draft."""
    page.live = False
    page.has_unpublished_changes = True
    return parent.add_child(instance=page)


class FixedPages:
    """Creates the pages and publishes them in both languages on the journal's founding day."""

    def __init__(self, contents, history, images, user):
        self.contents, self.history = contents, history
        self.images, self.user = images, user
        self.founded = contents.journal.get("founded", int)

    def publish(self, page):
        """Publish ``page`` in both languages, backdated to the founding day."""
        page.publish_languages(LANGUAGES, user=self.user)
        self.history.move(page, self.founded)
        return page

    def add_home(self, port):
        """Create the front page as a draft in place of Wagtail's welcome page, and its site."""
        home = HomePage(owner=self.user)
        write_table(home, self.contents.sections["home"], **INTRODUCTION)
        welcome = welcome_page()
        add(Page.get_first_root_node(), home)
        site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
        site.hostname, site.port, site.root_page = HOSTNAME, port, home
        site.site_name = self.contents.journal.get("name")
        site.save()
        if welcome:
            welcome.delete()
        self._write_settings(site)
        return HomePage.objects.get(pk=home.pk)

    def add_sections(self, home):
        """Create the index pages of articles, topics and authors; returns them by key."""
        sections = {}
        for name, model in SECTIONS.items():
            page = model(owner=self.user, show_in_menus=True)
            write_table(page, self.contents.sections[name], **INTRODUCTION)
            sections[name] = self.publish(add(home, page))
        return sections

    def _write_settings(self, site):
        journal = JournalSettings.for_site(site)
        table = self.contents.journal
        for language in LANGUAGES:
            setattr(journal, column("name", language), table.get("name"))
            for name in ("tagline", "footer_text"):
                setattr(journal, column(name, language), table.pair(name)[language])
        links = table.get("links", list)
        journal.social_links = [("link", {"label": label, "url": url}) for label, url in links]
        journal.save()

    def add_topics(self, index):
        """Create the topics; returns them by key."""
        topics = {}
        for key, table in self.contents.topics.items():
            page = TopicPage(owner=self.user)
            write_table(page, table, headline="name", description="description")
            topics[key] = self.publish(add(index, page))
        return topics

    def add_series(self, home):
        """Create the series; returns the page and the part number of each article, by its key."""
        places = {}
        for table in self.contents.series.values():
            page = SeriesPage(owner=self.user)
            write_table(page, table, description="description")
            self.publish(add(home, page))
            parts = table.names("parts", self.contents.articles)
            places |= {key: (page, number) for number, key in enumerate(parts, start=1)}
        return places

    def add_authors(self, index, accounts):
        """Create the authors; returns them by key. ``accounts`` are users by full name."""
        authors = {}
        for key, table in self.contents.authors.items():
            page = AuthorPage(owner=self.user, photo=self.images[portrait(key)])
            for language in LANGUAGES:
                words, seed = table.get(f"biography_{language}"), f"{key}/biography"
                biography = rich_text(words, table.path, seed, table.line)
                page.set_text("headline", language, table.get("name"))
                page.set_text("url_slug", language, table.get("slug"))
                page.set_text("biography", language, biography)
            write(page, role=table.pair("role"))
            links = table.get("links", list, [])
            page.account = accounts.get(table.get("name"))
            page.links = [AuthorLink(label=label, url=url) for label, url in links]
            authors[key] = self.publish(add(index, page))
        return authors

    def add_plain_pages(self, home):
        """Create the plain pages."""
        images = {key: image.pk for key, image in self.images.items()}
        for key, written in self.contents.pages.items():
            in_menus = written.table.get("in_menus", bool)
            page = StandardPage(owner=self.user, show_in_menus=in_menus)
            for language, text in written.texts.items():
                write_front(page, language, text)
                data = text.body(key, images, {})
                page.set_text("body", language, json.dumps(data))
            self.publish(add(home, page))


def write_front(page, language, text):
    """Set the fields of ``page`` that the front matter of ``text`` defines."""
    names = {"headline": "headline", "url_slug": "slug", "lead": "lead"}
    for name, key in {**names, "meta_description": "description"}.items():
        page.set_text(name, language, text.front[key])


def welcome_page():
    """The welcome page of a new Wagtail site, or ``None`` if it is gone or has child pages."""
    page = Page.objects.filter(depth=2, slug="home", numchild=0).first()
    return page if page and page.specific_class is Page else None
