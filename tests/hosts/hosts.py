"""The hosts that differ from the one of docs/journal.md, and all of them by name."""

from playwright.sync_api import sync_playwright

from tests import hostbases
from tests.hosts.building import ROOT, Failed
from tests.hosts.host import JOURNAL, Host
from tests.hosts.story import Plan
from tests.screens.camera import launch_chromium

ENGINE_HOST = ROOT / "tests" / "enginehost" / "enginehost"


class OwnModules(Host):
    """A project whose own applications are called as the folders of this repository."""

    title = "own modules `articles` and `themes`"
    settings_that_stay = '\nINSTALLED_APPS += ["articles", "themes"]\n'

    def prepare(self):
        for name in ("articles", "themes"):
            self.project.add(f"{name}/__init__.py", "")
            self.project.add(f"{name}/apps.py", APPLICATION.format(name=name, title=name.title()))
            self.project.add(f"{name}/models.py", MODEL.format(title=name.title()))
            self.project.add(f"{name}/migrations/__init__.py", "")
        self.project.add("mysite/settings/base.py", self.settings_that_stay)
        self.project.manage("makemigrations", "articles", "themes")

    def check(self):
        super().check()
        said = self.project.manage("shell", "--command", IMPORT_BOTH)
        if "both are imported" not in said:
            raise Failed(said)


APPLICATION = """from django.apps import AppConfig


class {title}Config(AppConfig):
    name = "{name}"
    default_auto_field = "django.db.models.BigAutoField"
"""

MODEL = """from django.db import models
from wagtail.models import Page


class {title}Page(Page):
    \"\"\"A page type of the host.\"\"\"

    note = models.TextField(blank=True)
"""

IMPORT_BOTH = """
import articles.models, diptych.articles.models, themes.models, diptych.themes.models
assert articles.models.ArticlesPage._meta.label == "articles.ArticlesPage"
assert diptych.articles.models.ArticlePage._meta.label == "diptych.ArticlePage"
print("both are imported")
"""


OWN_IMAGES = """
INSTALLED_APPS += ["pictures"]
WAGTAILIMAGES_IMAGE_MODEL = "pictures.SitePicture"
"""


class OwnImages(Host):
    """A project with an image model of its own, which knows nothing of languages."""

    title = "own image model"
    settings_that_stay = OWN_IMAGES

    def prepare(self):
        self.project.add("pictures/__init__.py", "")
        application = APPLICATION.format(name="pictures", title="Pictures")
        self.project.add("pictures/apps.py", application)
        self.project.add("pictures/models.py", IMAGES)
        self.project.add("pictures/migrations/__init__.py", "")
        self.project.add("mysite/settings/base.py", self.settings_that_stay)
        self.project.manage("makemigrations", "pictures")

    def check(self):
        super().check()
        said = self.project.manage("shell", "--command", ARTICLE_WITH_PICTURE)
        if "the picture is shown" not in said:
            raise Failed(said)


IMAGES = """from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class SitePicture(AbstractImage):
    credit = models.CharField(max_length=200, blank=True)
    admin_form_fields = (*Image.admin_form_fields, "credit")


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SitePicture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
"""

ARTICLE_WITH_PICTURE = """
from django.test import Client
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site
from diptych.articles.models import ArticleIndexPage, ArticlePage

home = Site.objects.get(is_default_site=True).root_page
picture = get_image_model().objects.create(title="Lake", file=get_test_image_file(size=(1600, 900)))
index = home.add_child(instance=ArticleIndexPage(headline_fr="Images", headline_en="Pictures"))
index.save_revision()
index.publish_languages(["fr", "en"])
body = [{"type": "paragraph", "value": "<p>Text.</p>"}]
article = index.add_child(
    instance=ArticlePage(
        headline_en="A lake", lead_en="Blue.", body_en=body, hero_image=picture,
        hero_alt_en="A blue lake", live=False
    )
)
article.save_revision()
article.publish_languages(["en"])
page = Client(HTTP_HOST="localhost").get(article.url_in("en")).content.decode()
assert picture._meta.label == "pictures.SitePicture"
assert picture.renditions.count() and picture.renditions.first().url in page, page
print("the picture is shown")
"""


