"""A small journal, and changes of every kind that editors, commands and code make to it."""

import io
from contextlib import suppress
from datetime import timedelta

from django.core import serializers
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from lxml.html import document_fromstring
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction

from diptych.articles.languages.bin.deleting import move_to_bin
from diptych.articles.languages.bin.restoring import NotRestorable, restore_from_bin
from diptych.articles.languages.models import DeletedPage, LanguageSchedule, PageLanguage
from diptych.articles.languages.publication.readiness.grading import NotPublishable
from diptych.articles.languages.publication.schedules.scheduling import set_date
from diptych.articles.models import (
    ArticleAuthor,
    ArticleIndexPage,
    ArticlePage,
    ArticleTopic,
    AuthorPage,
    ExcludedArticle,
    HomePage,
    JournalSettings,
    PickedArticle,
    PrintIssueEntry,
    PrintIssueIndexPage,
    PrintIssuePage,
    SeriesPage,
    TopicPage,
)
from diptych.themes.models import AppearanceSettings
from tests.articles.interface_texts.form import open_form
from tests.articles.languages import editor
from tests.articles.languages.bin_screens import delete, restore
from tests.factories import (
    blocks,
    make_alias,
    make_article,
    make_author,
    make_image,
    make_journal,
    make_page,
    make_plain_page,
    make_topic,
    make_user,
    publish_confirmed,
    write_draft,
)
from tests.wagtail_versions import HAS_ADMIN_ACTIONS

LANGUAGES = ("fr", "en")
#: What is searched: words of many articles, and the beginning of many words.
WORDS = ("titre", "title", "mot")


