"""Every way in × every grade × who comes that way: whether English goes live.

The page is live in both languages, and its newest draft says something else in English.
"""

import contextlib
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask

from diptych.articles.languages.models import Review, TranslationAssignment
from diptych.articles.languages.permissions.groups import make_group, recipes
from diptych.articles.languages.publication.readiness.grading import NotPublishable
from diptych.articles.languages.publication.restoring import restore_language
from diptych.articles.languages.publication.reviewing import text_fingerprint
from diptych.articles.languages.translations.marking import mark_unconfirmed
from diptych.articles.languages.translations.units import units_in
from diptych.articles.models import (
    ArticlePage,
    PrintIssueEntry,
    PrintIssueIndexPage,
    PrintIssuePage,
)
from tests.articles.languages import editor
from tests.articles.languages.dated import let_days_pass
from tests.articles.languages.test_publication_ways import bulk, let_the_hour_pass
from tests.factories import (
    make_article,
    make_image,
    make_page,
    make_user,
    paragraphs,
    write_draft,
)
from tests.tiers import one_of
from tests.wagtail_versions import HAS_ADMIN_ACTIONS

FRENCH = "Chapeau de Éléphant."
#: What the draft says in English.
GRADES = {
    "complete": {},
    "incomplete": {"lead_en": FRENCH},
    "refused": {"body_en": paragraphs("\u200b", "\u00a0")},
    "unconfirmed": {"lead_en": "An animal that nobody has seen."},
}
ROLES = ("chiefs", "editors-en")


@pytest.fixture
def page(journal):
    return make_article(journal, "Éléphant", "Elephant")


def member(role):
    """A browser of a member of the ready-made group ``role``, in English."""
    recipe = next(each for each in recipes() if each.key == role)
    group, _created = make_group(recipe)
    user = make_user("reader")
    user.groups.add(group)
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    client.user = user
    return client


def leave_unconfirmed(page, key):
    """Record that nobody has read what the newest draft says in the English unit ``key``."""
    draft = editor.draft_of(page)
    mark_unconfirmed(draft, "en", key, units_in(draft, "en")[key].passages, "A machine")
    draft.save_revision()
    page.refresh_from_db()


def answer(client, response, confirm):
    """Answer the question that ``response`` is or leads to, if there is one."""
    where = response.headers.get("location", "")
    if "/diptych/publish/" in where:
        response = client.get(where)
    if confirm and response.status_code == 200 and "confirmations" in response.context:
        asked = response.context
        form = {**dict(asked.get("posted", ())), "confirmed": asked["confirmations"]}
        client.post(asked["action_url"], form)


def form_of(page, button, **values):
    """The form of the newest draft, as the editor posts it."""
    draft = editor.draft_of(page)
    form = editor.article_form(draft.headline_fr, draft.headline_en, button)
    for language in ("fr", "en"):
        form[f"lead_{language}"] = draft.text_in("lead", language)
    return {**form, **bodies(draft), **values}


def bodies(draft):
    """The posted blocks of a body of paragraphs, with their ids."""
    form = {}
    for language in ("fr", "en"):
        for number, each in enumerate(draft.text_in("body", language).raw_data):
            prefix = f"body_{language}-{number}"
            text = {"entityMap": {}, "blocks": [{"key": "a", "text": each["value"][3:-4]}]}
            form |= {
                f"{prefix}-deleted": "",
                f"{prefix}-order": str(number),
                f"{prefix}-type": each["type"],
                f"{prefix}-id": each["id"],
                f"{prefix}-value": json.dumps(text | {"blocks": [_block(text)]}),
            }
        form[f"body_{language}-count"] = str(len(draft.text_in("body", language).raw_data))
    return form


