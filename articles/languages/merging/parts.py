"""What becomes of a page that several people write at the same time.

For each part of a page there are three versions: what a person's form was filled with, what the
form holds now, and what the latest draft says. Parts that only one of them changed are taken
from that one, whoever saves last; a part that both changed, and not to the same, is a conflict.

Versions are compared by fingerprints, which the form carries, so that no old revision is needed:
automatic saving overwrites revisions, and they may be deleted.
"""

import hashlib
import json
from datetime import UTC, datetime
from enum import Enum

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import ManyToManyField
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

from articles.languages.merging.markup import plain_form

#: The name of the hidden input in which a form carries its :class:`Base`.
INPUT_NAME = "diptych-base"


class Choice(Enum):
    """Whose version of a part is saved."""

    SAME = "same"
    MINE = "mine"
    THEIRS = "theirs"
    CONFLICT = "conflict"


class Base:
    """What a form was filled with, as two fingerprints for each part of the page.

    ``shown`` is what the form shows and ``stored`` what the draft said at that time; they differ
    where saving changes what was typed, as it fills an empty address. ``written`` names the parts
    that were changed in this form since it was opened.
    """

    def __init__(self, shown=None, stored=None, written=()):
        self.shown = shown or {}
        self.stored = stored or {}
        self.written = set(written)

    @classmethod
    def read(cls, text):
        """The base that ``text`` describes; one that knows of no part when it makes no sense."""
        try:
            content = json.loads(text)
            parts = {str(name): _pair(value) for name, value in content["parts"].items()}
            written = {name for name in content["written"] if name in parts}
        except (TypeError, ValueError, KeyError, AttributeError, RecursionError):
            return cls()
        return cls(
            {name: pair[0] for name, pair in parts.items()},
            {name: pair[1] for name, pair in parts.items()},
            written,
        )

    @classmethod
    def of_current(cls, stored):
        """For a form that says nothing but was opened on the latest draft: it changed the rest."""
        return cls(dict.fromkeys(stored, ""), dict(stored))

    def _copy(self):
        return Base(dict(self.shown), dict(self.stored), self.written)

    def __str__(self):
        parts = {
            name: shown if shown == self.stored[name] else [shown, self.stored[name]]
            for name, shown in self.shown.items()
        }
        content = {"parts": parts, "written": sorted(self.written)}
        return json.dumps(content, separators=(",", ":"))

    def choose(self, name, mine, theirs):
        """Whose version of a part is saved, by the fingerprints of both."""
        if mine == theirs:
            return Choice.SAME
        if name not in self.shown:
            return Choice.CONFLICT
        if mine == self.shown[name]:
            return Choice.THEIRS
        return Choice.MINE if theirs == self.stored[name] else Choice.CONFLICT

    def after_saving(self, choices, mine, stored):
        """The base of a form that has been saved and goes on being written in.

        Where somebody else's version was taken the form still shows an older one, and keeps it.
        """
        base = self._copy()
        for name, choice in choices.items():
            if choice is not Choice.THEIRS:
                base.shown[name], base.stored[name] = mine[name], stored[name]
        base.written |= {name for name, choice in choices.items() if choice is Choice.MINE}
        return base

    def after_refusal(self, choices, theirs):
        """The base of a form that came back with its conflicts shown.

        Whoever saves it again has seen what somebody else wrote.
        """
        base = self._copy()
        for name, choice in choices.items():
            if choice is Choice.CONFLICT or name not in base.shown:
                base.shown[name] = base.stored[name] = theirs[name]
        return base


def _pair(value):
    pair = [value, value] if isinstance(value, str) else value
    if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(e, str) for e in pair)):
        raise ValueError(value)
    return pair


def fingerprint(content):
    """Equal for two contents that say the same, as far as a form can tell."""
    text = json.dumps(_filled(content), sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:16]


def content_of(field, value):
    """What a form shows of the value of a model's field, as plain data to be compared."""
    if isinstance(field, StreamField):
        stored = value.get_prep_value() if value else []
        return _shown(field.stream_block, stored)
    if field.is_relation:
        return _related(field, value)
    if isinstance(value, datetime):
        return _to_the_minute(value)
    if isinstance(field, RichTextField):
        return plain_form(str(value or ""))
    return field.get_prep_value(value)


def _related(field, value):
    """What a relation leads to: a primary key, or several, or the words of tags."""
    if field.many_to_many:
        objects = value.all() if hasattr(value, "all") else value or ()
        is_of_keys = isinstance(field, ManyToManyField)
        return sorted(str(each.pk if is_of_keys else each) for each in objects)
    return getattr(value, "pk", value)


def _to_the_minute(moment):
    """As exact as the inputs of the editor are."""
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return moment.replace(second=0, microsecond=0).isoformat()


def _shown(block, stored):
    """A stored value of a block as the editor's form shows it, which leaves out unknown blocks."""
    if isinstance(block, blocks.RichTextBlock):
        return plain_form(str(stored or ""))
    if isinstance(block, blocks.StreamBlock):
        known = [each for each in stored or () if each["type"] in block.child_blocks]
        return [
            [each.get("id"), each["type"], _shown(block.child_blocks[each["type"]], each["value"])]
            for each in known
        ]
    if isinstance(block, blocks.StructBlock) and isinstance(stored, dict):
        return {
            name: _shown(child, stored[name] if name in stored else _default(child))
            for name, child in block.child_blocks.items()
        }
    if isinstance(block, blocks.ListBlock):
        items = [e["value"] if isinstance(e, dict) and "value" in e else e for e in stored or ()]
        return [_shown(block.child_block, item) for item in items]
    return stored


def _default(block):
    return block.get_prep_value(block.normalize(block.get_default()))


def _filled(content):
    """Content without what is empty in it, and texts in one form."""
    if isinstance(content, dict):
        pairs = {name: _filled(value) for name, value in content.items()}
        return {name: value for name, value in pairs.items() if value is not None}
    if isinstance(content, (list, tuple)):
        return [_filled(value) for value in content] or None
    if isinstance(content, str):
        return content.replace("\r\n", "\n").strip() or None
    return None if content is False else content
