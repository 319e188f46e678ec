"""Drafts that ask to be live in more languages, and how they stop asking.

Publishing a draft grants its wish, whoever publishes it and when. So a wish must not outlive
what it was made for: it is granted once, and goes when the date it waits for is called off.
"""

from articles.languages.available import available_languages, column


def forget_wishes(revision):
    """Let the draft in ``revision`` ask for no language beside those that are live."""
    names = [column("goes_public", language) for language in available_languages()]
    wished = [name for name in names if revision.content.get(name)]
    if not wished:
        return
    revision.content |= dict.fromkeys(wished, False)
    revision.save(update_fields=["content"])


def forget_wishes_of(page):
    """Let no draft of ``page`` ask for a language: nothing that was to happen to it will."""
    latest = page.revisions.filter(pk=page.stored().latest_revision_id)
    for revision in page.revisions.filter(approved_go_live_at__isnull=False) | latest:
        forget_wishes(revision)


def date_called_off(instance, update_fields=None, **kwargs):
    """Somebody cancels the date of a draft in the admin: follow the signal of ``Revision``."""
    if "approved_go_live_at" in (update_fields or ()) and instance.approved_go_live_at is None:
        forget_wishes(instance)
