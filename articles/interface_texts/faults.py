"""What may be wrong with a translation, judged by the text it translates.

Knows polib's entries and no Django, like :mod:`articles.interface_texts.catalogues`.
"""

import re
from collections import Counter
from dataclasses import dataclass

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"

PLACEHOLDERS = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TAGS = re.compile(r"<(?=[/!a-zA-Z])[^<>]*>?")
# What looks like punctuation inside these is none.
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

# What a keyboard types where French is printed with a space that does not break.
TYPED_IN_FRENCH = re.compile(
    rf"(?P<kept>{NOT_PROSE.pattern})"
    rf"|[ {NO_BREAK_SPACE}{NARROW_SPACE}]+(?P<high>[;!?»])"
    rf"|(?P<opening>«)[ {NO_BREAK_SPACE}{NARROW_SPACE}]+"
    rf"|[ {NO_BREAK_SPACE}{NARROW_SPACE}]+(?P<colon>:)(?=\s|$)"
    r"|(?<=\w)(?P<apostrophe>')(?=[\w%{<&])"
)


@dataclass(frozen=True)
class EntryFault:
    """What is wrong with one translation: its kind, and what is missing or too much."""

    kind: str
    message: str
    missing: tuple = ()
    superfluous: tuple = ()
    around: str = ""

    def __str__(self):
        return self.message


def entry_faults(entry, language, plural_count):
    """All that is wrong with one translation, each an :class:`EntryFault`."""
    source = entry.msgid
    forms = forms_of(entry)
    if entry.fuzzy:
        yield EntryFault("fuzzy", f"fuzzy: {source!r}")
    if entry.msgid_plural and len(forms) != plural_count:
        message = f"{len(forms)} plural forms instead of {plural_count}: {source!r}"
        yield EntryFault("plural forms", message)
    if not all(forms):
        yield EntryFault("empty", f"not translated: {source!r}")
        return
    yield from _placeholder_faults(entry, forms)
    yield from _markup_faults(entry, forms)
    if language.startswith("fr"):
        for form in forms:
            yield from _french_faults(form)


def forms_of(entry):
    """The translations of an entry: one, or one for each plural form."""
    if not entry.msgid_plural:
        return [entry.msgstr]
    return [text for _, text in sorted(entry.msgstr_plural.items())]


def _placeholder_faults(entry, forms):
    """Where the translation fills in something else than the source.

    A plural form for a single thing may spell the number out; the most general form, which
    comes last, may not. Placeholders without a name are filled in by their order.
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
            yield EntryFault("placeholders", message, tuple(missing), tuple(superfluous))
        if stray := _stray_mark(PLACEHOLDERS.sub("", form), wanted):
            message = f"{stray} must be written twice: {entry.msgid!r}"
            yield EntryFault("stray mark", message, superfluous=(stray,))


def _nameless(placeholders):
    return [each for each in placeholders if each in ("%s", "%d", "{}")]


def _stray_mark(rest, wanted):
    """A sign beside the placeholders that would be taken for the beginning of another one."""
    kinds = {each[0] for each in wanted}
    if "%" in kinds and "%" in rest.replace("%%", ""):
        return "%"
    if "{" in kinds:
        rest = rest.replace("{{", "").replace("}}", "")
        return next((mark for mark in "{}" if mark in rest), "")
    return ""


def _markup_faults(entry, forms):
    """Tags and straight quotation marks end up in the HTML of a page as they are."""
    sources = [entry.msgid, *filter(None, [entry.msgid_plural])]
    tags = [Counter(TAGS.findall(source)) for source in sources]
    quotes = max(TAGS.sub("", source).count('"') for source in sources)
    for form in forms:
        found = Counter(TAGS.findall(form))
        if found not in tags:
            message = f"other tags than the source: {entry.msgid!r}"
            missing, superfluous = tuple(tags[-1] - found), tuple(found - tags[-1])
            yield EntryFault("tags", message, missing, superfluous)
        if TAGS.sub("", form).count('"') > quotes:
            message = f"straight quotation marks: {entry.msgid!r}"
            yield EntryFault("quotes", message, superfluous=('"',))


def _french_faults(text):
    prose = NOT_PROSE.sub(lambda found: "x" * len(found[0]), text)
    for kind, pattern in FRENCH_RULES.items():
        for found in pattern.finditer(prose):
            around = _words_around(text, found)
            message = f"{found[0]} {ADVICE[kind]}: {around!r}"
            yield EntryFault(kind, message, superfluous=(found[0],), around=around)


def _words_around(text, found):
    """A dozen characters on either side, and the whole of the words they begin and end in."""
    start = text.rfind(" ", 0, max(0, found.start() - 12)) + 1
    end = text.find(" ", found.end() + 12)
    return text[start:] if end < 0 else text[start:end]


def set_as_printed(text, language):
    """Replace what a keyboard types by the spaces and apostrophes that French is printed with."""
    return TYPED_IN_FRENCH.sub(_printed, text) if language.startswith("fr") else text


def _printed(found):
    if found["high"]:
        return NARROW_SPACE + found["high"]
    if found["opening"]:
        return found["opening"] + NARROW_SPACE
    if found["colon"]:
        return NO_BREAK_SPACE + found["colon"]
    return "’" if found["apostrophe"] else found[0]
