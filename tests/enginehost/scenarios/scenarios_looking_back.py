"""What is planned for a language, what has happened to it, and what it said before."""

from datetime import timedelta

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from diptych.articles.languages.models import LanguageSchedule
from tests.enginehost.scenarios.editing import body, edit, fresh, live_in, text, words


def schedule(client, page, language, **dates):
    posted = {
        name: timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
        for name, moment in dates.items()
    }
    return client.post(reverse("diptych_schedule", args=(page.pk, language)), posted)


def let_days_pass(number):
    for each in LanguageSchedule.objects.all():
        each.due_at -= timedelta(days=number)
        each.save()


def test_a_language_is_published_at_its_date(admin, guide, reader):
    portuguese = text("pt-br", "Pão", "De farinha.", "Assar.")
    edit(admin, guide, portuguese)
    in_three_days = timezone.now() + timedelta(days=3)
    assert schedule(admin, guide, "pt-br", publish_at=in_three_days).status_code == 302
    edit(admin, guide, {"headline_de": "Entwurf"})
    call_command("publish_scheduled", verbosity=0)
    assert live_in(guide) == ["de", "en"]
    let_days_pass(4)
    call_command("publish_scheduled", verbosity=0)
    assert live_in(guide) == ["de", "en", "pt-br"]
    assert reader.get("/pt-br/pao/").status_code == 200
    assert fresh(guide).headline_de == "Brot"


def test_a_language_goes_offline_at_its_date(admin, guide, reader):
    schedule(admin, guide, "en", unpublish_at=timezone.now() + timedelta(days=3))
    let_days_pass(4)
    call_command("publish_scheduled", verbosity=0)
    assert live_in(guide) == ["de"]


def test_the_history_says_which_language_a_version_changed(admin, guide):
    edit(admin, guide, {"headline_en": "Loaf"}, "action-publish-only-en")
    address = reverse("wagtailadmin_pages:history", args=(guide.pk,))
    first = words(admin.get(address)).split("Edited")[0]
    assert "English" in first
    assert "Restore English only" in words(admin.get(address))


def test_one_language_is_restored_and_the_others_stay(admin, guide):
    before = fresh(guide).latest_revision_id
    edit(admin, guide, text("en", "Loaf", "Changed.", "Differently.") | {"headline_de": "Laib"})
    address = reverse("diptych_restore_language", args=(guide.pk, before, "en"))
    assert "Loaf" in words(admin.get(address))
    assert admin.post(address).status_code == 302
    draft = fresh(guide).get_latest_revision_as_object()
    assert (draft.headline_en, draft.introduction_en) == ("Bread", "Of flour.")
    assert draft.headline_de == "Laib"


def test_two_versions_are_compared(admin, guide):
    first = fresh(guide).latest_revision_id
    edit(admin, guide, body("en", "Bake twice."))
    names = (guide.pk, first, fresh(guide).latest_revision_id)
    seen = words(admin.get(reverse("wagtailadmin_pages:revisions_compare", args=names)))
    assert "twice" in seen


def test_an_old_version_is_opened_as_a_whole(admin, guide):
    first = fresh(guide).latest_revision_id
    edit(admin, guide, {"headline_de": "Laib"})
    address = reverse("wagtailadmin_pages:revisions_revert", args=(guide.pk, first))
    assert 'value="Brot"' in admin.get(address).content.decode() or "Brot" in words(
        admin.get(address)
    )
