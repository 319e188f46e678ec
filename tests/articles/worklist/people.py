"""Translators and their browsers, and articles in each state of translation."""

import json

from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission
from wagtail.users.models import UserProfile

from articles.languages.models import TranslationAssignment
from articles.languages.permissions.policy import codename
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