class ChangingJournal:
    """A journal of a few pages; each of ``CHANGES`` changes something of it at random.

    ``folder`` is for files. ``touched`` are the primary keys of the pages that the last change has
    chosen. ``client`` is an editor's browser.
    """

    def __init__(self, random, folder, journal=None, client=None):
        self.random = random
        self.number = 0
        self.paths, self.touched, self.aliases = {}, set(), set()
        self.journal = journal or make_journal()
        self.settings = JournalSettings.for_site(self.journal.site)
        AppearanceSettings.for_site(self.journal.site)
        self.user = make_user()
        self.client = client or Client()
        self.client.force_login(self.user)
        self.image = make_image()
        self.image.get_file_size()  # or it is no logo yet
        self.folder = folder
        self.topics = [make_topic(self.journal), make_topic(self.journal, "Ville", "City")]
        self.author = make_author(self.journal)
        self.archive = make_page(ArticleIndexPage, self.journal.home, "Archives", "Archive")
        self.issues = make_page(PrintIssueIndexPage, self.journal.home, "Numéros", "Issues")
        self.about = make_plain_page(self.journal)
        make_page(SeriesPage, self.journal.home, "Les lacs", "The lakes")
        for _each in range(3):
            self.new_article()

    def change(self, name):
        self.touched = set()
        with suppress(NotPublishable):  # such as a link to an article that has been deleted
            getattr(self, name)()

    # RequestLog

    def addresses(self):
        """Every address of the journal, and some at which pages have stood before."""
        root, now = self.journal.site.root_page.url_path, {}
        for pk, language, path in PageLanguage.objects.values_list("page", "language", "url_path"):
            if path.startswith(root):
                now[f"/{language}/{path.removeprefix(root)}"] = pk
        left = sorted(self.paths.keys() - now.keys())
        self.paths |= now
        paths = sorted(now) + self.random.sample(left, min(len(left), 3))
        others = ["/robots.txt", "/sitemap.xml", "/sitemap-news.xml"]
        topics, articles = Page.objects.type(TopicPage), Page.objects.type(ArticlePage)
        for language in LANGUAGES:
            with override(language):
                others += [reverse("diptych_feed"), reverse("diptych_api:articles:listing")]
                others += [f"{reverse('diptych_search')}?q={word}" for word in WORDS]
                others += [reverse("diptych_topic_feed_json", args=(each.pk,)) for each in topics]
                for each in articles:
                    others.append(reverse("diptych_api:articles:detail", args=(each.pk,)))
        lists = [f"{path}?page=2" for path in paths if path.count("/") < 4]
        return paths + others + lists

    def touched_addresses(self):
        """The addresses, old ones too, of the pages that the last change has chosen."""
        return sorted(path for path, pk in self.paths.items() if pk in self.touched)

    # Choosing

    def word(self):
        self.number += 1
        return f"mot{self.number}"

    def any_of(self, model):
        return self.touch(self.random.choice(list(model.objects.order_by("pk"))))

    def touch(self, page):
        self.touched.add(page.pk)
        return page

    def article(self):
        return self.any_of(ArticlePage)

    def original(self):
        """An article that was no alias: without its original, one has what was live of it alone."""
        articles = ArticlePage.objects.filter(alias_of=None).exclude(pk__in=self.aliases)
        found = list(articles.order_by("pk"))
        return self.touch(self.random.choice(found)) if found else self.new_article()

    def language(self):
        return self.random.choice(LANGUAGES)

    # Changing

    def new_article(self):
        if ArticlePage.objects.count() > 7:
            self.deleted()
        word = self.word()
        image = self.random.choice([None, self.image])
        article = make_article(
            self.journal,
            fr=f"Titre {word}",
            en=f"Title {word}",
            live_in=self.random.choice([["fr"], ["en"], LANGUAGES]),
            authors=[self.any_of(AuthorPage)],
            topics=[self.any_of(TopicPage)],
            hero_image=image,
            series=self.random.choice([None, self.any_of(SeriesPage)]),
            translator_en=self.random.choice([None, self.any_of(AuthorPage)]),
            body_fr=self.body(),
            body_en=self.body(),
        )
        return article

    def body(self):
        """A body with a picture that links to two other articles, which may be drafts."""
        found = [("image", {"image": self.image.pk})]
        if pages := list(ArticlePage.objects.order_by("pk")):
            link = f'<a linktype="page" id="{self.random.choice(pages).pk}">voir</a>'
            found.append(("paragraph", f"<p>Texte {self.word()} {link}</p>"))
            found.append(("article", {"article": self.random.choice(pages).pk}))
        return blocks(*found)

    def text(self):
        language = self.language()
        publish_confirmed(self.original(), [language], **{f"lead_{language}": self.word()})

    def headline(self):
        language = self.language()
        publish_confirmed(self.original(), [language], **{f"headline_{language}": self.word()})

    def slug(self):
        language = self.language()
        page = self.random.choice([self.original(), self.any_of(ArticleIndexPage)])
        publish_confirmed(page, [language], **{f"url_slug_{language}": self.word()})

    def saved_in_a_shell(self):
        page = self.original()
        page.lead_fr = self.word()
        page.save()

    def draft(self):
        write_draft(self.original(), lead_fr=self.word(), headline_en=self.word())

    def unpublished_in_a_language(self):
        self.original().unpublish_languages([self.language()])

    def unpublished(self):
        self.client.post(reverse("wagtailadmin_pages:unpublish", args=(self.original().pk,)))

    def published_again(self):
        publish_confirmed(self.original())

    def at_its_date(self):
        page, act = self.original(), self.random.choice(["publish", "unpublish"])
        language = self.language()
        if act == "unpublish" and not page.is_live_in(language):
            return
        if act == "publish":
            write_draft(page, **{f"lead_{language}": self.word()})
            page.refresh_from_db()
        set_date(page, language, act, timezone.now() + timedelta(hours=1), self.user)
        LanguageSchedule.objects.update(due_at=timezone.now() - timedelta(minutes=1))
        call_command("publish_scheduled")

    def private(self):
        page = self.touch(self.random.choice([self.article(), self.archive, self.about]))
        address = reverse("wagtailadmin_pages:set_privacy", args=(page.pk,))
        self.client.post(address, {"restriction_type": "login"})

    def public(self):
        PageViewRestriction.objects.all().delete()

    def moved(self):
        section = self.random.choice([self.archive, self.journal.articles])
        page = Page.objects.get(pk=self.article().pk)
        page.move(Page.objects.get(pk=section.pk), "last-child")

    def sorted_anew(self):
        first = Page.objects.type(TopicPage).order_by("path").first()
        first.move(Page.objects.get(pk=self.journal.topics.pk), "last-child")

    def deleted(self):
        if ArticlePage.objects.count() > 2:
            delete(self.client, self.article())

    def deleted_by_code(self):
        if ArticlePage.objects.count() > 2:
            Page.objects.get(pk=self.article().pk).delete()

    def into_the_bin(self):
        if TopicPage.objects.count() > 1:
            move_to_bin(Page.objects.get(pk=self.any_of(TopicPage).pk).specific, self.user)

    def restored(self):
        for each in DeletedPage.objects.order_by("-deleted_at")[:2]:
            try:
                restore_from_bin(each.key, self.user)
            except NotRestorable:
                restore(self.client, each)

    def alias(self):
        if ArticlePage.objects.count() < 8:
            alias = make_alias(self.original(), parent=self.archive, slug=self.word())
            self.aliases.add(alias.pk)

    def copied(self):
        if ArticlePage.objects.count() < 8:
            self.original().copy(update_attrs={"slug": self.word()}, keep_live=True)

    def topic_renamed(self):
        publish_confirmed(self.any_of(TopicPage), **{f"headline_{self.language()}": self.word()})

    def author_renamed(self):
        word = self.word()
        publish_confirmed(self.any_of(AuthorPage), headline_fr=word, headline_en=word)

    def series_renamed(self):
        publish_confirmed(self.any_of(SeriesPage), **{f"headline_{self.language()}": self.word()})

    def series_changed(self):
        article = self.original()
        article.series = self.random.choice([None, self.any_of(SeriesPage)])
        article.series_part = self.random.randrange(1, 4)
        article.save()

    def author_given(self):
        ArticleAuthor.objects.create(article=self.article(), author=self.any_of(AuthorPage))

    def topic_given(self):
        ArticleTopic.objects.create(article=self.article(), topic=self.any_of(TopicPage))

    def topic_taken(self):
        if rows := list(ArticleTopic.objects.order_by("pk")):
            self.random.choice(rows).delete()

    def picked(self):
        PickedArticle.objects.create(article=self.article(), suggestion=self.article())

    def excluded(self):
        ExcludedArticle.objects.create(article=self.article(), excluded=self.article())

    def in_menus(self):
        self.about.refresh_from_db()
        self.about.show_in_menus = not self.about.show_in_menus
        self.about.save()

    def front_page(self):
        home = HomePage.objects.get(pk=self.journal.home.pk)
        home.lead_article = self.random.choice([None, self.article()])
        home.save()

    def front_page_unpublished(self):
        home = HomePage.objects.get(pk=self.journal.home.pk)
        if home.live:
            home.unpublish_languages([self.language()])

    def front_page_published(self):
        publish_confirmed(HomePage.objects.get(pk=self.journal.home.pk))

    def section_unpublished(self):
        ArticleIndexPage.objects.get(pk=self.archive.pk).unpublish_languages([self.language()])

    def section_published(self):
        publish_confirmed(ArticleIndexPage.objects.get(pk=self.archive.pk))

    def many_topics(self):
        while TopicPage.objects.count() < 9:
            make_topic(self.journal, self.word(), self.word())

    def print_issue(self):
        make_page(PrintIssuePage, self.issues, self.word(), self.word(), number=self.word())

    def printed(self):
        if PrintIssuePage.objects.exists():
            issue = self.any_of(PrintIssuePage)
            PrintIssueEntry.objects.create(issue=issue, article=self.article())

    def settings_changed(self):
        self.settings.refresh_from_db()
        name = self.random.choice(["name_fr", "footer_text_en", "tagline_fr", "related_count"])
        value = self.random.randrange(1, 4) if name == "related_count" else self.word()
        setattr(self.settings, name, value)
        self.settings.save()

    def appearance_changed(self):
        found = AppearanceSettings.for_site(self.journal.site)
        found.theme = self.random.choice(["gazette", "revue"])
        found.french_typography = self.random.choice(["fr-FR", "fr-CH"])
        found.guillemet_space = self.random.choice(["narrow", "word"])
        found.logo = self.random.choice([None, get_image_model().objects.get(pk=self.image.pk)])
        found.save()

    def site_renamed(self):
        self.journal.site.refresh_from_db()
        self.journal.site.site_name = self.word()
        self.journal.site.save()

    def image_described(self):
        image = get_image_model().objects.get(pk=self.image.pk)
        setattr(
            image, self.random.choice(["alt_fr", "alt_en", "caption_fr", "credit"]), self.word()
        )
        image.save()

    def image_replaced(self):
        image = get_image_model().objects.get(pk=self.image.pk)
        drawing = io.BytesIO()
        Picture.new("RGB", (self.random.randrange(300, 500), 300)).save(drawing, "PNG")
        drawing.seek(0)
        image.file = ImageFile(drawing, name=f"{self.word()}.png")
        image.focal_point_x = self.random.choice([None, 10])
        image.save()
        image.renditions.all().delete()

    # In the admin

    def post(self, name, *arguments, form=None):
        """Post ``form`` to a screen of the admin, whose address has this name."""
        return self.client.post(reverse(name, args=arguments), form or {})

    def fill_in(self, name, *arguments, **values):
        """Open a form of the admin, change the given fields, and send it."""
        address = reverse(name, args=arguments)
        screen = self.client.get(address)
        assert screen.status_code == 200, address
        document = document_fromstring(screen.content)
        (form,) = document.xpath("//form[.//*[@name=$name]]", name=next(iter(values)))
        for control in form.xpath(".//input[not(@value) and not(@type='checkbox')]"):
            control.set("value", "")
        answer = self.client.post(address, {**dict(form.form_values()), **values})
        assert answer.status_code == 302, address

    def edited_in_the_admin(self):
        word = self.word()
        authors = [{"author": self.any_of(AuthorPage).pk, "ORDER": 1}]
        form = editor.article_form(
            f"Titre {word}", f"Title {word}", press=editor.PUBLISH_BOTH, authors=authors
        )
        page = self.original()
        self.post("wagtailadmin_pages:edit", page.pk, form={**editor.opened_on(page), **form})

    def renamed_in_the_admin(self):
        page, word = self.any_of(self.random.choice([AuthorPage, TopicPage])), self.word()
        headlines = {f"headline_{code}": word for code in page.languages_public() or LANGUAGES}
        press = {editor.PUBLISH: "1"}
        self.fill_in("wagtailadmin_pages:edit", page.pk, **headlines, **press)

    def menu_in_the_admin(self):
        in_menus = {"show_in_menus": "on"} if self.random.random() < 0.5 else {}
        word = self.word()
        form = editor.plain_form(word, word, press=editor.PUBLISH_BOTH, **in_menus)
        page = self.touch(self.about)
        self.post("wagtailadmin_pages:edit", page.pk, form={**editor.opened_on(page), **form})

    def language_unpublished_in_the_admin(self):
        self.post("diptych_unpublish_language", self.original().pk, self.language())

    def moved_in_the_admin(self):
        section = self.random.choice([self.archive, self.journal.articles])
        self.post("wagtailadmin_pages:move_confirm", self.article().pk, section.pk)

    def public_in_the_admin(self):
        for each in PageViewRestriction.objects.all():
            page = self.touch(each.page)
            form = {"restriction_type": "none"}
            self.post("wagtailadmin_pages:set_privacy", page.pk, form=form)

    def settings_in_the_admin(self):
        where = ("wagtailsettings:edit", "diptych", "journalsettings", self.journal.site.pk)
        no_links = {"menu_topics-count": "0", "social_links-count": "0"}
        self.fill_in(*where, tagline_fr=self.word(), footer_text_en=self.word(), **no_links)

    def theme_in_the_admin(self):
        where = ("wagtailsettings:edit", "diptych_themes", "appearancesettings")
        theme = self.random.choice(["gazette", "revue"])
        self.fill_in(*where, self.journal.site.pk, theme=theme)

    def site_in_the_admin(self):
        self.fill_in("wagtailsites:edit", self.journal.site.pk, site_name=self.word())

    def image_replaced_in_the_admin(self):
        drawing = io.BytesIO()
        Picture.new("RGB", (self.random.randrange(300, 500), 300)).save(drawing, "PNG")
        file = SimpleUploadedFile(f"{self.word()}.png", drawing.getvalue(), "image/png")
        self.fill_in("wagtailimages:edit", self.image.pk, alt_fr=self.word(), file=file)

    def text_of_the_site(self):
        form = open_form(self.client)
        form.type(self.random.choice(form.sources), self.word()).post(self.client)

    # By other programs

    def by_the_admin_api(self):
        action = self.random.choice(["publish", "unpublish", "unpublish"])
        self.post("wagtailadmin_api:pages:action", self.original().pk, action)

    def deleted_by_the_admin_api(self):
        if ArticlePage.objects.count() > 4:
            self.post("wagtailadmin_api:pages:action", self.article().pk, "delete")

    def loaded(self):
        """By ``loaddata``, which sends signals of its own kind."""
        page = self.original()
        page.lead_fr, page.lead_en = self.word(), self.word()
        stored = self.folder / "pages.json"
        stored.write_text(serializers.serialize("json", [page]))
        call_command("loaddata", str(stored), verbosity=0)

    def repaired(self):
        """By a command, after rows were written behind the back of everything."""
        page = self.original()
        rows = PageLanguage.objects.filter(page=page, language=self.language())
        rows.update(live=False, printed_date=None)
        call_command("rebuild_page_languages", verbosity=0)

    def related_again(self):
        call_command("rebuild_related", verbosity=0)


CHANGES = (
    *("new_article", "text", "headline", "slug", "saved_in_a_shell", "draft", "published_again"),
    *("unpublished_in_a_language", "unpublished", "at_its_date", "private", "public", "moved"),
    *("sorted_anew", "deleted", "deleted_by_code", "into_the_bin", "restored", "alias", "copied"),
    *("topic_renamed", "author_renamed", "author_given", "topic_given", "topic_taken", "picked"),
    *("excluded", "in_menus", "front_page", "settings_changed", "appearance_changed"),
    *("front_page_unpublished", "front_page_published", "section_unpublished"),
    *("section_published", "many_topics", "print_issue", "printed"),
    *("site_renamed", "image_described", "image_replaced"),
    *("edited_in_the_admin", "renamed_in_the_admin", "menu_in_the_admin"),
    *("language_unpublished_in_the_admin", "series_renamed", "series_changed"),
    *("moved_in_the_admin", "public_in_the_admin", "settings_in_the_admin", "theme_in_the_admin"),
    *("site_in_the_admin", "image_replaced_in_the_admin", "text_of_the_site"),
    *(("by_the_admin_api", "deleted_by_the_admin_api") if HAS_ADMIN_ACTIONS else ()),
    *("loaded", "repaired", "related_again"),
)
