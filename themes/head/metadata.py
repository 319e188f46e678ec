"""The data classes of the metadata in the HTML head."""

from dataclasses import dataclass, field, replace

from django.utils.translation import to_locale

from diptych.articles.linguistics.languages import language_data

#: Allows search engines pictures as wide as the screen.
LARGE_PREVIEWS = "max-image-preview:large"

#: The least width of an image for a large link preview, in pixels.
LARGE = 600


@dataclass(frozen=True)
class SharedPicture:
    """The image of a link preview on other sites; ``url`` is absolute."""

    url: str
    width: int
    height: int
    kind: str = "image/jpeg"
    alt: str = ""

    @property
    def card(self):
        return "summary_large_image" if self.width >= LARGE else "summary"


@dataclass(frozen=True)
class Head:
    """The metadata of a page. All URLs are absolute.

    ``alternates`` has a URL for every language, including the active one. ``share_title`` is the
    title without the name of the journal. ``robots`` is ``noindex`` if the page may not be indexed.
    ``authors`` are the URLs of the authors' pages.
    """

    title: str
    share_title: str
    description: str
    journal_name: str
    language: str
    picture: SharedPicture
    canonical: str | None = None
    alternates: list = field(default_factory=list)
    default_alternate: str | None = None
    robots: str = ""
    kind: str = "website"
    published: str = ""
    modified: str = ""
    section: str = ""
    authors: list = field(default_factory=list)
    tags: list = field(default_factory=list)

    def with_typography(self, style):
        """A copy whose texts are typeset in the house ``style``."""
        return replace(
            self,
            title=style.text(self.title),
            share_title=style.text(self.share_title),
            description=style.text(self.description),
        )

    @property
    def locale(self):
        return open_graph_locale(self.language)

    @property
    def other_locales(self):
        others = (each["lang_code"] for each in self.alternates)
        return [open_graph_locale(code) for code in others if code != self.language]


def open_graph_locale(code):
    """The Open Graph locale of a language code: ``fr_FR`` for ``fr``, ``fr_CH`` for ``fr-ch``."""
    without_territory = "" if "-" in code else language_data(code).OPEN_GRAPH_LOCALE
    return without_territory or to_locale(code)


def full_title(title, journal_name):
    """The title of the document: the title of the page, then the name of the journal."""
    if not journal_name or title == journal_name:
        return title
    return f"{title} – {journal_name}"
