"""Default credits of a translation, from the records of who translated and reviewed it."""

from collections import Counter

from django.apps import apps

from diptych.articles.languages.config.language_config import column
from diptych.articles.languages.models import Review, TranslationAssignment
from diptych.articles.languages.translations.provenance import record_of


def take_credit(article, languages):
    """Set the translator and the reviewer of ``languages`` from the records, where empty.

    Credits chosen by editors are not replaced. Only users whose account is connected with an
    author are credited. Modifies ``article`` without saving it.
    """
    for language in languages:
        if language == article.source_language:
            continue
        people = {
            "translator": _main_translator(article, language),
            "reviewer": _reviewer(article, language),
        }
        if people["reviewer"] == people["translator"]:
            people["reviewer"] = None
        _credit(article, language, people)


def _main_translator(article, language):
    """The id of the user who translated most of ``article``, or ``None``."""
    basis = record_of(article, language).get("basis", {})
    people = Counter(
        entry["by"] for entry in basis.values() if entry["how"] == "translated" and entry["by"]
    )
    return people.most_common(1)[0][0] if people else None


def _reviewer(article, language):
    """The id of the user who approved ``article``, or ``None``."""
    approved = TranslationAssignment.objects.filter(language=language, review=Review.NONE)
    approved = approved.filter(page_id=article.pk) if article.pk else approved.none()
    return approved.values_list("reviewed_by", flat=True).first()


def _credit(article, language, people):
    wanted = {
        name: person
        for name, person in people.items()
        if person and getattr(article, f"{column(name, language)}_id") is None
    }
    if not wanted:
        return
    authors = apps.get_model("diptych", "AuthorPage").objects.filter(account__in=wanted.values())
    known = dict(authors.order_by("-pk").values_list("account_id", "pk"))
    for name, person in wanted.items():
        if person in known:
            setattr(article, f"{column(name, language)}_id", known[person])
