"""What the tests of permissions stand on: the ready-made groups, an article, and what it says."""

import json
from dataclasses import dataclass
from datetime import timedelta

from django.test import Client
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page

from diptych.articles.languages.config.fields import revised_value, text_columns
from diptych.articles.languages.permissions.groups import recipes
from diptych.articles.languages.translations.shared import shared_fields, shared_relations
from diptych.articles.models import ArticleIndexPage, ArticlePage
from tests.factories import (
    Journal,
    make_article,
    make_author,
    make_journal,
    make_page,
    make_topic,
    make_user,
    write_draft,
)

LANGUAGES = ("fr", "en")
#: Each group, and the languages its members may edit and publish.
GROUPS = {
    "chiefs": {"edit": ("fr", "en"), "publish": ("fr", "en")},
    "editors-fr": {"edit": ("fr",), "publish": ("fr",)},
    "editors-en": {"edit": ("en",), "publish": ("en",)},
    "translators-fr-en": {"edit": ("en",), "publish": ()},
    "translators-en-fr": {"edit": ("fr",), "publish": ()},
}
FIRST = ("Premier", "First")
LIVE = ("Public", "Public in English")
DRAFT = ("Brouillon", "Draft")


@dataclass
class World:
    journal: Journal
    elsewhere: ArticleIndexPage
    article: ArticlePage
    never_live: ArticlePage
    dated: ArticlePage
    alias: ArticlePage

    @property
    def articles(self):
        return self.journal.articles

    @property
    def first_revision(self):
        return self.article.revisions.order_by("pk").first()


def make_world():
    journal = make_journal()
    author, topic = make_author(journal), make_topic(journal)
    article = make_article(journal, *FIRST, authors=[author], topics=[topic])
    entry = article.authors.get()
    entry.role_fr, entry.role_en = "Texte", "Words"
    entry.save()
    _write(article, LIVE).publish()
    alias = ArticlePage.objects.get(pk=article.pk).create_alias(
        parent=journal.articles, update_slug="alias"
    )
    _write(ArticlePage.objects.get(pk=article.pk), DRAFT)
    never_live = make_article(journal, "Jamais", "Never", live_in=())
    _write(never_live, ("Jamais paru", "Never out"))
    # An editor who saves a page that is not live saves its row, too.
    never_live.get_latest_revision_as_object().save()
    dated = make_article(journal, "Daté", "Dated")
    let_wait(dated, "fr", headline_fr="Attend")
    _let_all_groups_approve()
    return World(
        journal=journal,
        elsewhere=make_page(ArticleIndexPage, journal.home, "Ailleurs", "Elsewhere"),
        article=ArticlePage.objects.get(pk=article.pk),
        never_live=ArticlePage.objects.get(pk=never_live.pk),
        dated=ArticlePage.objects.get(pk=dated.pk),
        alias=ArticlePage.objects.get(pk=alias.pk),
    )


def _write(page, headlines):
    fr, en = headlines
    return write_draft(page, headline_fr=fr, lead_fr=f"{fr}.", headline_en=en, lead_en=f"{en}.")


def let_wait(page, *languages, **values):
    """Let a draft of ``page`` that says ``values`` wait for its date in ``languages``."""
    draft = page.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    draft.go_live_at = timezone.now() + timedelta(days=3)
    draft.request_publication(languages)
    draft.save_revision().publish()
    page.refresh_from_db()


def _let_all_groups_approve():
    """Wagtail's workflow asks for groups only; language permissions must hold all the same."""
    task = GroupApprovalTask.objects.get()
    task.groups.add(*(recipe.find() for recipe in recipes()))


def member(key):
    """A browser in which somebody of the ready-made group ``key`` is signed in."""
    user = make_user("reader")
    user.groups.add(next(each for each in recipes() if each.key == key).find())
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def can(key, action, language):
    return language in GROUPS[key][action]


# What a page says


def public_text(page, language):
    return public_texts(page)[language]


def public_texts(page):
    """By language, all that is stored in the page's row and in rows below it."""
    return _by_language(type(page), type(page).objects.filter(pk=page.pk).first())


def state_of(page, language):
    """Whether, since when and where readers see the page in ``language``, and what waits for it."""
    stored = type(page).objects.filter(pk=page.pk).first()
    if stored is None:
        return None
    names = ("is_public", "first_public_at", "last_public_at", "updated_at")
    dates = [getattr(stored, f"{name}_{language}") for name in names]
    row = stored.languages.get(language=language)
    address = row.url_path if row.live else None
    return *dates, row.live, address, waiting_in(stored, language)


def waiting_in(page, language):
    """The headlines that wait for a date in ``language``, each with the date."""
    revisions = page.revisions.filter(approved_go_live_at__isnull=False)
    return [
        (each.content[f"headline_{language}"], each.approved_go_live_at)
        for each in revisions
        if each.content[f"publish_requested_{language}"]
    ]


def draft_text(page, language):
    return draft_texts(page)[language]


def draft_texts(page):
    """By language, what the newest draft says, as it is stored."""
    stored = Page.objects.filter(pk=page.pk).first()
    return _by_language(type(page), stored and stored.get_latest_revision_as_object())


def shared_text(page):
    """What the newest draft says that all languages share."""
    stored = Page.objects.filter(pk=page.pk).first()
    if stored is None:
        return None
    draft = stored.get_latest_revision_as_object()
    content = json.loads(draft.to_json())
    values = {field.name: content[field.name] for field in shared_fields(type(page))}
    for relation in shared_relations(type(page)):
        values[relation] = [_without_texts(row) for row in content[relation]]
    return values


def _by_language(model, page):
    if page is None:
        return dict.fromkeys(LANGUAGES)
    content = json.loads(page.to_json())
    return {language: _texts(content, model, language) for language in LANGUAGES}


def _texts(content, model, language):
    texts = {name: revised_value(model, content, name) for name in text_columns(model, language)}
    for relation in shared_relations(model):
        for row in content[relation]:
            texts |= {
                f"{relation}-{row['pk']}-{name}": value
                for name, value in row.items()
                if name.endswith(f"_{language}")
            }
    return texts


def _without_texts(row):
    return {name: value for name, value in row.items() if not name.endswith(("_fr", "_en"))}
