"""Keep a language as it is when somebody without the right to it saves a page.

Forms leave out what a person may not edit. This is the floor below them: whatever way a draft
comes in, a crafted request, a revert or a program acting for a user, the languages that are not
theirs are put back to what the newest draft says.
"""

from articles.languages.holding_back import carry_over
from articles.languages.rights.granted import languages_denied, may_edit_shared
from articles.languages.rights.shared import keep_shared


def keep_denied(page, user, newest):
    """Put what ``user`` may not edit back into ``page``, as the draft ``newest`` says it.

    ``newest`` is called for the draft and only when there is something to put back. Changes
    ``page`` and saves nothing; returns the languages that were kept.
    """
    denied = languages_denied(user, "edit")
    if not denied:
        return []
    previous = newest()
    carry_over(previous, page, denied)
    if not may_edit_shared(user, previous):
        keep_shared(previous, page)
    return denied