def _block(text):
    kept = {"type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    return {**text["blocks"][0], **kept}


# The ways in


def button(client, page, confirm):
    answer(client, editor.edit(client, page, form_of(page, editor.PUBLISH_ENGLISH)), confirm)


def old_version(client, page, confirm):
    """The newest draft, gone back to from a later one."""
    wanted = page.get_latest_revision()
    form = form_of(page, editor.PUBLISH_ENGLISH)
    write_draft(page, headline_en="Later", lead_en="Later.", body_en=paragraphs("Later."))
    answer(client, editor.revert(client, page, wanted, form), confirm)


def restored(client, page, confirm):
    """The newest draft, restored in English from a later one and published by its button."""
    wanted = page.get_latest_revision()
    write_draft(page, headline_en="Later", lead_en="Later.", body_en=paragraphs("Later."))
    restore_language(page, wanted, "en", make_user())
    page.refresh_from_db()
    button(client, page, confirm)


def review(client, page, confirm):
    TranslationAssignment.objects.create(
        page=page, language="en", review=Review.SUBMITTED, submitted_by=make_user("editor")
    )
    said = text_fingerprint(editor.draft_of(page), "en")
    form = {"approve": "1", "comment": "", "fingerprint": said}
    where = reverse("diptych_review", args=(page.pk, "en"))
    answer(client, client.post(where, form), confirm)


def workflow(client, page, confirm):
    GroupApprovalTask.objects.get().groups.add(*client.user.groups.all())
    page.get_workflow().start(page, make_user())
    page.refresh_from_db()
    names = (page.pk, "approve", page.current_workflow_task_state.pk)
    where = reverse("wagtailadmin_pages:workflow_action", args=names)
    answer(client, client.post(where, {"comment": ""}), confirm)


def selection(client, page, confirm):
    bulk(client, "publish", page)


def date_of_language(client, page, confirm):
    where = reverse("diptych_schedule", args=(page.pk, "en"))
    at = timezone.localtime(timezone.now() + timedelta(days=3)).strftime("%Y-%m-%d %H:%M")
    answer(client, client.post(where, {"publish_at": at, "unpublish_at": ""}), confirm)
    let_days_pass()
    call_command("publish_scheduled", verbosity=0)


def date_of_page(client, page, confirm):
    at = timezone.localtime(timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M")
    form = form_of(page, editor.PUBLISH_ENGLISH, go_live_at=at)
    answer(client, editor.edit(client, page, form), confirm)
    if page.revisions.filter(approved_go_live_at__isnull=False).exists():
        let_the_hour_pass(page)


def api(client, page, confirm):
    where = reverse("wagtailadmin_api:pages:action", args=(page.pk, "publish"))
    response = client.post(where)
    for each in response.json().get("to_confirm", ()) if confirm else ():
        client.post(where, {"confirmed": each["confirmed"]})


def code(client, page, confirm):
    _in_code(
        page,
        lambda confirmed: page.publish_languages(["en"], client.user, confirmed=confirmed),
        confirm,
    )


def revision_in_code(client, page, confirm):
    revision = page.get_latest_revision()
    _in_code(
        page,
        lambda confirmed: page.publish(revision, user=client.user, confirmed=confirmed),
        confirm,
    )


def _in_code(page, publish, confirm):
    try:
        publish(())
    except NotPublishable as refusal:
        if confirm:
            with contextlib.suppress(NotPublishable):
                publish([each.confirmation for each in refusal.gradings])


def saved_in_code(client, page, confirm):
    with contextlib.suppress(NotPublishable):
        editor.draft_of(page).save()


#: Each way, and whether a question is asked that can be answered.
WAYS = {
    "button": (button, True),
    "old version": (old_version, True),
    "restored version": (restored, True),
    "review": (review, True),
    "workflow": (workflow, True),
    "selection in a list": (selection, False),
    "date of a language": (date_of_language, True),
    "date of the page": (date_of_page, True),
    **({"API": (api, True)} if HAS_ADMIN_ACTIONS else {}),
    "code": (code, True),
    "a revision in code": (revision_in_code, True),
    "a page saved in code": (saved_in_code, False),
}


def expected(way, graded, role, confirm):
    if graded != "incomplete":
        return graded == "complete"
    return confirm and WAYS[way][1] and role == "chiefs"


def cells():
    for way in WAYS:
        for graded in GRADES:
            for role in ROLES:
                for confirm in (True, False) if graded == "incomplete" else (True,):
                    is_quick = way == "code" or ((way, graded) in QUICK and role == ROLES[0])
                    marks = () if is_quick and confirm else (pytest.mark.matrix,)
                    yield pytest.param(way, graded, role, confirm, marks=marks)


#: The cells that `make test` tries beside those of "code", which is the service itself.
QUICK = {
    ("button", "incomplete"),
    ("review", "refused"),
    ("review", "incomplete"),
    ("workflow", "incomplete"),
    ("selection in a list", "incomplete"),
    ("date of a language", "incomplete"),
    ("date of the page", "refused"),
    ("API", "incomplete"),
    ("a page saved in code", "refused"),
    ("button", "unconfirmed"),
    ("restored version", "unconfirmed"),
    ("date of a language", "unconfirmed"),
    ("a page saved in code", "unconfirmed"),
}


@pytest.mark.parametrize(("way", "graded", "role", "confirm"), list(cells()))
def test_a_way_in(page, way, graded, role, confirm):
    write_draft(page, headline_en="Elephant 2", **GRADES[graded])
    if graded == "unconfirmed":
        leave_unconfirmed(page, "lead")
    WAYS[way][0](member(role), page, confirm)
    public = ArticlePage.objects.get(pk=page.pk)
    is_published = public.headline_en == "Elephant 2"
    assert is_published == expected(way, graded, role, confirm)
    assert public.live_languages == ["fr", "en"]


def plain_button(client, page, confirm):
    answer(client, editor.edit(client, page, form_of(page, editor.PUBLISH)), confirm)


BY_API = [api] if HAS_ADMIN_ACTIONS else []


@pytest.mark.parametrize("way", one_of([plain_button, workflow, *BY_API, revision_in_code], "rare"))
def test_a_whole_draft_is_graded_by_its_own_source(journal, way):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["en"])
    ahead = paragraphs("Texte de Éléphant.", "Du neuf.")
    write_draft(page, headline_en="Elephant 2", body_fr=ahead)
    way(member("chiefs"), page, True)
    public = ArticlePage.objects.get(pk=page.pk)
    assert (public.headline_en, public.live_languages) == ("Elephant 2", ["en"])


# What readers see anew though the text of the page is the same


def test_a_new_main_picture_without_a_text_is_refused(page):
    write_draft(page, hero_image=make_image("Sans texte", alt_fr="", alt_en=""))
    with pytest.raises(NotPublishable):
        ArticlePage.objects.get(pk=page.pk).publish_languages(["fr"])
    assert ArticlePage.objects.get(pk=page.pk).hero_image is None


def test_what_is_wrong_in_a_live_text_keeps_no_new_picture_back(page):
    ArticlePage.objects.filter(pk=page.pk).update(lead_fr="", lead_en=FRENCH)
    fresh = ArticlePage.objects.get(pk=page.pk)
    draft = fresh.get_latest_revision_as_object()
    draft.hero_image = make_image()
    draft.save_revision()
    before = set(fresh.languages.values_list("language", "incomplete"))
    fresh.publish_languages(fresh.live_languages)
    public = ArticlePage.objects.get(pk=page.pk)
    assert public.hero_image is not None
    assert set(public.languages.values_list("language", "incomplete")) == before


def test_rows_in_another_language_are_asked_about(journal):
    issues = make_page(PrintIssueIndexPage, journal.home, "Numéros", "Issues")
    page = make_page(PrintIssuePage, issues, "Le froid", "The cold")
    title = (
        "Les bateaux restent au port jusqu’au printemps parce que le fleuve est pris par la glace"
    )
    draft = page.get_latest_revision_as_object()
    draft.entries.add(PrintIssueEntry(title_fr=title, title_en=title))
    draft.save_revision()
    with pytest.raises(NotPublishable) as refusal:
        PrintIssuePage.objects.get(pk=page.pk).publish_languages(["fr", "en"])
    assert [each.language for each in refusal.value.gradings] == ["en"]
