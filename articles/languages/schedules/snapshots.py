"""A draft kept as it was, to be published at a date beside what has become of the page since."""

import json

from django.utils import timezone

from articles.languages.permissions.shared import changed_shared, keep_shared
from articles.languages.publication import carry_over, hold_back, other_than

#: Where what was public is kept in the content of a draft, which has no field of that name.
ASIDE = "diptych_aside"


def freeze(page, language, user):
    """What publishing the newest draft of ``page`` in ``language`` would make public now.

    With what is public now, so that one can tell later what has been published in between.
    """
    public = page.stored()
    draft = public.get_latest_revision_as_object()
    hold_back(draft, [language], user)
    before = _content_of(public) if public.live else None
    return {**_content_of(draft), ASIDE: {"live": before}}


def thaw(page, content, language):
    """The draft that publishes what was frozen in ``language``, on the stored ``page``.

    Its other languages are those that readers have now. So is what all languages share and
    somebody has published since; the rest of it is published as it was frozen.
    """
    draft = page.with_content_json(content)
    before = content[ASIDE]["live"]
    if before or page.live:
        carry_over(page, draft, other_than([language]))
        since = changed_shared(page.with_content_json(before), page) if before else None
        keep_shared(page, draft, since)
    if draft.go_live_at and draft.go_live_at > timezone.now():
        draft.go_live_at = None
    draft.is_arranged = True
    return draft


def _content_of(page):
    return json.loads(page.to_json())
