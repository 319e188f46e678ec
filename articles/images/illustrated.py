from django.db import models
from django.utils.translation import gettext_lazy as _

from diptych.articles.images.alt_texts.kinds import Kind
from diptych.articles.images.alt_texts.places import PicturePlace, places_in
from diptych.articles.languages.config.language_config import column
from diptych.articles.languages.publication.readiness.missing import PublicationProblem
from diptych.articles.languages.translations.units import ALT, CAPTION


class AltChecks(models.TextChoices):
    """The treatment of doubtful alternative texts on publication."""

    IGNORE = "ignore", _("Publish and say nothing")
    WARN = "warn", _("Publish and say what could be better")
    REFUSE = "refuse", _("Do not publish before it is mended")


class IllustratedMixin(models.Model):
    """A page type with images, whose alternative texts are checked before publication.

    Put it before :class:`MultilingualPageMixin`. A page without a field called ``hero_image`` or
    ``body`` has no picture there.
    """

    class Meta:
        abstract = True

    def picture_places(self, language):
        """Every picture of this page in ``language``, each a :class:`PicturePlace`."""
        hero = self.hero_place(language)
        places = [hero] if hero else []
        if hasattr(self, column("body", language)):
            places += places_in(self.text_in("body", language), "body", language)
        return places

    def hero_place(self, language):
        """The main picture, or ``None``."""
        hero = getattr(self, "hero_image", None)
        if hero is None:
            return None
        alt, caption = (self.text_in(name, language) for name in ("hero_alt", "hero_caption"))
        own = {"own_alt": (alt or "").strip(), "own_caption": (caption or "").strip()}
        return PicturePlace(hero, language, "hero_alt", **own)

    def publication_problems(self, language):
        """Add missing alternative texts and, if the site is strict, doubtful ones."""
        problems = super().publication_problems(language)
        faulty = _faulty(self.picture_places(language))
        refused = [(place, fault) for place, fault in faulty if fault.kind == Kind.EMPTY]
        others = [pair for pair in faulty if pair not in refused and not pair[1].is_hint]
        if others and self.alt_checks() == AltChecks.REFUSE:
            refused = [pair for pair in faulty if pair in refused or pair in others]
        return problems + [_problem(place, fault) for place, fault in refused]

    def publication_advice(self, language):
        faulty = _faulty(self.picture_places(language))
        advice = [pair for pair in faulty if pair[1].kind != Kind.EMPTY]
        if advice and self.alt_checks() != AltChecks.WARN:
            return super().publication_advice(language)
        return super().publication_advice(language) + [
            _problem(place, fault) for place, fault in advice
        ]

    def image_texts(self, language):
        texts = super().image_texts(language)
        for place in self.picture_places(language):
            _add_image_texts(texts, place, *self._unit_keys_of(place))
        return texts

    def _unit_keys_of(self, place):
        """The keys of the units that hold the alternative text of ``place`` and its caption."""
        if not place.path:
            return place.field, place.field.replace("alt", "caption")
        number = place.path[0]
        block = self.text_in(place.field, place.language)[number]
        key = f"{place.field}.{block.id or f'#{number}'}"
        return key, key

    def alt_checks(self):
        """The treatment of doubtful alternative texts on publication: an :class:`AltChecks`."""
        return AltChecks.WARN


def _add_image_texts(texts, place, alt_key, caption_key):
    """Add the texts of a :class:`PicturePlace` to the :class:`ImageTexts` of its page."""
    figure = place.figure
    if not figure.alt and not figure.decorative:
        texts.wordless[alt_key] += 1
    if figure.alt and place.borrows_alt:
        texts.borrow(alt_key, ALT, figure.alt)
    if figure.caption and not place.own_caption:
        texts.borrow(caption_key, CAPTION, figure.caption)
    texts.captions[caption_key] += bool(figure.caption)


def _faulty(places):
    return [(place, fault) for place in places for fault in place.faults]


def _problem(place, fault):
    field = column(place.field_of(fault), place.language)
    path = place.path_of(fault)
    inside = (place.block_id, path[-1]) if path else ()
    return PublicationProblem(field, place.sentence(fault), path, inside)