class OwnBase(Host):
    """A project whose base template has a header, a footer and a reset that is in no layer.

    Pictures of two pages, on a telephone and on a desk, are written beside the project.
    """

    title = "own base template, with a reset in no layer"

    def prepare(self):
        base = self.project.folder / "mysite/templates/base.html"
        source = base.read_text()
        for before, after in BASE_TEMPLATE.items():
            if before not in source:
                raise Failed(f"The base.html of wagtail start has no {before}")
            source = source.replace(before, after)
        base.write_text(source)
        for name in ("reset", "agency"):
            self.project.add("mysite/static/css/mysite.css", hostbases.stylesheet_of(name))
        self.project.add("mysite/settings/base.py", BASE_SETTING)

    def check(self):
        super().check()
        said = self.project.manage("shell", "--command", PAGES_IN_BASE)
        if "they are in the base" not in said:
            raise Failed(said)
        with self.serving("python manage.py runserver") as address, sync_playwright() as playwright:
            browser = launch_chromium(playwright)
            for path in said.split()[-4:]:
                for width in (390, 1280):
                    page = browser.new_page(viewport={"width": width, "height": 900})
                    page.goto(f"{address}{path}")
                    name = f"{path.strip('/').replace('/', '-')}-{width}.png"
                    page.screenshot(path=self.project.folder.parent / name, full_page=True)


BASE_SETTING = """
DIPTYCH_BASE_TEMPLATE = {"template": "base.html", "block": "content"}
"""

#: What is changed in the base template: its language, and what stands around pages.
BASE_TEMPLATE = {
    '<html lang="en">': "{% load i18n %}{% get_current_language as LANGUAGE_CODE %}"
    '<html lang="{{ LANGUAGE_CODE }}">',
    "{% block content %}{% endblock %}": '<header class="site-header"><h2>Agency</h2></header>'
    "{% block content %}{% endblock %}"
    '<footer class="site-footer"><h3>Offices</h3></footer>',
}

PAGES_IN_BASE = """
import uuid
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Site
from diptych.articles.models import ArticleIndexPage, ArticlePage

home = Site.objects.get(is_default_site=True).root_page
index = home.add_child(instance=ArticleIndexPage(headline_fr="Regards", headline_en="Views"))
block = str(uuid.uuid4())
article = index.add_child(
    instance=ArticlePage(
        **{f"headline_{code}": f"In {code}" for code in ("fr", "en")},
        **{f"lead_{code}": f"Within {code}" for code in ("fr", "en")},
        **{
            f"body_{code}": [{"type": "paragraph", "value": f"<p>Text in {code}.</p>", "id": block}]
            for code in ("fr", "en")
        },
    )
)
for page in (index, article):
    page.save_revision()
    page.publish_languages(["fr", "en"])
reader = Client(HTTP_HOST="localhost")
for code in ("fr", "en"):
    for page in (index, article):
        html = BeautifulSoup(reader.get(page.url_in(code)).content, "html.parser")
        (content,) = html.select("body > main.diptych")
        assert html.html["lang"] == content["lang"] == code
        assert len(html.select("title")) == len(html.select("h1")) == 1, html
        assert html.select_one(".site-header + .diptych + .site-footer"), html
        stylesheets = [each["href"] for each in html.select("head link[rel=stylesheet]")]
        assert "/theme/" in stylesheets[-1] and len(stylesheets) == 2, stylesheets
        assert "all: revert-layer" in reader.get(stylesheets[-1]).content.decode()
addresses = [page.url_in(code) for code in ("fr", "en") for page in (index, article)]
print("they are in the base:", *addresses)
"""


class ThreeLanguages(Host):
    """A journal in three languages: English first, German without a prefix."""

    title = "three languages, English default, German unprefixed"
    plan = Plan(
        model=JOURNAL.model,
        fields=JOURNAL.fields,
        words={
            "en": JOURNAL.words["en"],
            "de": ("Eine Brücke", "Sie wird überquert.", "Sie ist recht lang."),
            "fr": JOURNAL.words["fr"],
        },
        prefixes={"en": "/en/", "de": "/", "fr": "/fr/"},
        addresses={"en": "/en/stories/a-bridge/", "de": "/geschichten/eine-bruecke/"},
        below=JOURNAL.below,
        above={"en": "Stories", "de": "Geschichten", "fr": "Récits"},
    )

    def prepare(self):
        self.project.add("mysite/settings/base.py", THREE_LANGUAGES)
        path = self.project.folder / "mysite" / "urls.py"
        ours = 'i18n_patterns(path("", include(articles_urls))'
        assert ours in path.read_text()
        unprefixed = f"{ours}, prefix_default_language=False"
        path.write_text(path.read_text().replace(ours, unprefixed))


