"""The side panel of the editor that previews a page in search results and as a shared link.

Texts and picture are those of the HTML head of the page. Like every side panel it is rendered anew
after each automatic save.
"""

from urllib.parse import unquote, urlsplit

from django.forms import Media
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.models import Site

from diptych.articles.languages.admin.listings.states import language_heading
from diptych.articles.languages.config.language_config import column
from diptych.articles.languages.config.wagtail_compat import set_site
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.routes.public_urls import public_path
from diptych.articles.models import HomePage, JournalSettings, TopicPage
from diptych.themes.head import texts_and_picture_of
from diptych.themes.head.descriptions import shortened
from diptych.themes.typography.house_style import house_style

#: About how many characters of a title and of a description search engines show.
TITLE, DESCRIPTION = 60, 155


class SearchPreviewSidePanel(BaseSidePanel):
    """A search result and a link preview for each language that is written."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle search and sharing")
        icon_name = "search"
        has_counter = False

    name = "search-preview"
    title = _("Search and sharing")
    template_name = "diptych/admin/search_preview.html"
    order = 345

    @cached_property
    def media(self):
        return Media(
            css={"all": [static("diptych/admin/search_preview.css")]},
        )

    @cached_property
    def site(self):
        """The site of the page; that of the admin for a page that is new or on no site."""
        own = self.object.get_site() if self.object.pk else None
        return own or Site.find_for_request(self.request)

    @cached_property
    def visitor(self):
        """A request of a visitor of the site."""
        request = HttpRequest()
        request.META = self.request.META
        set_site(request, self.site)
        return request

    def get_context_data(self, parent_context):
        form = parent_context.get("form")
        return {
            **super().get_context_data(parent_context),
            "languages": [self._preview(code) for code in self.object.languages_written()],
            "written_here": form.fields if form else (),
        }

    def _preview(self, language):
        page = self.object
        settings = JournalSettings.for_request(self.visitor) if self.site else None
        with override(language):
            head = texts_and_picture_of(page, self.visitor, settings)
            head = head.with_typography(house_style(self.visitor))
        return {
            "code": language,
            "heading": language_heading(language),
            "head": head,
            "title": _text(page, "meta_title", language, head.title, TITLE),
            "description": _text(page, "meta_description", language, head.description, DESCRIPTION),
            "address": self._address(language),
            "host": self.host,
            "picture_url": head.picture.url.removeprefix(self.site.root_url if self.site else ""),
            "is_picture_of_lead": isinstance(page, (HomePage, TopicPage)),
        }

    @cached_property
    def host(self):
        return urlsplit(self.site.root_url).netloc if self.site else self.request.get_host()

    def _address(self, language):
        """The parts of the address of the page in ``language``, with the slug of the form."""
        steps = [unquote(step) for step in self._path(language).split("/") if step]
        slug = self.object.text_in("url_slug", language)
        if slug and len(steps) > 1:
            steps[-1] = slug
        return [self.host, *steps]

    def _path(self, language):
        roots = [
            root
            for root in Site.get_site_root_paths()
            if self.object.pk and self.site and root.site_id == self.site.pk
        ]
        address = self.object.address_in(language)
        return (roots and public_path(language, address, roots[0])) or ""


def _text(page, name, language, text, limit):
    """The displayed part of ``text`` and its length; ``name`` is the field that sets it."""
    count = len(text)
    if count > limit:
        message = ngettext(
            "%(count)s character, cut after about %(limit)s",
            "%(count)s characters, cut after about %(limit)s",
            count,
        )
    else:
        message = ngettext(
            "%(count)s character, shown whole", "%(count)s characters, shown whole", count
        )
    return {
        "shown": shortened(text, limit),
        "length": message % {"count": count, "limit": limit},
        "is_long": count > limit,
        "is_own": bool((page.text_in(name, language) or "").strip()),
        "field": column(name, language),
    }


def side_panels(request, page):
    """For the hook ``diptych_page_side_panels``."""
    return (
        [SearchPreviewSidePanel(page, request)] if isinstance(page, MultilingualPageMixin) else []
    )
