"""Translations by a machine or from files that wait for somebody to confirm them.

They are beside the catalogue, which keeps its texts until then: readers see nothing of them.
"""

from diptych.articles.interface_texts.catalogues import entries_by_key, forms_needed
from diptych.articles.interface_texts.models import UnconfirmedText
from diptych.articles.interface_texts.validation import forms_of


def pending_in(catalogue, file):
    """Map keys to the :class:`UnconfirmedText` of each text of ``file``, the parsed catalogue.

    What the file says by now, and what has another number of forms than it needs, is left out.
    """
    entries = entries_by_key(file)
    return {
        each.key: each
        for each in _of(catalogue)
        if (entry := entries.get(each.key)) is not None
        and len(each.forms) == forms_needed(entry, file)
        and (each.forms != forms_of(entry) or entry.fuzzy)
    }


def forms_waiting(catalogue, keys):
    """Map those of ``keys`` for whose text something waits to its forms."""
    return dict(_of(catalogue).filter(key__in=list(keys)).values_list("key", "forms"))


def propose(catalogue, texts, origin):
    """Have ``texts``, forms by key, wait to be confirmed in place of what waited there before.

    Returns their :class:`UnconfirmedText` rows.
    """
    return UnconfirmedText.objects.bulk_create(
        [
            UnconfirmedText(
                language=catalogue.language,
                catalogue=catalogue.number,
                key=key,
                forms=forms,
                origin=origin[: UnconfirmedText.ORIGIN_LENGTH],
            )
            for key, forms in texts.items()
        ],
        update_conflicts=True,
        unique_fields=["language", "catalogue", "key"],
        update_fields=["forms", "origin", "proposed_at"],
    )


def discard(catalogue, keys):
    """Delete what waits for these texts."""
    _of(catalogue).filter(key__in=list(keys)).delete()


def _of(catalogue):
    return UnconfirmedText.objects.filter(language=catalogue.language, catalogue=catalogue.number)