THREE_LANGUAGES = """
LANGUAGE_CODE = "de"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("fr", "Français")]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_LANGUAGES = ("en", "de", "fr")
"""


LOCALES = """
INSTALLED_APPS += ["wagtail_localize", "wagtail_localize.locales"]
LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", "Français"), ("en", "English")]
WAGTAIL_I18N_ENABLED = True
"""

TREE_OF_A_LOCALE = """
from django.test import Client
from wagtail.models import Locale, Site

home = Site.objects.get(is_default_site=True).root_page.specific
english, _ = Locale.objects.get_or_create(language_code="en")
for page, title in ((home, "Accueil"), (home.copy_for_translation(english), "Welcome home")):
    page.title = title
    page.save_revision().publish()
for language, title in (("fr", "Accueil"), ("en", "Welcome home")):
    answer = Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE=language).get("/")
    assert title in answer.content.decode(), (language, answer.content.decode())
print("both trees answer")
"""

SUBMITTED = """
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, Site
from diptych.articles.models import ArticleIndexPage

home = Site.objects.get(is_default_site=True).root_page
section = home.add_child(instance=ArticleIndexPage(headline_fr="Vues", headline_en="Views"))
section.save_revision()
section.publish_languages(["fr", "en"])
chief = Client(HTTP_HOST="localhost")
chief.force_login(get_user_model().objects.get(username="admin"))
posted = {"locales": [Locale.objects.get(language_code="en").pk]}
before = Page.objects.count()
for page, values in ((section, posted), (home, posted | {"include_subtree": "on"})):
    address = reverse("wagtail_localize:submit_page_translation", args=(page.pk,))
    assert chief.post(address, values, follow=True).status_code == 200
assert Page.objects.count() == before
print("no page in several languages is copied")
"""


class WithLocales(Host):
    """A project whose other pages wagtail-localize translates, in a tree for each locale."""

    title = "Wagtail’s own i18n, on, with wagtail-localize"
    settings_that_stay = LOCALES

    def prepare(self):
        self.project.run("pip install wagtail-localize")
        self.project.add("mysite/settings/base.py", self.settings_that_stay)

    def check(self):
        super().check()
        for commands, words in (
            (TREE_OF_A_LOCALE, "both trees answer"),
            (SUBMITTED, "no page in several languages is copied"),
        ):
            said = self.project.manage("shell", "--command", commands)
            if words not in said:
                raise Failed(said)


class EngineAlone(Host):
    """A project with a page type of its own and `diptych.articles.languages`, no journal."""

    title = "engine only, by the files of docs/engine.md"
    is_removed = False
    plan = Plan(
        model="enginehost.GuidePage",
        words={
            "de": ("Brot", "Es wird aus Mehl gemacht.", "Es wird eine Stunde gebacken."),
            "en": ("Bread", "It is made of flour.", "It is baked for an hour."),
        },
        prefixes={"de": "/de/", "en": "/en/"},
    )

    def set_up(self):
        self.project.start()
        self.project.run("pip install dist/wagtail_diptych-0.1.0-py3-none-any.whl")
        for path in sorted(ENGINE_HOST.rglob("*")):
            name = path.relative_to(ENGINE_HOST.parent)
            is_python = path.suffix == ".py" and path.name not in ("settings.py", "urls.py")
            if is_python or path.suffix == ".html":
                self.project.add(name, path.read_text())
        self.project.add("mysite/settings/base.py", ENGINE_SETTINGS)
        urls = (ENGINE_HOST / "urls.py").read_text()
        (self.project.folder / "mysite" / "urls.py").write_text(urls)
        for command in ("migrate", "diptych_groups", "check"):
            self.project.manage(command)


class Readme(Host):
    """A project with a page type in two languages, made by README.md."""

    title = "page type of README.md"
    document = "README.md"
    heading = "## In your Wagtail site"
    is_removed = False
    plan = Plan(
        model="home.StoryPage",
        fields=("headline", "body"),
        words={"en": ("A bridge", "It is crossed."), "fr": ("Un pont", "Il est traversé.")},
        addresses={"en": "/en/a-bridge/", "fr": "/fr/un-pont/"},
        prefixes={"en": "/en/", "fr": "/fr/"},
    )


