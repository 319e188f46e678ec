"""Snapshots of drafts for scheduled publication, independent of later changes to the page."""

import json

from django.utils import timezone

from diptych.articles.languages.publication.partial_publication import (
    carry_over,
    other_than,
    prepare_partial_publication,
)
from diptych.articles.languages.translations.shared import changed_shared, keep_shared

#: The key of a snapshot that holds the live content at the time it was taken.
BASELINE = "diptych_baseline"


def snapshot(page, language, user):
    """The content that publishing the newest draft of ``page`` in ``language`` would make live now.

    A dictionary, with the live content under ``BASELINE`` to detect publications in between.
    """
    public = page.stored()
    draft = public.get_latest_revision_as_object()
    prepare_partial_publication(draft, [language], user)
    before = _content_of(public) if public.live else None
    return {**_content_of(draft), BASELINE: {"live": before}}


def restore(page, content, language):
    """The draft of the stored ``page`` that publishes a snapshot in ``language``.

    The other languages, and shared content published since the snapshot, are as they are live.
    """
    draft = page.with_content_json(content)
    before = content[BASELINE]["live"]
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
