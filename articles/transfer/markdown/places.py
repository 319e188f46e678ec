"""Find the pages of a site for the files of a folder of Markdown; create missing pages."""

import re
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_unicode_slug
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.routes.slugs import make_page_slug
from diptych.articles.models import HomePage
from diptych.articles.transfer.markdown import layout
from diptych.articles.transfer.markdown.folder import source_of
from diptych.articles.transfer.publisher import Publisher
from diptych.articles.transfer.report import Outcome, in_words

#: Below which type of page a type stands.
PARENTS = {
    "article": "articles",
    "author": "authors",
    "topic": "topics",
    "print_issue": "print_issues",
}
#: Page types whose pages are created where front matter names one that is not there, by field.
CREATED_BY_NAME = {"authors": "author", "topics": "topic"}


class HasPages(Exception):
    """The site starts at a page of another type than a front page, which is not empty."""


@dataclass
class Group:
    """The texts of a page by language, and the page, once it has its place.

    ``was_here``: the page was in the site before the import, which leaves its texts as they are.
    """

    key: str
    texts: dict
    page: Page = None
    was_here: bool = False

    @property
    def source(self):
        return source_of(self.texts)

    def record(self, report, outcome, reason="", text=None):
        """Record the outcome of ``text``, or of all texts of the page, in ``report``."""
        page = self.page.pk if self.page else None
        for each in [text] if text else self.texts.values():
            report.add(each.path, "page", each.language, outcome, reason, page)


