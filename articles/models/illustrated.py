from django.db import models

from articles.alt_texts.kinds import Kind
from articles.alt_texts.places import PicturePlace, places_in
from articles.languages.available import column
from articles.languages.problems import PublicationProblem
from articles.models.settings import AltChecks, JournalSettings


class IllustratedMixin(models.Model):
    """A page type with pictures, whose alternative texts are checked before it is published.

    Put it before :class:`LanguagePageMixin`. A page without a field called ``hero_image`` or
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
        """A picture that says something needs words; the site decides which words will do."""
        problems = super().publication_problems(language)
        faulty = _faulty(self.picture_places(language))
        refused = [(place, fault) for place, fault in faulty if fault.kind == Kind.EMPTY]
        others = [pair for pair in faulty if pair not in refused and not pair[1].is_hint]
        if others and self._alt_checks() == AltChecks.REFUSE:
            refused = [pair for pair in faulty if pair in refused or pair in others]
        return problems + [_problem(place, fault) for place, fault in refused]

    def publication_advice(self, language):
        faulty = _faulty(self.picture_places(language))
        advice = [pair for pair in faulty if pair[1].kind != Kind.EMPTY]
        if advice and self._alt_checks() != AltChecks.WARN:
            return super().publication_advice(language)
        return super().publication_advice(language) + [
            _problem(place, fault) for place, fault in advice
        ]

    def _alt_checks(self):
        """What the site of this page does about doubtful alternative texts."""
        page = self if self.path else self.parent_to_be
        site = page.get_site() if page is not None else None
        chosen = JournalSettings.objects.filter(site=site).values_list("alt_checks", flat=True)
        return (site and chosen.first()) or AltChecks.WARN

    #: Where a page that is being created will stand.
    parent_to_be = None


def _faulty(places):
    return [(place, fault) for place in places for fault in place.faults]


def _problem(place, fault):
    field = column(place.field_of(fault), place.language)
    return PublicationProblem(field, place.sentence(fault), place.path_of(fault))
