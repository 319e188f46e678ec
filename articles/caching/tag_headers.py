"""Tags of pages for caches in front that purge by them: ``Cache-Tag`` and ``Surrogate-Key``."""

from collections import defaultdict

from django.conf import settings

from diptych.articles.caching.versions import with_kinds

#: What is between the tags in each of the headers.
SEPARATORS = {"Cache-Tag": ",", "Surrogate-Key": " "}
#: So many characters they have at most; servers in front have limits for all headers.
LONGEST = 2000


def tag_headers():
    """The names of the headers to send: ``DIPTYCH_PAGES_TAG_HEADERS``."""
    return getattr(settings, "DIPTYCH_PAGES_TAG_HEADERS", ())


def header_of(name, tags):
    """The value of the header ``name``: ``tags`` and those that stand for all of a kind.

    Where it would be too long, ``page:any`` replaces the tags of all pages, and so on, from the
    kind with most tags. A change of page 12 purges ``page:12`` and ``page:any``.
    """
    kinds = defaultdict(set)
    for tag in with_kinds(tags):
        kinds[tag.partition(":")[0]].add(tag)
    for kind in sorted(kinds, key=lambda kind: len(kinds[kind]), reverse=True):
        value = SEPARATORS[name].join(sorted(set().union(*kinds.values())))
        if len(value) <= LONGEST:
            break
        kinds[kind] = {f"{kind}:*", f"{kind}:any"}
    return value
