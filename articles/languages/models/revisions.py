"""The languages that a revision of a page changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations
from wagtail.models import PageLogEntry, Revision

from diptych.articles.languages.config.fields import revised_value, written_columns
from diptych.articles.languages.config.language_config import available_languages

#: Log actions of publications.
PUBLICATIONS = ("wagtail.publish", "wagtail.publish.scheduled")


class RevisionLanguage(models.Model):
    """A language changed by a revision of a page."""

    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, related_name="diptych_languages"
    )
    language = models.CharField(_("language"), max_length=12)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("language of a revision")
        verbose_name_plural = _("languages of revisions")
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "language"], name="diptych_revision_language_unique"
            )
        ]

    def __str__(self):
        return f"{self.revision_id} ({self.language})"


def record_languages(model, revision, before, unwritten=()):
    """Record which languages ``revision`` changed since the content ``before``; return them.

    ``unwritten`` languages were changed by the engine and not by an editor.
    """
    changed = changed_languages(model, before, revision.content)
    languages = [language for language in changed if language not in unwritten]
    RevisionLanguage.objects.bulk_create(
        [RevisionLanguage(revision=revision, language=language) for language in languages],
        ignore_conflicts=True,
    )
    return languages


def record_publication(entry):
    """Add the newly published languages to the data of a log entry.

    They are known once the revision is published. The entry of a save that belongs to the
    publication gets the same languages.
    """
    revision = entry.revision if entry.action in PUBLICATIONS else None
    languages = getattr(revision, "newly_public", None)
    if languages is None:
        return
    values = {language: "first" if first else "again" for language, first in languages.items()}
    entry.data = {**(entry.data or {}), "languages": values}
    saved = PageLogEntry.objects.filter(
        page_id=entry.page_id, revision=revision, action="wagtail.edit"
    )
    unchanged = saved.filter(revision__diptych_languages__isnull=True)
    unchanged.update(data={"languages": dict.fromkeys(values, "again")})


def changed_languages(model, before, after):
    """The languages whose text differs between two contents of revisions of ``model``.

    ``before`` may be ``None`` or empty: then every language that is written has changed.
    """
    return [
        language
        for language in available_languages()
        if _texts(model, before or {}, language) != _texts(model, after, language)
    ]


def _texts(model, content, language):
    """The texts of ``content`` in ``language`` for comparison, without empty values."""
    texts = {name: revised_value(model, content, name) for name in written_columns(model, language)}
    for relation in get_all_child_relations(model):
        columns = written_columns(relation.related_model, language)
        if not columns:
            continue
        for row in content.get(relation.get_accessor_name(), ()):
            known = {name: revised_value(relation.related_model, row, name) for name in columns}
            texts |= {f"{row.get('pk')}.{name}": value for name, value in known.items()}
    return {name: value for name, value in texts.items() if value}
