"""Make what tests need: a journal, its articles, authors, topics and pictures, and users by role.

Plain functions that return saved objects. Text is complete by default, so that a page can be
published; pass `None` for a language to leave it unwritten. Pages become live as they do for
an editor: by a revision that is published.
"""

import io
import json
import uuid
from dataclasses import dataclass
from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Revision, Site
from wagtail.users.models import UserProfile

from diptych.articles.languages.config.language_config import column
from diptych.articles.languages.index.indexing import indexed_once
from diptych.articles.languages.publication.readiness.gate import gradings_of
from diptych.articles.languages.publication.readiness.grading import grade, record_confirmed
from diptych.articles.languages.publication.readiness.missing import open_places
from diptych.articles.languages.translations.marking import confirm
from diptych.articles.models import (
    ArticleAuthor,
    ArticleIndexPage,
    ArticlePage,
    ArticleTopic,
    AuthorIndexPage,
    AuthorPage,
    HomePage,
    PickedArticle,
    StandardPage,
    TopicIndexPage,
    TopicPage,
)
from tests.recorded import key_for, recorder

BOTH = ("fr", "en")
HOST = "testserver"
GROUPS = {"editor": "Editors", "moderator": "Moderators"}

BLOCKS = uuid.UUID("6f9c2f6e-0d6b-4d1c-9a34-6d1f3f6f0a11")

_numbers = count(1)


@dataclass
class Journal:
    """A site with its fixed pages, all live in both languages unless asked otherwise."""

    site: Site
    home: HomePage
    articles: ArticleIndexPage
    topics: TopicIndexPage
    authors: AuthorIndexPage


def make_journal(hostname=HOST, live_in=BOTH, is_default=None):
    """A site at `hostname`; the first one is the default and replaces Wagtail's welcome page.

    The one that most tests want stands in the test database from the start.
    """
    standing = standing_journal() if hostname == HOST else None
    if standing and live_in == BOTH:
        return standing
    if standing:
        clear_journal()
    root = _root_page()
    first = not HomePage.objects.exists()
    home = make_page(HomePage, root, "Accueil", "Home", live_in)
    site = Site.objects.create(
        hostname=hostname,
        site_name="Diptyque",
        root_page=home,
        is_default_site=first if is_default is None else is_default,
    )
    return Journal(
        site=site,
        home=HomePage.objects.get(pk=home.pk),
        articles=make_page(ArticleIndexPage, home, "Articles", "Stories", live_in),
        topics=make_page(TopicIndexPage, home, "Thématiques", "Topics", live_in),
        authors=make_page(AuthorIndexPage, home, "Auteurs", "Authors", live_in),
    )


def standing_journal():
    """The journal that was made with the test database; `None` in a database without it."""
    return recorder.read("journal", _read_journal)


def _read_journal():
    site = Site.objects.filter(hostname=HOST).select_related("root_page").first()
    if site is None:
        return None
    home = HomePage.objects.get(pk=site.root_page_id)
    kinds = (ArticleIndexPage, TopicIndexPage, AuthorIndexPage)
    return Journal(site, home, *(kind.objects.child_of(home).get() for kind in kinds))


def clear_journal():
    """Put Wagtail's page of welcome back where the standing journal was, as in a new project."""
    Site.objects.all().delete()
    for page in Page.objects.filter(depth=2):
        page.delete()
    welcome = Page(title="Welcome to your new Wagtail site!", slug="home")
    Page.get_first_root_node().add_child(instance=welcome)
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)


def make_article(journal, fr="Le lac gèle", en="The lake freezes", live_in=BOTH, **values):
    """An article with headlines `fr` and `en` (`None`: not written), live in `live_in`.

    `authors`, `topics` and `picks` are lists of pages. Any other value is a field of the page,
    with its language where it has one: `lead_fr="…"`, `hero_image=…`.
    """
    people = [ArticleAuthor(author=author) for author in values.pop("authors", ())]
    topics = [ArticleTopic(topic=topic) for topic in values.pop("topics", ())]
    picks = [PickedArticle(suggestion=article) for article in values.pop("picks", ())]
    texts = {}
    if fr:
        texts |= {"lead_fr": f"Chapeau de {fr}.", "body_fr": paragraphs(f"Texte de {fr}.")}
    if en:
        texts |= {"lead_en": f"Lead of {en}.", "body_en": paragraphs(f"Text of {en}.")}
    children = {"authors": people, "topics": topics, "picks": picks}
    return make_page(
        ArticlePage, journal.articles, fr, en, live_in, **{**texts, **values}, **children
    )


def make_author(journal, name="Léa Rochat", live_in=BOTH, **values):
    """An author, whose name is the same in both languages unless `headline_en` says otherwise."""
    values = {"headline_en": name, **values}
    return make_page(
        AuthorPage, journal.authors, name, values.pop("headline_en"), live_in, **values
    )


def make_topic(journal, fr="Climat", en="Climate", live_in=BOTH, **values):
    return make_page(TopicPage, journal.topics, fr, en, live_in, **values)


def make_plain_page(journal, fr="À propos", en="About", live_in=BOTH, parent=None, **values):
    """A page that is no article, below the home page or `parent`."""
    return make_page(StandardPage, parent or journal.home, fr, en, live_in, **values)


def make_page(model, parent, fr, en, live_in=BOTH, **values):
    """A page of any translated type, published in `live_in`, or a draft if that is empty.

    A value that is a list fills the rows of that name below the page.
    """
    key = key_for("make", model, parent.pk, fr, en, live_in, values)
    pk = recorder.call(key, lambda: _make_page(model, parent, fr, en, live_in, values))
    return model.objects.get(pk=pk)


