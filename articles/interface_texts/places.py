"""The kinds of pages that show a site text, found by the source files in the catalogues."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.routes.addresses import public_urls


@dataclass(frozen=True)
class Place:
    """A kind of page for readers, and the files whose texts it shows.

    ``files`` are prefixes of names of templates or of paths of modules. An example of it is the
    newest page of ``page_type``, or the URL ``url_name``.
    """

    name: str
    label: str
    files: tuple = ()
    page_type: str = ""
    url_name: str = ""

    def url(self, language):
        """The address of a live page of this kind in ``language``, or None."""
        if self.url_name:
            return _reversed(self.url_name, language)
        return _newest_page(self.page_type, language) if self.page_type else None


def _reversed(name, language):
    try:
        with override(language):
            return reverse(name)
    except NoReverseMatch:
        return None


def _newest_page(page_type, language):
    app_label, model = page_type.split(".")
    pages = PageLanguage.objects.visible_in(language).filter(
        page__content_type__app_label=app_label, page__content_type__model=model
    )
    newest = pages.order_by("-page__first_published_at", "-page_id").values_list("url_path")[:1]
    return next(iter(public_urls(language, [path for (path,) in newest])), None)


COMPONENTS = "diptych/components/"

#: In the order of the screen. A text shown on several is listed with the first of them.
PLACES = (
    Place(
        "everywhere",
        _("Every page: header, menu and footer"),
        (
            "diptych/host_base.html",
            "diptych/journal_base.html",
            f"{COMPONENTS}footer.html",
            f"{COMPONENTS}mode_choice.html",
            f"{COMPONENTS}head",
            f"{COMPONENTS}language_switch.html",
            f"{COMPONENTS}links.html",
            f"{COMPONENTS}newsletter_link.html",
            f"{COMPONENTS}nameplate.html",
            "themes/parts/language_switch.py",
        ),
        page_type="diptych.homepage",
    ),
    Place(
        "front",
        _("Front page"),
        ("diptych/home_page.html", f"{COMPONENTS}lead_story.html", f"{COMPONENTS}topic_row.html"),
        page_type="diptych.homepage",
    ),
    Place(
        "article",
        pgettext_lazy("a kind of page", "Article"),
        (
            "diptych/article_page.html",
            "diptych/blocks/",
            "diptych/republish.html",
            "diptych/side_by_side.html",
            f"{COMPONENTS}author_box.html",
            f"{COMPONENTS}byline.html",
            f"{COMPONENTS}contents.html",
            f"{COMPONENTS}corrections.html",
            f"{COMPONENTS}enlarge",
            f"{COMPONENTS}figure.html",
            f"{COMPONENTS}footnotes.html",
            f"{COMPONENTS}neighbours.html",
            f"{COMPONENTS}newsletter.html",
            f"{COMPONENTS}picture.html",
            f"{COMPONENTS}recording.html",
            f"{COMPONENTS}related.html",
            f"{COMPONENTS}republished.html",
            f"{COMPONENTS}reuse.html",
            "articles/syndication/citations.py",
            f"{COMPONENTS}series.html",
            f"{COMPONENTS}share.html",
            f"{COMPONENTS}stored_copy.html",
            f"{COMPONENTS}texts_beside.html",
            f"{COMPONENTS}translation_note.html",
            "articles/richtext/footnotes.py",
            "themes/parts/rich_text.py",
            "themes/templatetags/diptych_article.py",
            "themes/parts/translation_notes.py",
        ),
        page_type="diptych.articlepage",
    ),
    Place(
        "list",
        _("List of articles"),
        (
            "diptych/article_index_page.html",
            f"{COMPONENTS}card.html",
            f"{COMPONENTS}kicker.html",
            f"{COMPONENTS}listing.html",
            f"{COMPONENTS}pagination.html",
        ),
        page_type="diptych.articleindexpage",
    ),
    Place(
        "archive",
        _("Archive"),
        ("articles/lists/archive.py", "diptych/archive", f"{COMPONENTS}months.html"),
        url_name="diptych_archive",
    ),
    Place(
        "topic",
        _("Topic"),
        ("diptych/topic_", f"{COMPONENTS}untranslated.html"),
        page_type="diptych.topicpage",
    ),
    Place("series", _("Series"), ("diptych/series_page.html",), page_type="diptych.seriespage"),
    Place(
        "print_issue",
        _("Print issue"),
        (
            "articles/lists/print_issues.py",
            "diptych/print_issue_",
            f"{COMPONENTS}printed_",
            f"{COMPONENTS}print_issue",
        ),
        page_type="diptych.printissuepage",
    ),
    Place("author", _("Author"), ("diptych/author_",), page_type="diptych.authorpage"),
    Place(
        "plain", _("Plain page"), ("diptych/standard_page.html",), page_type="diptych.standardpage"
    ),
    Place(
        "search",
        pgettext_lazy("the name of a page", "Search"),
        (
            "articles/search/facets.py",
            "articles/search/views.py",
            "diptych/search.html",
            "diptych/static_search.html",
            f"{COMPONENTS}search_",
        ),
        url_name="diptych_search",
    ),
    Place(
        "newsletter",
        _("Newsletter"),
        (
            "articles/newsletter/views.py",
            "diptych/newsletter.html",
            "diptych/newsletter_answer.html",
            "diptych/mail/",
        ),
        url_name="diptych_newsletter",
    ),
    Place("engines", _("Search engines and shared links"), ("themes/head/",)),
    Place(
        "feeds",
        _("Feeds"),
        ("diptych/feeds", f"{COMPONENTS}feed_"),
        url_name="diptych_feeds",
    ),
    Place(
        "errors",
        _("Errors and pages that are not there"),
        (
            "403",
            "404",
            "500.html",
            "503.html",
            "507.html",
            "diptych/no_page.html",
            "diptych/offline.html",
            "diptych/unavailable.html",
            "diptych/unwritten.html",
            "diptych_languages/unavailable.html",
            "diptych_languages/unwritten.html",
        ),
    ),
    Place(
        "mails",
        _("E-mails"),
        ("diptych_languages/admin/reviews/decision", "diptych_languages/admin/worklist/mail"),
    ),
)
#: Other templates that readers meet, such as those of a project, and texts without a known file.
ELSEWHERE = Place("elsewhere", _("Elsewhere on the site"))
ADMINISTRATION = Place(
    "administration", _("Administration"), ("diptych_interface_texts/", "wagtailadmin/")
)

ORDER = (*PLACES, ELSEWHERE, ADMINISTRATION)


def places_of(entry):
    """List the places of an entry in the order of the screen.

    A file of none of :data:`PLACES` counts as :data:`ADMINISTRATION` if it is a module or lies in a
    folder ``admin``, and as :data:`ELSEWHERE` if it is another template.
    """
    found = {_place_of_file(path) for path, _line in entry.occurrences} or {ELSEWHERE}
    return [place for place in ORDER if place in found]


def _place_of_file(path):
    is_template = "/templates/" in f"/{path}"
    name = path.rpartition("templates/")[2] if is_template else path
    for place in (*PLACES, ADMINISTRATION):
        if name.startswith(place.files):
            return place
    return ELSEWHERE if is_template and "/admin/" not in f"/{name}" else ADMINISTRATION
