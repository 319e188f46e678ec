"""The contents of a head, and what all heads have in common."""

from dataclasses import dataclass, field, replace

from django.utils.translation import to_locale

#: Open Graph wants a territory where a language alone says enough.
OPEN_GRAPH_LOCALES = {"fr": "fr_FR", "en": "en_GB"}

#: From this width on a picture is shown large beside a link, in pixels.
LARGE = 600


@dataclass(frozen=True)
class SharedPicture:
    """The picture that other sites show beside a link; ``url`` is absolute."""

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
    """All addresses are absolute. ``alternates`` are those of every language, this one included.

    ``share_title`` leaves out the journal, which ``journal_name`` says where a link is shared.
    ``robots`` is empty where a page may be found. ``authors`` are the addresses of people.
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

    def set_in(self, style):
        """The same with its texts as the house ``style`` prints them."""
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
    return OPEN_GRAPH_LOCALES.get(code) or to_locale(code)


def full_title(title, journal_name):
    """The title of a window: what the page is called, then the journal."""
    if not journal_name or title == journal_name:
        return title
    return f"{title} – {journal_name}"