def make_alias(page, parent=None, slug="encore"):
    """A second address of `page`, beside it or below `parent`."""
    parent = parent and Page.objects.get(pk=parent.pk).specific
    made = Page.objects.get(pk=page.pk).specific.create_alias(parent=parent, update_slug=slug)
    return type(page).objects.get(pk=made.pk)


def write_draft(page, **values):
    """Change fields of the latest draft of `page` and save it as a newer draft."""
    key = key_for("write", *_draft_key(page), values)
    revision = recorder.call(key, lambda: _write(page, values).pk)
    page.refresh_from_db()
    return Revision.objects.get(pk=revision)


def publish_draft(page, **values):
    """Change fields of the latest draft of `page` and publish it as plain "Publish" does."""
    key = key_for("publish", *_draft_key(page), values)
    recorder.call(key, lambda: _write(page, values, is_published=True).publish())
    page.refresh_from_db()
    return page


def publish_confirmed(page, languages=BOTH, **values):
    """Publish what `write_draft` writes in `languages`, with what is open in it confirmed."""
    write_draft(page, **values)
    public = type(page).objects.get(pk=page.pk)
    gradings = gradings_of(public.get_latest_revision_as_object(), public, languages)
    public.publish_languages(languages, confirmed=[each.confirmation for each in gradings])
    page.refresh_from_db()
    return page


def _draft_key(page):
    """What says which draft of `page` is changed."""
    return type(page), page.pk, page.latest_revision_id


def _write(page, values, is_published=False):
    """Save a newer draft of `page` with `values`; returns the revision."""
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    if is_published:
        _settle(draft, draft.languages_to_be_live())
    return draft.save_revision()


def _settle(draft, languages):
    """Mark what a test writes alike in both languages, or in the source only, as an editor does.

    It is the same in both, or left out, or another language on purpose: no place is open that the
    test does not ask for.
    """
    for language in languages:
        places = open_places(draft, language)
        confirm(draft, language, [each.key for each in places])
        if places and language == draft.source_language:
            record_confirmed(draft, grade(draft, language))


def paragraphs(*texts):
    """A body of plain paragraphs, to assign to `body_fr` or `body_en`."""
    return blocks(*(("paragraph", f"<p>{text}</p>") for text in texts))


def blocks(*pairs):
    """A body of any blocks, each `(type, value)` with the value as it is stored.

    Blocks at the same position have the same id, as those of a translation have.
    """
    return json.dumps(
        [
            {"type": kind, "value": value, "id": str(uuid.uuid5(BLOCKS, f"{kind}-{number}"))}
            for number, (kind, value) in enumerate(pairs)
        ]
    )


def make_image(title="Lac gelé", width=640, height=480, **values):
    """An image whose file is really drawn; `alt_fr=`, `caption_en=`… describe it."""
    described = {column("alt", "fr"): "Un lac gelé", column("alt", "en"): "A frozen lake"}
    values = {**described, **values}
    key = key_for("image", title, width, height, values)
    pk = recorder.call(key, lambda: _make_image(title, _draw(width, height), values).pk)
    image = get_image_model().objects.get(pk=pk)
    if not image.file.storage.exists(image.file.name):  # a test has removed the file
        image.file.storage.save(image.file.name, _draw(width, height))
    return image


def make_user(role="admin", username=None, **values):
    """A user who is `admin`, `moderator` (may publish), `editor` (may not) or `reader`."""
    username = username or f"{role}-{next(_numbers)}"
    model = get_user_model()
    values = {"email": f"{username}@example.org", "password": "password", **values}
    if role == "admin":
        return model.objects.create_superuser(username, **values)
    user = model.objects.create_user(username, **values)
    if role in GROUPS:
        user.groups.add(Group.objects.get(name=GROUPS[role]))
    return user


def sign_in(client, role="admin", language="en"):
    """Sign a new user of that role in to the admin, which then speaks `language`; return them."""
    user = make_user(role)
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()
    client.force_login(user)
    return user


def _make_page(model, parent, fr, en, live_in, values):
    """Make and publish a page as an editor does; returns its primary key."""
    children = {name: value for name, value in values.items() if isinstance(value, list)}
    fields = {name: value for name, value in values.items() if name not in children}
    page = model(headline_fr=fr, headline_en=en, live=False, **fields)
    live_in = [code for code in live_in if page.text_in("headline", code)]
    for name, rows in children.items():
        setattr(page, name, rows)
    with indexed_once():
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        page.request_publication(live_in)
        _settle(page, live_in)
        revision = page.save_revision(clean=False)  # it has just been checked
        if live_in:
            revision.publish()
    return page.pk


def _make_image(title, drawing, values):
    file = ImageFile(drawing, name=f"picture-{next(_numbers)}.png")
    return get_image_model().objects.create(title=title, file=file, **values)


def _draw(width, height):
    drawing = io.BytesIO()
    Picture.new("RGB", (width, height), (40, 90, 140)).save(drawing, "PNG")
    drawing.seek(0)
    return drawing


def _root_page():
    """The root of the tree, without Wagtail's welcome page; made anew in an emptied database."""
    Locale.objects.get_or_create(language_code="fr")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    for page in root.get_children():
        if page.content_type.model_class() is Page:
            page.delete()
    return Page.objects.get(pk=root.pk)
