"""Publishing one language while another is still being written.

Wagtail publishes a whole page. What is being written in the languages that wait is put aside
first, and saved as a newer draft afterwards.
"""

from modelcluster.models import get_all_child_relations

from articles.languages.available import available_languages
from articles.languages.fields import differing_columns, text_columns


def hold_back(draft, languages):
    """Put the live text of all other languages into ``draft``, and return it as it was.

    ``draft`` is the page about to be published in ``languages`` only. ``None`` when the page
    is not live, as then nothing of it is public and nothing needs holding back.
    """
    if not draft.live:
        return None
    kept = draft.with_content_json(draft.serializable_data())
    carry_over(type(draft)._default_manager.get(pk=draft.pk), draft, other_than(languages))
    return kept


def restore_draft(page, kept, languages, user):
    """Save a newer draft of ``page`` with what ``kept`` says in other languages.

    ``page`` has just been published in ``languages``, or will be at its date. Returns the
    revision, or ``None`` when there is nothing to restore.
    """
    draft = page.get_latest_revision_as_object()
    if kept is None or not carry_over(kept, draft, other_than(languages)):
        return None
    draft.ask_to_publish([])
    return draft.save_revision(user=user, clean=False)


def carry_over(source, target, languages):
    """Copy what is written in ``languages`` from one version of a page to another.

    That includes the rows below the page, such as its authors, that both versions have.
    Returns whether anything was different.
    """
    changed = _copy_columns(source, target, languages)
    for relation in get_all_child_relations(type(target)):
        name = relation.get_accessor_name()
        known = {child.pk: child for child in getattr(source, name).all()}
        children = list(getattr(target, name).all())
        common = [child for child in children if child.pk in known]
        if any([_copy_columns(known[child.pk], child, languages) for child in common]):
            getattr(target, name).set(children)
            changed = True
    return changed


def other_than(languages):
    return [language for language in available_languages() if language not in languages]


def _copy_columns(source, target, languages):
    columns = [name for each in languages for name in text_columns(type(target), each)]
    different = differing_columns(source, target, columns)
    for name in different:
        setattr(target, name, getattr(source, name))
    return bool(different)
