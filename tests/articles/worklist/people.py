"""Translators and their browsers, and articles in each state of translation."""

import json

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Revision
from wagtail.users.models import UserProfile

from diptych.articles.languages.models import PageLanguage, Progress, TranslationAssignment
from diptych.articles.languages.permissions.policy import codename
from diptych.articles.models import ArticlePage
from tests.articles.admin.html import soup, table, text_of
from tests.factories import make_article, make_user, publish_draft

WORKLIST = "/admin/diptych/translations/"


def make_translator(journal, username, *languages, actions=("edit", "submit"), **values):
    """A user who may change every page, but write in ``languages`` only."""
    group = Group.objects.create(name=f"Translators: {username}")
    names = [codename(action, language) for language in languages for action in actions]
    group.permissions.add(
        Permission.objects.get(codename="access_admin"),
        *Permission.objects.filter(content_type__app_label="diptych_languages", codename__in=names),
    )
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=group, page=journal.home, permission=change)
    user = make_user("reader", username, **values)
    user.groups.add(group)
    return user


def browser_of(user, language="en"):
    """A browser in which ``user`` is signed in to an admin that speaks ``language``."""
    speak(user, language)
    client = Client()
    client.force_login(user)
    return client


def speak(user, language):
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()


def body(*texts):
    """Paragraphs whose ids depend on their place, so that two languages of a body are paired."""
    return json.dumps(
        [
            {"type": "paragraph", "value": f"<p>{text}</p>", "id": f"block-{number}"}
            for number, text in enumerate(texts)
        ]
    )


def missing(journal, fr="Le lac gèle", **values):
    values = {"lead_fr": "Un chapeau.", "body_fr": body("Trois mots ici."), **values}
    return make_article(journal, fr, None, live_in=("fr",), **values)


def in_progress(journal, fr="Le pont", en="The bridge"):
    return make_article(
        journal, fr, en, live_in=("fr",), body_fr=body("Un.", "Deux."), body_en=body("One.")
    )


def up_to_date(journal, fr="Le train", en="The train"):
    return make_article(journal, fr, en, body_fr=body("Il part."), body_en=body("It leaves."))


def outdated(journal, fr="La neige", en="The snow"):
    page = make_article(journal, fr, en, body_fr=body("Il neige."), body_en=body("It snows."))
    return publish_draft(page, body_fr=body("Il neige encore."))


def assigned(page, translator=None, language="en", **values):
    """The stored assignment of ``page``."""
    values["translator"] = translator
    return TranslationAssignment.objects.update_or_create(
        page_id=page.pk, language=language, defaults=values
    )[0]


def work_on(page, language="en"):
    """The assignment as it is stored now, or ``None``."""
    return TranslationAssignment.objects.filter(page_id=page.pk, language=language).first()


def titles(client, **parameters):
    """The headlines in the worklist, in its order."""
    return list(table(client.get(WORKLIST, parameters)))


def act_on(page, act, language="en"):
    return reverse(f"diptych_translations:{act}", args=(page.pk, language))


def history_of(client, page):
    """What the page's history says, newest first."""
    response = client.get(reverse("wagtailadmin_pages:history", args=(page.pk,)))
    return text_of(soup(response).select_one("main"))


#: The states of the articles that :func:`fill` makes.
STATES = (Progress.MISSING, Progress.IN_PROGRESS, Progress.OUTDATED, Progress.UP_TO_DATE)


def fill(journal, number, translator, start=0):
    """Articles as the database holds them, each with a draft, two rows and an assignment."""
    now = timezone.now()
    pages = _pages(journal, range(start, start + number), now)
    for page, revision in zip(pages, _drafts(pages, now), strict=True):
        page.latest_revision = revision
    Page.objects.bulk_update(pages, ["latest_revision"], batch_size=500)
    PageLanguage.objects.bulk_create(
        PageLanguage(
            page=page,
            language=language,
            slug=page.slug,
            url_path=page.url_path,
            progress=Progress.ORIGINAL if language == "fr" else STATES[page.pk % 4],
            words_missing=page.pk % 700,
            edited_at=now,
            edited_by=translator,
        )
        for page in pages
        for language in ("fr", "en")
    )
    TranslationAssignment.objects.bulk_create(
        TranslationAssignment(
            page=page, language="en", translator=translator, due_date=now.date(), comment="Vite"
        )
        for page in pages[::2]
    )


def _pages(journal, numbers, now):
    like = Page.objects.get(pk=journal.articles.pk)
    kind = ContentType.objects.get_for_model(ArticlePage)
    return Page.objects.bulk_create(
        Page(
            title=f"Titre {each}",
            draft_title=f"Titre {each}",
            slug=f"bulk-{each}",
            url_path=f"{like.url_path}bulk-{each}/",
            path=Page._get_path(like.path, like.depth + 1, each + 1000),
            depth=like.depth + 1,
            content_type=kind,
            locale=like.locale,
            latest_revision_created_at=now,
        )
        for each in numbers
    )


def _drafts(pages, now):
    """A revision of each page, every second one with a headline in English."""
    text = " ".join(["mot"] * 500)
    return Revision.objects.bulk_create(
        Revision(
            content_type=ContentType.objects.get_for_model(ArticlePage),
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=str(page.pk),
            created_at=now,
            content={
                "headline_fr": page.title,
                "headline_en": f"Headline {page.pk}" if page.pk % 2 else None,
                "source_language": "fr",
                "body_fr": json.dumps([{"type": "paragraph", "value": text, "id": "a"}]),
            },
        )
        for page in pages
    )
