"""How an article is cited: in words, and as files for programs that manage references."""

import json
import re
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.text import get_text_list
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from diptych.articles.languages.config.dates import date_in_words
from diptych.articles.languages.config.language_config import active_language
from diptych.articles.languages.config.primary_keys import id_in
from diptych.articles.languages.index.sites import site_of
from diptych.articles.linguistics.quotations import within_quotation
from diptych.articles.lists.cards import cached_cards
from diptych.articles.models import JournalSettings

#: White space that would begin a new line or field of a file; no-break spaces stay.
SPACES = re.compile(r"[ \x00-\x1f\x7f-\x9f\u2028\u2029]+")
#: The characters that mean something in BibTeX, and how they are written.
BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "&%$#_{}"},
    }
)


@dataclass(frozen=True)
class Name:
    """The name of an author or a translator, as it is printed, and the page it is from."""

    printed: str
    author: object

    @property
    def parts(self):
        """The family and the given name; ``None`` where it is not known which is which.

        The family name stands at the end or at the beginning of the name.
        """
        family = _line(self.author.family_name)
        if family and self.printed.endswith(f" {family}"):
            return family, self.printed.removesuffix(family).strip()
        if family and self.printed.startswith(f"{family} "):
            return family, self.printed.removeprefix(family).strip()
        return None


@dataclass(frozen=True)
class Citation:
    """The bibliographic data of an article in ``language``; each value is a single line."""

    key: str
    title: str
    #: The :class:`Name` of each author, and of the translator, if there is one.
    authors: tuple
    translators: tuple
    journal: str
    day: date
    url: str
    language: str

    @property
    def text(self):
        """The citation in words."""
        values = {
            "authors": _printed(self.authors),
            "title": within_quotation(self.title),
            "translator": _printed(self.translators),
            "journal": self.journal,
            "date": date_in_words(self.day),
            "url": self.url,
        }
        return self._in_words() % values

    def _in_words(self):
        if self.authors and self.translators:
            return _(
                "%(authors)s, “%(title)s”, translated by %(translator)s, %(journal)s, %(date)s, "
                "%(url)s"
            )
        if self.authors:
            return _("%(authors)s, “%(title)s”, %(journal)s, %(date)s, %(url)s")
        if self.translators:
            return _("“%(title)s”, translated by %(translator)s, %(journal)s, %(date)s, %(url)s")
        return _("“%(title)s”, %(journal)s, %(date)s, %(url)s")


def citation_of(article, request, settings):
    """The :class:`Citation` of ``article`` in the active language; ``None`` without an address."""
    language, site = active_language(), site_of(request)
    url = article.full_url_in(language, request)
    if url is None or site is None:
        return None
    return Citation(
        key=f"{article.pk}-{language}",
        title=_line(article.headline),
        authors=tuple(_name(entry.author) for entry in article.byline),
        translators=tuple(map(_name, filter(None, [article.translator_shown]))),
        journal=_line(settings.name_of(site)),
        day=localdate(article.published_at),
        url=url,
        language=language,
    )


def _name(author):
    return Name(_line(author.name), author)


def _printed(names):
    return get_text_list([each.printed for each in names], pgettext("between two authors", "and"))


def _line(text):
    """``text`` without line breaks and other control characters."""
    return SPACES.sub(" ", text or "").strip()


def bibtex(citation):
    """The citation for BibTeX, in UTF-8; the case of the title is protected, and so are names whose
    family name is unknown.
    """
    fields = {
        "author": _bibtex_names(citation.authors),
        "title": f"{{{citation.title.translate(BIBTEX)}}}",
        "translator": _bibtex_names(citation.translators),
        "journal": citation.journal.translate(BIBTEX),
        "year": f"{citation.day:%Y}",
        "month": f"{citation.day.month}",
        "url": citation.url,
        "language": citation.language,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{citation.key},", *lines, "}", ""])


def _bibtex_names(names):
    return " and ".join(map(_bibtex_name, names))


def _bibtex_name(name):
    if name.parts is None:
        return f"{{{name.printed.translate(BIBTEX)}}}"
    return ", ".join(_bibtex_part(part.translate(BIBTEX)) for part in name.parts)


def _bibtex_part(part):
    """A part of a name in braces, if something in it would end it."""
    return f"{{{part}}}" if "," in part or " and " in f" {part} ".lower() else part


def ris(citation):
    """The citation in the format of Research Information Systems."""
    lines = [
        ("TY", "MGZN"),
        ("ID", citation.key),
        ("TI", citation.title),
        *(("AU", _ris_name(name)) for name in citation.authors),
        # Programs read the fourth kind of authors as translators.
        *(("A4", _ris_name(name)) for name in citation.translators),
        ("T2", citation.journal),
        ("PY", f"{citation.day:%Y}"),
        ("DA", f"{citation.day:%Y/%m/%d}"),
        ("UR", citation.url),
        ("LA", citation.language),
        ("ER", ""),
    ]
    return "".join(f"{name}  - {value}\r\n" for name, value in lines)


def _ris_name(name):
    return ", ".join(name.parts) if name.parts else name.printed


def csl_json(citation):
    """The citation as an item of the Citation Style Language."""
    day = citation.day
    item = {
        "id": citation.key,
        "type": "article-magazine",
        "title": citation.title,
        "author": _csl_names(citation.authors),
        "translator": _csl_names(citation.translators),
        "container-title": citation.journal,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": citation.url,
        "language": citation.language,
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _csl_names(names):
    return [
        dict(zip(("family", "given"), name.parts, strict=True))
        if name.parts
        else {"literal": name.printed}
        for name in names
    ]


@dataclass(frozen=True)
class Format:
    """A file format: its label, its extension, its media type, and the function that writes it."""

    label: str
    ending: str
    kind: str
    write: object


FORMATS = {
    "bibtex": Format("BibTeX", ".bib", "application/x-bibtex", bibtex),
    "ris": Format("RIS", ".ris", "application/x-research-info-systems", ris),
    "csl": Format("CSL JSON", ".json", "application/vnd.citationstyles.csl+json", csl_json),
}


def view_name(name):
    return f"diptych_cite_{name}"


VIEWS = tuple(map(view_name, FORMATS))


def files_of(article):
    """``label`` and ``url`` of each file that cites ``article`` in the active language."""
    return [
        {"label": each.label, "url": reverse(view_name(name), args=[article.pk])}
        for name, each in FORMATS.items()
    ]


def cite(request, pk, name):
    """The file that cites an article which any visitor may read in the language of the address."""
    site, made = site_of(request), FORMATS[name]
    number = id_in(str(pk))
    articles = cached_cards([number]) if site and number else []
    if not articles or not articles[0].path.startswith(site.root_page.path):
        raise Http404
    citation = citation_of(articles[0], request, JournalSettings.for_request(request))
    if citation is None:
        raise Http404
    filename = f"{citation.key}{made.ending}"
    headers = {
        "Content-Disposition": content_disposition_header(True, filename),
        "Link": f'<{citation.url}>; rel="canonical"',
        "X-Robots-Tag": "noindex",
    }
    content_type = f"{made.kind}; charset=utf-8"
    return HttpResponse(made.write(citation), content_type=content_type, headers=headers)


urlpatterns = [
    path(f"cite/<int:pk>/{name}/", cite, {"name": name}, name=view_name(name)) for name in FORMATS
]
