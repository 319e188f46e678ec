"""What of a document could not be taken, or why nothing is, in the language of the editor."""

from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: How many of one kind are named; the others are counted.
NAMED = 12


class DocumentRefused(Exception):
    """Nothing can be taken from a document; the message says why, to the editor.

    ``language`` is that of the text, where there are several.
    """

    language = ""


def refused_as_too_long(limit):
    return DocumentRefused(
        _("This text is too long: at most %(limit)s characters with their markup are read.")
        % {"limit": number_format(limit, force_grouping=True)}
    )


def refuse_beyond(limit, number, sentence):
    """Raise ``DocumentRefused`` where ``number`` is above ``limit``; ``sentence`` names both."""
    if number > limit:
        shown = {"number": number, "allowed": limit}
        raise DocumentRefused(
            sentence
            % {name: number_format(each, force_grouping=True) for name, each in shown.items()}
        )


class Losses:
    """Collects what is not taken, by kind, each with some words that say where it was."""

    def __init__(self):
        self.details = {}
        #: The texts whose words are in no block by a rule.
        self.left_out = []

    def leave_out(self, text):
        """Remember that the words of ``text`` are in no block by a rule."""
        self.left_out.append(text)

    def add(self, kind, detail=""):
        words = Truncator(" ".join(str(detail).split())).chars(80)
        self.details.setdefault(kind, []).append(words)

    def count(self, kind):
        return len(self.details.get(kind, ()))

    def messages(self):
        """One sentence for each kind, in the order in which they are named below."""
        texts = _texts(self.count)
        return [
            _with_details(texts[kind], self.details[kind]) for kind in texts if self.count(kind)
        ]


def last_words(text, length=60):
    """The end of ``text``, from a whole word on."""
    return text if len(text) <= length else text[-length:].partition(" ")[2]


def _with_details(sentence, details):
    """``sentence`` with the words of what it is about; many are cut short."""
    named = list(dict.fromkeys(filter(None, details)))
    if not named:
        return sentence
    shown = [_("“%(words)s”") % {"words": each} for each in named[:NAMED]]
    if named[NAMED:]:
        shown.append("…")
    return f"{sentence} {', '.join(shown)}"


def _texts(count):
    """The sentences by kind; ``count`` gives the number of a kind."""
    return {
        "words": ngettext(
            "A word of the text is missing, and no rule says why. "
            "Compare the text with its source:",
            "%(count)s words of the text are missing, and no rule says why. "
            "Compare the text with its source:",
            count("words"),
        )
        % {"count": count("words")},
        "headline": _(
            "No headline was found: the name of the file or the first words stand in its place."
        ),
        "lead": _("No lead was found: write one."),
        "picture": ngettext(
            "A picture is missing. Choose it in its block:",
            "%(count)s pictures are missing. Choose them in their blocks:",
            count("picture"),
        )
        % {"count": count("picture")},
        "bad_picture": _("Pictures that could not be stored in the library:"),
        "alt": ngettext(
            "A picture needs an alternative text. Write it in its block:",
            "%(count)s pictures need an alternative text. Write them in their blocks:",
            count("alt"),
        )
        % {"count": count("alt")},
        "picture_in_table": _("Pictures in tables were left out:"),
        "equation": ngettext(
            "An equation is lost. It stood behind:",
            "%(count)s equations are lost. They stood behind:",
            count("equation"),
        )
        % {"count": count("equation")},
        "drawing": ngettext(
            "A chart or diagram is missing. It stood behind:",
            "%(count)s charts or diagrams are missing. They stood behind:",
            count("drawing"),
        )
        % {"count": count("drawing")},
        "element": _("Parts of the file that are of no known kind were left out:"),
        "note": _("Footnotes whose place holds no footnotes (heading, quotation or table):"),
        "tracked": _("Tracked changes were accepted: what was deleted is gone."),
        "struck": _("Words that were struck through were left out:"),
        "comment": ngettext(
            "A comment was left out.", "%(count)s comments were left out.", count("comment")
        )
        % {"count": count("comment")},
        "link": ngettext(
            "A link to a place or file of the document was removed, its words are kept:",
            "%(count)s links to places or files of the document were removed, "
            "their words are kept:",
            count("link"),
        )
        % {"count": count("link")},
        "link_in_plain": _("Links in headings, quotations and tables were removed:"),
        "embed": _("Films, recordings and frames were left out. Add a block for each:"),
        "table": _("Tables that are too large were left out:"),
        "merged": _("Merged cells of tables were separated. Check the table that begins with:"),
        "toc": _("The table of contents was left out: headings have their own addresses."),
        "direction": _(
            "Words are written from right to left. Select them and mark their language:"
        ),
        "joined": _("The text is very long: neighbouring paragraphs share a block."),
    }
