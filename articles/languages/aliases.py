"""Keep every alias beside the page it shows, with no other alias between the two.

Wagtail lets an alias follow another one, and asks each on the way, however many there are, whether
it is private. What may be seen in a list is asked of thousands of pages at once: there an alias
has to name the page itself.
"""

import swapper
from wagtail.models import AbstractPage


def follow_the_original(sender, instance, raw=False, **kwargs):
    """Let an alias that is about to be saved follow what its source follows, if that is an alias.

    A receiver of ``pre_save``. Fixtures, whose pages may come in any order, are left as they are.
    """
    if raw or not isinstance(instance, AbstractPage) or not instance.alias_of_id:
        return
    pages = _pages()

    def stored_source(pk):
        return pages.filter(pk=pk).values_list("alias_of", flat=True).first()

    source = _original(instance.alias_of_id, stored_source)
    if source != instance.pk:
        instance.alias_of_id = source


def shorten_chains():
    """Let every alias of an alias follow the page itself."""
    aliases = _pages().filter(alias_of__isnull=False)
    sources = dict(aliases.values_list("pk", "alias_of"))
    for pk, source in sources.items():
        original = _original(source, sources.get)
        if original not in (source, pk):
            _pages().filter(pk=pk).update(alias_of=original)


def _original(pk, source_of):
    """The page at the end of the chain that begins at ``pk``.

    ``source_of`` gives what a page follows, or ``None``. Aliases in a ring, which no screen can
    make, end where they began.
    """
    seen = set()
    while (source := source_of(pk)) and pk not in seen:
        seen.add(pk)
        pk = source
    return pk


def _pages():
    return swapper.load_model("wagtailcore", "Page").objects.order_by()