class Places:
    """Finds or creates the pages of ``folder`` below ``home``, the front page of ``site``.

    Raises :class:`HasPages` where the site has no front page and cannot be given one.
    """

    def __init__(self, site, folder, records, report):
        self.site, self.folder, self.records, self.report = site, folder, records, report
        self._pages, self._models = {}, {}
        self._named, self._created = {}, []
        is_new = not isinstance(site.root_page.specific, HomePage)
        self.home = self._home()
        self.publisher = Publisher(self.home, in_menu=is_new)

    @contextmanager
    def atomic(self):
        """A transaction at whose end pages are indexed once."""
        self._created = []
        try:
            with self.publisher.atomic():
                yield
        except BaseException:
            self._named.clear()
            raise
        for title, kind, language, pk in self._created:
            self.report.add(title, kind, language, Outcome.CREATED, "", pk)

    def find(self, name, folder=""):
        """The primary key of the page that ``name`` means in a file in ``folder``; or ``None``."""
        named = self._named.get(name) if isinstance(name, str) else None
        return named or self._pages.get(self.folder.key_named(name, folder))

    # The front page

    def _home(self):
        """The front page of the site, without its texts where they cannot be stored."""
        texts = self.folder.groups.get("", {})
        try:
            return self._front_page(texts)
        except HasPages:
            raise
        except Exception as error:
            # Any exception of a page that cannot be stored.
            for text in texts.values():
                self.report.note(text.path, "front matter", str(error) or type(error).__name__)
            self.site.refresh_from_db()
            return self._front_page({})

    def _front_page(self, texts):
        """The front page of the site; a new one takes the place of Wagtail's page of welcome."""
        root = self.site.root_page.specific
        if isinstance(root, HomePage):
            return root
        if root.numchild or type(root) is not Page:
            raise HasPages
        home = HomePage(live=False)
        if texts:
            home.source_language = source_of(texts).language
        for code in available_languages():
            title = texts[code].values.get("title") if code in texts else None
            with override(code):
                home.set_text("headline", code, str(title or _("Home"))[:255])
            if code in texts and (slug := slug_of(texts[code])):
                home.set_text("url_slug", code, slug)
        if texts:
            for code in set(available_languages()) - set(texts):
                home.set_text("headline", code, "")
        with transaction.atomic():
            Page.get_first_root_node().add_child(instance=home)
            self.site.root_page = home
            self.site.save()
            Page.objects.get(pk=root.pk).delete()
            row = self._keep("", home)
        self.records.remember(row)
        return HomePage.objects.get(pk=home.pk)

    def _keep(self, key, page):
        """Write which page was made of ``key``; its texts have rows of their own."""
        row = self.records.find("page", key)
        return self.records.keep(row, "page", key, page)

    # Other pages

    def place(self, group):
        """Find the page of ``group``, or create it as a draft with its headlines and slugs."""
        known = self.records.object_id("page", group.key)
        if known is not None:
            group.page = self._imported(group, known)
            if group.page is None:
                return
        elif group.key == "":
            group.page, group.was_here = self.home, True
        else:
            self._create(group)
        self._pages[group.key] = group.page.pk
        self._models[group.key] = type(group.page)
        if group.was_here:
            group.record(self.report, Outcome.SKIPPED, _("This page was here before."))

    def _imported(self, group, pk):
        """The page created from ``group`` before; ``None`` if this site does not have it."""
        page = Page.objects.filter(pk=pk).first()
        if page is None:
            group.record(self.report, Outcome.SKIPPED, _("It was deleted here since."))
            return None
        if page.pk != self.home.pk and self.publisher.is_elsewhere(page):
            reason = _("Its page was moved out of this site since.")
            group.record(self.report, Outcome.SKIPPED, reason)
            return None
        return page.specific

    def _create(self, group):
        model, parent = self._type_and_parent(group)
        page = model(source_language=group.source.language)
        for language, text in group.texts.items():
            page.set_text("headline", language, title_of(text, group.key.split("/")[-1])[:255])
            if slug := slug_of(text):
                page.set_text("url_slug", language, slug)
        group.page = self._at_the_address_of(page, parent, group)
        if group.page is not None:
            group.was_here = True
            return
        with self.atomic():
            self.publisher.add(page, parent)
            row = self._keep(group.key, page)
        self.records.remember(row)
        group.page = page

    def _at_the_address_of(self, page, parent, group):
        """The page of the same type that stands at the address of the new ``page`` already."""
        language = group.source.language
        slug = page.text_in("url_slug", language) or group.key.split("/")[-1]
        found = PageLanguage.objects.filter(
            language=language,
            slug=slug,
            translated=True,
            page__depth=parent.depth + 1,
            page__path__startswith=parent.path,
        ).first()
        other = Page.objects.get(pk=found.page_id).specific if found else None
        return other if type(other) is type(page) else None

    def _type_and_parent(self, group):
        """The model of a new page, and the page below which it stands."""
        folder = self._nearest_folder(group.key)
        parent = None
        if folder:
            parent = Page.objects.get(pk=self._pages[folder]).specific
        said = group.source.values.get("type")
        kind = said if said in layout.TYPES else self._likely_type(group, parent)
        model = layout.TYPES[kind]
        if parent is None or model not in parent.allowed_subpage_models():
            parent = self._section_of(kind) if kind in PARENTS else self.home
        return model, parent

    def _nearest_folder(self, key):
        """The folder around ``key`` that has a page of its own, "" if none has."""
        folder = key.rpartition("/")[0]
        while folder and folder not in self._pages:
            folder = folder.rpartition("/")[0]
        return folder

    def _likely_type(self, group, parent):
        """The default type of a page, by its path."""
        if parent is not None:
            name = layout.type_of(type(parent))
            below = next((kind for kind, above in PARENTS.items() if above == name), None)
            if below:
                return below
        has_index = any(
            each.path.rpartition("/")[2].startswith("_index") for each in group.texts.values()
        )
        if has_index:
            return "articles"
        return "article" if "/" in group.key else "page"

    def _section_of(self, kind):
        """The list of articles, authors or topics below which pages of type ``kind`` stand."""
        lists_of_folders = self._pages.values() if kind == "article" else ()
        return self.publisher.section(layout.TYPES[PARENTS[kind]], besides=lists_of_folders)

    # Authors and topics by their names

    def create_named(self, said, text):
        """Create pages for authors and topics that ``said`` calls by a name and not by a path.

        ``said`` is the front matter of ``text``; a name in it is replaced by one for :meth:`find`.
        Is called within :meth:`atomic`.
        """
        for name, kind in CREATED_BY_NAME.items():
            if name not in said:
                continue
            given = said[name]
            entries = given if isinstance(given, list) else [given] if given else []
            said[name] = [self._with_page(kind, each, text) for each in entries]

    def _with_page(self, kind, entry, text):
        """``entry``, a name or a row with one, that leads to a page of an author or a topic."""
        name = entry.get(kind) if isinstance(entry, dict) else entry
        key = self.folder.key_named(name, text.folder)
        model = self._models.get(key)
        if not name or (model and issubclass(model, layout.TYPES[kind])):
            return entry
        name = self._page_named(kind, str(name), text.language)
        return {**entry, kind: name} if isinstance(entry, dict) else name

    def _page_named(self, kind, title, language):
        """The name for :meth:`find` of the page with that title, which is created if missing."""
        name = f":{kind}:{title}"
        if name not in self._named:
            model = layout.TYPES[kind]
            page = model.objects.descendant_of(self.home).filter(title=title[:255]).first()
            if page is None:
                page = model(source_language=language)
                # A person has one name, a topic one in each language.
                languages = available_languages() if kind == "author" else [language]
                for code in languages:
                    page.set_text("headline", code, title[:255])
                try:
                    self.publisher.publish(page, page, languages, self._section_of(kind))
                except ValidationError as error:
                    said = {"name": f"{kind} “{title}”", "value": in_words(error)}
                    raise ValueError(_("%(name)s: %(value)s") % said) from error
                self._created.append((title, kind, language, page.pk))
            self._named[name] = page.pk
        return name


def groups_of(folder):
    """The :class:`Group` of each page of ``folder``: pages before those below them."""
    return sorted((Group(key, texts) for key, texts in folder.groups.items()), key=_order)


def _order(group):
    weight = group.source.values.get("weight")
    number = weight if isinstance(weight, int) else 1_000_000
    return (group.key.count("/") + bool(group.key), number, group.key)


def title_of(text, otherwise):
    """The title of ``text`` in one line; spaces that do not break stay."""
    title = str(text.values.get("title") or otherwise)
    return re.sub(r"[ \t\r\n]+", " ", title).strip(" ")


def declared_slug(text):
    """The slug in the front matter of ``text``, unchanged; ``""`` for none."""
    said = text.values.get("slug")
    return str(said).strip("/") if said else ""


def slug_of(text):
    """The slug for the page of ``text``: the declared one, converted to a valid slug."""
    slug = declared_slug(text)[:255]
    try:
        validate_unicode_slug(slug)
    except ValidationError:
        return make_page_slug(slug, text.language)
    return slug
