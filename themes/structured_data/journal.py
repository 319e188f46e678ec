"""Structured data of the publisher and of the website."""

from dataclasses import dataclass

from django.templatetags.static import static
from django.utils.translation import override
from wagtail.models import Site

from diptych.articles.languages.config.language_config import (
    active_language,
    available_languages,
    default_language,
)
from diptych.articles.languages.index.sites import absolute
from diptych.themes.appearance import settings_for
from diptych.themes.parts.language_switch import address_in
from diptych.themes.parts.navigation import navigation_for
from diptych.themes.parts.site_parts import site_part

#: The default logo: the path of a static file, its width and its height.
DEFAULT_LOGO = ("diptych/logo.png", 512, 512)


@dataclass(frozen=True)
class Publisher:
    """A journal; ``root`` is the URL of its site, ``home`` that of the front page, in a language.

    ``names`` are those in all languages, that in the default language first; ``elsewhere`` the
    URLs of its profiles on other sites, ``licence`` that of the licence of its articles.
    """

    name: str
    names: tuple
    tagline: str
    root: str
    home: str
    language: str
    elsewhere: tuple
    logo: dict
    licence: str

    @property
    def website_id(self):
        return f"{self.home}#website"


def publisher_of(request, settings):
    """The :class:`Publisher` of the site of ``request``; ``settings`` are those of the journal."""
    return site_part(request, "publisher", lambda: _publisher(request, settings))


def _publisher(request, settings):
    site = Site.find_for_request(request)
    links = [link.value["url"] for link in settings.social_links if link.block_type == "link"]
    return Publisher(
        name=settings.name_of(site),
        names=_names_of(settings, site),
        tagline=settings.tagline or "",
        root=absolute("/", request),
        home=absolute(navigation_for(request).home_url, request),
        language=active_language(),
        elsewhere=tuple(links),
        logo=_logo(request),
        # Readers are told of an address only with its name.
        licence=settings.licence_url if settings.licence else "",
    )


def _names_of(settings, site):
    names = []
    for code in sorted(available_languages(), key=lambda code: code != default_language()):
        with override(code):
            names.append(settings.name_of(site))
    return tuple(dict.fromkeys(names))


def organization(publisher):
    """The ``Organization``, the same on pages in every language."""
    data = {
        "@type": "Organization",
        "@id": f"{publisher.root}#organization",
        "name": publisher.names[0],
        "url": publisher.root,
        "logo": publisher.logo,
    }
    if publisher.names[1:]:
        data["alternateName"] = list(publisher.names[1:])
    if publisher.elsewhere:
        data["sameAs"] = list(publisher.elsewhere)
    return data


def website(publisher, request):
    """The ``WebSite`` with its search action."""
    return site_part(request, "website", lambda: _website(publisher, request))


def _website(publisher, request):
    data = {
        "@type": "WebSite",
        "@id": publisher.website_id,
        "name": publisher.name,
        "url": publisher.home,
        "inLanguage": publisher.language,
        "publisher": {"@id": organization(publisher)["@id"]},
    }
    if publisher.tagline:
        data["description"] = publisher.tagline
    search = address_in(request, publisher.language, None, "diptych_search")
    if search:
        address = absolute(search.partition("?")[0], request)
        data["potentialAction"] = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{address}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        }
    return data


def _logo(request):
    image = settings_for(request).logo
    path, width, height = DEFAULT_LOGO
    url = static(path)
    if image is not None:
        url, width, height = image.file.url, image.width, image.height
    return {
        "@type": "ImageObject",
        "url": absolute(url, request),
        "width": width,
        "height": height,
    }
