"""What editors see while they choose how their journal looks: its pages, not yet saved."""

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.languages.available import available_languages, language_name
from articles.languages.wagtail_compat import set_site
from articles.models import ArticlePage, HomePage
from themes.tokens import MODES

FRONT, ARTICLE = "front", "article"


def preview_modes():
    """``(name, label)`` for each kind of page, language and mode."""
    pages = {FRONT: _("Front page"), ARTICLE: _("Article")}
    modes = {"light": _("light mode"), "dark": _("dark mode")}
    return [
        (
            f"{page}:{mode}:{language}",
            f"{pages[page]}, {modes[mode]} ({language_name(language)})",
        )
        for language in available_languages()
        for page in pages
        for mode in MODES
    ]


def read_mode(name):
    """``(page, mode, language)`` of the name of a mode; what is not known becomes the first."""
    known = dict(preview_modes())
    return (name if name in known else next(iter(known))).split(":")


def serve_preview(settings, request, name):
    """A page of the site of ``settings`` as it would look with them."""
    page_name, mode, language = read_mode(name)
    settings.shown_mode = mode
    # The address of the preview is the admin's; the site is the one that is being changed.
    set_site(request, settings.site)
    page = _page(settings.site, page_name, language)
    if page is not None:
        return page.serve_preview(request, language)
    with override(language):
        return TemplateResponse(request, "diptych/no_page.html").render()


def _page(site, name, language):
    """A published page of that kind, else the front page; ``None`` where there is nothing."""
    with override(language):
        below = ArticlePage.objects.descendant_of(site.root_page).visible_in(language)
        article = below.newest_first().first() if name == ARTICLE else None
    homes = HomePage.objects.filter(pk=site.root_page_id).visible_in(language)
    return article or homes.first()
