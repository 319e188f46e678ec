"""What goes live first: nothing that the person publishing may not publish."""

from django.core.management import call_command

from diptych.articles.models import ArticlePage
from tests.articles.permissions.world import member
from tests.factories import make_article


def test_a_draft_of_another_language_does_not_enter_the_live_row(journal):
    call_command("diptych_groups", verbosity=0)
    page = make_article(journal, live_in=())
    page.publish_languages(["fr"], member("editors-fr").user)
    stored = ArticlePage.objects.get(pk=page.pk)
    assert stored.live_languages == ["fr"]
    assert not (stored.headline_en or stored.lead_en or list(stored.body_en))
    assert stored.get_latest_revision_as_object().headline_en == "The lake freezes"