class Tutorial(Host):
    """The site that docs/tutorial.md makes from nothing; the story is its last section."""

    title = "docs/tutorial.md, from its first line"
    is_removed = False
    document = "docs/tutorial.md"
    heading = ""
    is_started = False
    plan = Plan(
        model="recipes.RecipePage",
        words={
            "en": ("Onion soup", "It warms.", "Cut ten onions."),
            "fr": ("Soupe à l’oignon", "Elle réchauffe.", "Coupez dix oignons."),
        },
        addresses={"en": "/en/onion-soup/", "fr": "/fr/soupe-a-l-oignon/"},
        prefixes={"en": "/en/", "fr": "/fr/"},
    )


class Adopted(Tutorial):
    """A site with recipes in one language that becomes the site of the tutorial."""

    title = "own page type with data adopted"
    #: What the tutorial does to begin with, and is there already.
    done_before = ("wagtail start mysite", "python manage.py startapp recipes")

    def set_up(self):
        self.project.start()
        self.project.run("python manage.py startapp recipes")
        self.project.add("mysite/settings/local.py", "from .base import INSTALLED_APPS as APPS\n")
        self.project.add("mysite/settings/local.py", 'INSTALLED_APPS = [*APPS, "recipes"]\n')
        (self.project.folder / "recipes" / "models.py").write_text(PLAIN_RECIPES)
        self.project.manage("makemigrations", "recipes")
        self.project.manage("migrate")
        self.project.manage("shell", "--command", WRITE_RECIPES)
        (self.project.folder / "mysite" / "settings" / "local.py").unlink()
        super().set_up()

    def follow(self, command):
        if command not in self.done_before:
            super().follow(command)

    def check(self):
        super().check()
        self.project.manage("diptych_adopt", "recipes.RecipePage", "--language", "en")
        said = self.project.manage("shell", "--command", READ_RECIPES)
        if "every old address answers" not in said:
            raise Failed(said)


PLAIN_RECIPES = """from django.db import models
from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page


class RecipePage(Page):
    introduction = models.TextField(blank=True)
    body = StreamField([("paragraph", RichTextBlock())], blank=True)
    minutes = models.PositiveIntegerField(default=30)
"""

WRITE_RECIPES = """
from wagtail.models import Site
from recipes.models import RecipePage

home = Site.objects.get(is_default_site=True).root_page
for number in range(20):
    body = [{"type": "paragraph", "value": f"<p>Boil {number} eggs.</p>"}]
    page = home.add_child(
        instance=RecipePage(title=f"Eggs {number}", introduction="Quick.", body=body, live=False)
    )
    revision = page.save_revision()
    if number % 2:
        revision.publish()
        page.title = f"Better eggs {number}"
        page.save_revision()
"""

READ_RECIPES = """
from django.test import Client
from recipes.models import RecipePage

reader = Client(HTTP_HOST="localhost")
for number in range(20):
    answer = reader.get(f"/eggs-{number}/", follow=True)
    if number % 2:
        assert answer.redirect_chain == [(f"/en/eggs-{number}/", 301)], answer.redirect_chain
        assert answer.status_code == 200 and f"Boil {number} eggs." in answer.content.decode()
        assert "Better" not in answer.content.decode()
    else:
        assert answer.status_code == 404, (number, answer.status_code)
pages = RecipePage.objects.filter(slug__startswith="eggs-")
drafts = {page.get_latest_revision_as_object().headline_en for page in pages}
assert "Better eggs 1" in drafts and "Eggs 0" in drafts, drafts
print("every old address answers")
"""


ENGINE_SETTINGS = """
INSTALLED_APPS = ["modeltranslation", "diptych.articles.languages", "enginehost", *INSTALLED_APPS]
INSTALLED_APPS += ["wagtail.contrib.sitemaps", "django.contrib.sitemaps"]
MIDDLEWARE.insert(2, "diptych.articles.languages.routes.middleware.LocaleMiddleware")

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English"), ("pt-br", "Português")]
WAGTAILREDIRECTS_AUTO_CREATE = False
"""

#: By name, as `make hosts ARGS="readme engine"` gives them.
HOSTS = {
    "readme": Readme,
    "journal": Host,
    "modules": OwnModules,
    "images": OwnImages,
    "base": OwnBase,
    "languages": ThreeLanguages,
    "locales": WithLocales,
    "engine": EngineAlone,
    "tutorial": Tutorial,
    "adopted": Adopted,
}
