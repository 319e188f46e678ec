"""Entries of the glossary for tests."""

from diptych.articles.translation_tools.glossary.models import Concept


def make_concept(domain="", note="", **terms):
    """An entry; ``fr="lac"``, ``en=["lake", "pond"]`` are preferred, ``en_allowed`` and so on."""
    concept = Concept.objects.create(domain=domain, note=note)
    rows = []
    for name, named in terms.items():
        language, _sign, status = name.partition("_")
        texts = [named] if isinstance(named, str) else named
        rows += [(language, status or "preferred", text) for text in texts]
    concept.write_terms(rows)
    return concept


def stored(concept):
    """Its terms as they are stored now, sorted."""
    return sorted((each.language, each.status, each.text) for each in concept.terms.all())
