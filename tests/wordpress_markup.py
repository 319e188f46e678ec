"""Every kind of markup that posts of WordPress hold: blocks of core, shortcodes, those of plugins.

The patterns in ``wordpress_bodies/`` are written as their documentation says; a word of its own
stands in each place where readers see a text.
"""

import re
from itertools import count
from pathlib import Path

#: A word in a post, by which it is found again.
WORD = re.compile(r"\bq\d+q\b")
KINDS = ("core", "shortcodes", "plugins")
PARAGRAPH = "<!-- wp:paragraph -->\n<p>{w}</p>\n<!-- /wp:paragraph -->"
#: The texts of the footnotes of the block editor, which it keeps beside the post.
FOOTNOTES = '[{"id":"f1","content":"q0q <em>noted</em>"}]'


def parts_of(name):
    """The parts of a file of ``wordpress_bodies/``."""
    text = (Path(__file__).parent / "wordpress_bodies" / f"{name}.txt").read_text()
    return text.removesuffix("\n").split("\n====\n")


def _read(kind):
    for part in parts_of(kind):
        name, _line, pattern = part.partition("\n")
        yield f"{kind}: {name}", pattern.replace("{{", "{").replace("}}", "}")


#: The patterns by name; ``{w}`` stands for a word, ``{inner}`` for blocks.
PATTERNS = dict(pattern for kind in KINDS for pattern in _read(kind))


def body_of(name, inner=PARAGRAPH):
    """A post of the pattern ``name`` around ``inner``, between two paragraphs."""
    numbers = count(1)
    text = "\n\n".join((PARAGRAPH, PATTERNS[name].replace("{inner}", inner), PARAGRAPH))
    return re.sub(r"\{w\}", lambda _found: f"q{next(numbers)}q", text)


def holders():
    """The names of the patterns that hold blocks."""
    return [name for name, pattern in PATTERNS.items() if "{inner}" in pattern]


def bodies():
    """``(name, post)`` of each pattern alone, and of each within each one that holds blocks."""
    for name, pattern in PATTERNS.items():
        yield name, body_of(name)
        for holder in holders():
            inner = pattern.replace("{inner}", PARAGRAPH)
            yield f"{name}, in {holder}", body_of(holder, inner)
