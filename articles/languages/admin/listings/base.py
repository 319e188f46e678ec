"""Base classes of page listings in the main menu."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.button import HeaderButton

from diptych.articles.languages.admin.access import page_policy
from diptych.articles.languages.admin.listings.explorer import LanguageListingMixin
from diptych.articles.languages.admin.listings.exports import SpokenExportMixin
from diptych.articles.languages.admin.listings.filters import filter_set_in_languages
from diptych.articles.languages.admin.listings.states import progress_label, state_label
from diptych.articles.languages.admin.listings.tables import WIDE
from diptych.articles.languages.config.language_config import (
    active_language,
    available_languages,
    translated_language_name,
)
from diptych.articles.languages.publication.schedules.scheduling import coming_dates


def name_in_admin(page):
    """The name of a page in listings: headline in the active language, else title."""
    return page.text_in("headline", active_language()) or page.get_admin_display_title()


def local(moment):
    """A naive local datetime, as spreadsheets need it."""
    return timezone.make_naive(moment) if moment else ""


UPDATED = DateColumn(
    "latest_revision_created_at",
    label=gettext_lazy("Updated"),
    sort_key="latest_revision_created_at",
    classname=WIDE,
)


class MenuListView(SpokenExportMixin, LanguageListingMixin, IndexView):
    """A listing of all pages of one type, with search, filters and export."""

    def pages_in_list(self):
        return self.model.objects.all()

    @cached_property
    def add_button(self):
        """The "add" button; on narrow screens its icon only."""
        return HeaderButton(
            self.add_item_label, url=self.add_url, icon_name="plus", classname="diptych-add"
        )

    @cached_property
    def spreadsheet(self):
        """The columns of the export: heading to function of a page."""
        columns = {_("Title"): lambda page: page.get_admin_display_title()}
        for code in available_languages():
            columns |= self._columns_of_language(code)
        return columns | {_("Updated"): lambda page: local(page.latest_revision_created_at)}

    def _columns_of_language(self, code):
        name = {"language": translated_language_name(code)}
        return {
            _("Headline (%(language)s)") % name: lambda page: page.text_in("headline", code) or "",
            _("State (%(language)s)") % name: lambda page: str(state_label(page, code)),
            _("Translation (%(language)s)") % name: lambda page: str(progress_label(page, code)),
            _("Dates (%(language)s)") % name: lambda page: "; ".join(coming_dates(page, code)),
            _("Address (%(language)s)") % name: lambda page: (
                page.full_url_in(code, self.request) or ""
            ),
        }


class PageMenuItem(MenuItem):
    """Shown to users who see Wagtail's "Pages"."""

    def is_shown(self, request):
        return page_policy().user_has_any_permission(
            request.user, MenuListView.any_permission_required
        )


#: Wagtail's filters that are left out: these pages have no children, and "owner", which some
#: translations call the author, need not be the author.
WITHOUT = ("has_child_pages", "owner")

LeafFilterSet = filter_set_in_languages(PageFilterSet, without=WITHOUT)


class ListViewSet(PageListingViewSet):
    """A listing in the main menu, below Wagtail's "Pages"."""

    index_view_class = MenuListView
    filterset_class = LeafFilterSet
    menu_item_class = PageMenuItem
    add_to_admin_menu = True
    ordering = "title"
