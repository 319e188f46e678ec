"""Pages of the plugin become Wagtail’s own while it is taken out of a site."""

from wagtail.models import Page

from diptych.articles.languages.removal.pages import to_plain_pages
from tests.factories import make_plain_page


def test_addresses_below_a_page_whose_slug_changes_follow_it(journal):
    section = make_plain_page(journal, live_in=("en",))
    page = make_plain_page(journal, "Équipe", "Team", parent=section)
    list(to_plain_pages())
    section, page = Page.objects.get(pk=section.pk), Page.objects.get(pk=page.pk)
    assert section.slug == "about"
    assert page.url_path == f"{section.url_path}{page.slug}/"
