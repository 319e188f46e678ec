"""Concepts, their terms in each language, and the hints that somebody has turned off."""

from django.db import models
from django.db.models import Max
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from diptych.articles.languages.config.language_config import active_language, available_languages
from diptych.articles.translation_tools.faults.models import MutedInPlace

#: The longest term, domain and note that are stored.
LONGEST_TERM, LONGEST_DOMAIN, LONGEST_NOTE = 200, 100, 2000


class Status(models.TextChoices):
    PREFERRED = "preferred", _("Preferred")
    ALLOWED = "allowed", _("Allowed")
    FORBIDDEN = "forbidden", _("Not to be used")


class Concept(models.Model):
    """Something that has a name in each language."""

    #: ``migrate`` does not drop the table while it has rows.
    kept_with_rows = True

    domain = models.CharField(
        _("domain"),
        max_length=LONGEST_DOMAIN,
        blank=True,
        help_text=_("A field in which the terms are used: law, archives, printing…"),
    )
    note = models.TextField(_("note"), max_length=LONGEST_NOTE, blank=True)
    changed_at = models.DateTimeField(auto_now=True, editable=False, db_index=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("glossary entry")
        verbose_name_plural = _("glossary entries")

    def __str__(self):
        return self.name

    @cached_property
    def name(self):
        """Its first term, in the language of the interface if it has one in that."""
        if self.pk is None:
            return ""
        languages = [active_language(), *available_languages()]
        found = (text for code in languages for text in self.texts(code))
        return next(found, f"#{self.pk}")

    def texts(self, language, *statuses):
        """Its terms in ``language``, the preferred ones first; of ``statuses`` if there are any."""
        order = list(statuses or Status.values)
        found = [
            each for each in self.terms.all() if each.language == language and each.status in order
        ]
        found.sort(key=lambda each: (order.index(each.status), each.pk))
        return [each.text for each in found]

    def write_terms(self, terms):
        """Replace its terms by ``(language, status, text)`` and note the moment of the change."""
        self.terms.all().delete()
        Term.objects.bulk_create(
            Term(concept=self, language=language, status=status, text=text)
            for language, status, text in terms
        )
        getattr(self, "_prefetched_objects_cache", {}).pop("terms", None)
        self.__dict__.pop("name", None)
        self.save(update_fields=["changed_at"])


class Term(models.Model):
    """A name of a concept in one language."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="terms")
    language = models.CharField(_("language"), max_length=12)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    text = models.CharField(_("term"), max_length=LONGEST_TERM)

    class Meta:
        default_permissions = ()
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "language", "text"], name="diptych_term_once_in_a_concept"
            )
        ]

    def __str__(self):
        return self.text


class MutedHint(MutedInPlace):
    """The terms of a concept that are right as they are in one place."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="muted_hints")

    class Meta(MutedInPlace.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language", "place", "concept"], name="diptych_hint_muted_once"
            )
        ]

    def __str__(self):
        return f"{self.page_id} {self.language} {self.place}: {self.concept_id}"


def glossary_version():
    """A value that differs whenever an entry has been added, changed or deleted."""
    return Concept.objects.aggregate(count=models.Count("pk"), newest=Max("changed_at"))
