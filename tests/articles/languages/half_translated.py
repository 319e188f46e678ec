"""Values of blocks and fields of which some passages are translated and others are not."""

import json
from itertools import count

from wagtail import blocks

from diptych.articles.languages.config.content import is_table, mapped
from diptych.articles.languages.publication.readiness.grading import grade
from tests.factories import make_article

FRENCH = (
    "Les bateaux restent au port jusqu’au printemps",
    "Le fleuve monte de trois mètres",
    "Une batelière raconte son hiver",
    "Débit moyen du fleuve",
    "La glace porte enfin les enfants",
)
ENGLISH = (
    "The boats stay in port until spring",
    "The river rises by three metres",
    "A boatwoman tells of her winter",
    "Average flow of the river",
    "The ice bears the children at last",
)


class Writer:
    """Writes one phrase after another, in English but for those with the numbers ``left``."""

    def __init__(self, left=()):
        self.left, self.numbers = left, count()

    def phrase(self):
        number = next(self.numbers)
        phrases = FRENCH if number in self.left else ENGLISH
        return f"{phrases[number % len(phrases)]} {number}"

    def html(self):
        note = f"<footnote> {self.phrase()}</footnote>"
        items = "".join(f"<li>{self.phrase()}</li>" for _each in range(2))
        return f"<p>{self.phrase()}{note}</p><p>{self.phrase()}</p><ul>{items}</ul>"

    def table(self):
        return {"data": [[self.phrase(), "2024"], [self.phrase(), "12"]]}

    def value(self, block):
        """A stored value of ``block`` with a phrase in each of its texts."""
        return mapped(block, skeleton(block), self._leaf)

    def _leaf(self, block, stored):
        if isinstance(block, blocks.RichTextBlock):
            return self.html()
        if isinstance(block, (blocks.CharBlock, blocks.TextBlock)):
            return self.phrase()
        return self.table() if is_table(stored) else stored


def skeleton(block):
    """A stored value of ``block`` with two of each that it can have several of."""
    if isinstance(block, blocks.StreamBlock):
        return [
            {"type": name, "value": skeleton(child), "id": f"{name}-1"}
            for name, child in block.child_blocks.items()
        ]
    if isinstance(block, blocks.StructBlock):
        return {name: skeleton(child) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [skeleton(block.child_block) for _each in range(2)]
    if isinstance(block, blocks.ChooserBlock):
        return 1
    if isinstance(block, blocks.URLBlock):
        return "https://example.org/a"
    if isinstance(block, blocks.DateBlock):
        return "2024-01-01"
    prepared = block.get_prep_value(block.normalize(block.get_default()))
    return {"data": []} if is_table(prepared) or hasattr(block, "table_options") else prepared


def phrases_in(block):
    """How many phrases a :class:`Writer` writes into a value of ``block``."""
    writer = Writer()
    writer.value(block)
    return next(writer.numbers)


def rich_body(*texts):
    return json.dumps(
        [{"type": "paragraph", "value": "".join(f"<p>{each}</p>" for each in texts), "id": "x"}]
    )


def half(journal, **values):
    return make_article(
        journal,
        "Le lac",
        "The lake",
        live_in=["fr"],
        **{
            "body_fr": rich_body("Un paragraphe du reportage.", "Un autre suit encore."),
            "body_en": rich_body("A paragraph of the report.", "Un autre suit encore."),
            **values,
        },
    )


def places_of(page):
    return {(place.key, place.excerpt) for place in grade(page, "en").places}
