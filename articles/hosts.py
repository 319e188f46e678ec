"""Addresses as they are written for readers who are not on the site: with scheme and host."""

from urllib.parse import urljoin

from wagtail.models import Site


def absolute(url, request):
    """``url`` on the site that answers ``request``; one that is absolute stays as it is.

    The host is the one the site is known by, whichever of its names the request came to.
    """
    site = Site.find_for_request(request)
    return urljoin(site.root_url if site else request.build_absolute_uri("/"), url)
