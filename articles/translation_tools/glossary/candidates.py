"""What could become entries of the glossary: names that the site has in several languages."""

import hashlib
from dataclasses import dataclass

from wagtail import hooks

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.linguistics.folding import fold_line
from diptych.articles.translation_tools.glossary.files import FileEntry
from diptych.articles.translation_tools.glossary.importing import NEW, Row, take
from diptych.articles.translation_tools.glossary.models import LONGEST_TERM, Concept, Status

#: The hook for who has names in several languages: a function without arguments. It returns
#: ``(kind, {language: text})`` pairs of what readers see; ``kind`` is a label.
HOOK = "register_diptych_glossary_candidates"


@dataclass
class Candidate:
    """A name in several languages; ``kind`` says what it names on the site."""

    kind: str
    texts: dict

    @property
    def key(self):
        """An identifier made of its texts."""
        said = "\n".join(f"{code}={text}" for code, text in sorted(self.texts.items()))
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def folded(self):
        return {(code, fold_line(text)) for code, text in self.texts.items()}


def candidates():
    """The :class:`Candidate` objects that no entry has the names of, in the order of the names."""
    known = [
        {(each.language, fold_line(each.text)) for each in concept.terms.all()}
        for concept in Concept.objects.prefetch_related("terms")
    ]
    holders = {}
    for names in known:
        for name in names:
            holders.setdefault(name, []).append(names)
    found = {}
    for offer in hooks.get_hooks(HOOK):
        for kind, texts in offer():
            each = Candidate(kind, _usable(texts))
            names = each.folded
            if len(each.texts) > 1 and not any(
                names <= held for name in names for held in holders.get(name, ())
            ):
                found.setdefault(frozenset(names), each)
    first = available_languages()[0]
    return sorted(found.values(), key=lambda each: fold_line(each.texts.get(first, "")))


def _usable(texts):
    """One-line texts that are no longer than a term, by language."""
    lines = {code: " ".join(str(texts.get(code) or "").split()) for code in available_languages()}
    return {code: text for code, text in lines.items() if 1 < len(text) <= LONGEST_TERM}


def add(chosen, user):
    """Make an entry of each candidate; return how many."""
    rows = []
    for each in chosen:
        terms = [(code, Status.PREFERRED, text) for code, text in each.texts.items()]
        rows.append(Row(FileEntry("", terms=terms), NEW, terms=tuple(terms)))
    return take(rows, user)
