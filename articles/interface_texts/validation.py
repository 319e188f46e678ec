"""Validation of translations against their source texts, and French typography.

Works on polib's entries without Django, like :mod:`diptych.articles.interface_texts.catalogues`.
"""

import re
from collections import Counter
from dataclasses import dataclass

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"

PLACEHOLDERS = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TAGS = re.compile(r"<(?=[/!a-zA-Z])[^<>]*>?")
# Punctuation inside these is not checked.
NOT_PROSE = re.compile(r"<[^>]*>|&#?\w+;|https?://\S+|" + PLACEHOLDERS.pattern)

FRENCH_RULES = {
    "narrow space before": re.compile(rf"(?<![{NARROW_SPACE}?!…(])[;!?»]"),
    "narrow space after": re.compile(rf"«(?!{NARROW_SPACE})"),
    "space before": re.compile(rf"(?<!{NO_BREAK_SPACE}):(?=\s|$)"),
    "apostrophe": re.compile(r"(?<=\w)'(?=\w)"),
}
ADVICE = {
    "narrow space before": "needs a narrow no-break space before it",
    "narrow space after": "needs a narrow no-break space after it",
    "space before": "needs a no-break space before it",
    "apostrophe": "should be a typographic apostrophe",
}

# Typed characters in place of no-break spaces and apostrophes of French typography.
TYPED_IN_FRENCH = re.compile(
    rf"(?P<kept>{NOT_PROSE.pattern})"
    rf"|[ {NO_BREAK_SPACE}{NARROW_SPACE}]+(?P<high>[;!?»])"
    rf"|(?P<opening>«)[ {NO_BREAK_SPACE}{NARROW_SPACE}]+"
    rf"|[ {NO_BREAK_SPACE}{NARROW_SPACE}]+(?P<colon>:)(?=\s|$)"
    r"|(?<=\w)(?P<apostrophe>')(?=[\w%{<&])"
)


@dataclass(frozen=True)
class EntryProblem:
    """A problem of a translation: its kind, and the missing or superfluous parts."""

    kind: str
    message: str
    missing: tuple = ()
    superfluous: tuple = ()
    around: str = ""

    def __str__(self):
        return self.message


def entry_problems(entry, language, plural_count):
    """Yield every :class:`EntryProblem` of the translation in one entry."""
    source = entry.msgid
    forms = forms_of(entry)
    if entry.fuzzy:
        yield EntryProblem("fuzzy", f"fuzzy: {source!r}")
    if entry.msgid_plural and len(forms) != plural_count:
        message = f"{len(forms)} plural forms instead of {plural_count}: {source!r}"
        yield EntryProblem("plural forms", message)
    if not all(forms):
        yield EntryProblem("empty", f"not translated: {source!r}")
        return
    yield from _placeholder_problems(entry, forms)
    yield from _markup_problems(entry, forms)
    if language.startswith("fr"):
        for form in forms:
            yield from _french_problems(form)


def forms_of(entry):
    """List the translations of an entry: one, or one for each plural form."""
    if not entry.msgid_plural:
        return [entry.msgstr]
    return [text for _, text in sorted(entry.msgstr_plural.items())]


def _placeholder_problems(entry, forms):
    """Compare the placeholders of a translation with those of its source.

    Only the last plural form needs every placeholder: a form for a single thing may spell the
    number out. Placeholders without a name must keep their order.
    """
    wanted = PLACEHOLDERS.findall(entry.msgid_plural or entry.msgid)
    for number, form in enumerate(forms, start=1):
        found = PLACEHOLDERS.findall(form)
        missing = Counter(wanted) - Counter(found) if number == len(forms) else Counter()
        superfluous = Counter(found) - Counter(wanted)
        if _nameless(found) != _nameless(wanted):
            missing = missing or _nameless(wanted)
        if missing or superfluous:
            message = f"other placeholders than the source: {entry.msgid!r}"
            yield EntryProblem("placeholders", message, tuple(missing), tuple(superfluous))
        if stray := _stray_mark(PLACEHOLDERS.sub("", form), wanted):
            message = f"{stray} must be written twice: {entry.msgid!r}"
            yield EntryProblem("stray mark", message, superfluous=(stray,))


def _nameless(placeholders):
    return [each for each in placeholders if each in ("%s", "%d", "{}")]


def _stray_mark(rest, wanted):
    """Return an unescaped ``%``, ``{`` or ``}`` outside the placeholders, or an empty string."""
    kinds = {each[0] for each in wanted}
    if "%" in kinds and "%" in rest.replace("%%", ""):
        return "%"
    if "{" in kinds:
        rest = rest.replace("{{", "").replace("}}", "")
        return next((mark for mark in "{}" if mark in rest), "")
    return ""


def _markup_problems(entry, forms):
    """Compare tags and straight quotation marks, which templates print unescaped."""
    sources = [entry.msgid, *filter(None, [entry.msgid_plural])]
    tags = [Counter(TAGS.findall(source)) for source in sources]
    quotes = max(TAGS.sub("", source).count('"') for source in sources)
    for form in forms:
        found = Counter(TAGS.findall(form))
        if found not in tags:
            message = f"other tags than the source: {entry.msgid!r}"
            missing, superfluous = tuple(tags[-1] - found), tuple(found - tags[-1])
            yield EntryProblem("tags", message, missing, superfluous)
        if TAGS.sub("", form).count('"') > quotes:
            message = f"straight quotation marks: {entry.msgid!r}"
            yield EntryProblem("quotes", message, superfluous=('"',))


def _french_problems(text):
    prose = NOT_PROSE.sub(lambda found: "x" * len(found[0]), text)
    for kind, pattern in FRENCH_RULES.items():
        for found in pattern.finditer(prose):
            around = _words_around(text, found)
            message = f"{found[0]} {ADVICE[kind]}: {around!r}"
            yield EntryProblem(kind, message, superfluous=(found[0],), around=around)


def _words_around(text, found):
    """Return the match with at least a dozen characters on either side, cut at whole words."""
    start = text.rfind(" ", 0, max(0, found.start() - 12)) + 1
    end = text.find(" ", found.end() + 12)
    return text[start:] if end < 0 else text[start:end]


def apply_typography(text, language):
    """Replace typed spaces and apostrophes by the typographic ones, in French only."""
    return TYPED_IN_FRENCH.sub(_typographic, text) if language.startswith("fr") else text


def _typographic(found):
    if found["high"]:
        return NARROW_SPACE + found["high"]
    if found["opening"]:
        return found["opening"] + NARROW_SPACE
    if found["colon"]:
        return NO_BREAK_SPACE + found["colon"]
    return "’" if found["apostrophe"] else found[0]
