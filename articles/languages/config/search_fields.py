"""Search fields of translated fields: one for each language, empty while that is not live."""

from wagtail.search import index

from diptych.articles.languages.config.fields import translated_fields
from diptych.articles.languages.config.language_config import available_languages, column


class OfLanguage:
    """A search field of a page type that gives the live text of one language."""

    def __init__(self, name, language, **options):
        super().__init__(column(name, language), **options)
        self.language = language

    def get_value(self, obj):
        if not (obj.live and getattr(obj, column("is_public", self.language))):
            return ""
        value = super().get_value(obj)
        return "" if value is None else value


class SearchFieldOfLanguage(OfLanguage, index.SearchField):
    pass


class AutocompleteFieldOfLanguage(OfLanguage, index.AutocompleteField):
    pass


class FilterFieldOfLanguage(OfLanguage, index.FilterField):
    pass


KINDS = {
    index.SearchField: SearchFieldOfLanguage,
    index.AutocompleteField: AutocompleteFieldOfLanguage,
    index.FilterField: FilterFieldOfLanguage,
}


def in_languages(model, field):
    """The search fields for ``field`` of ``model``: one for each language if it is translated."""
    kind = next((KINDS[each] for each in KINDS if isinstance(field, each)), None)
    if kind is None or field.field_name not in translated_fields(model):
        return [field]
    boost = {"boost": field.boost} if kind is SearchFieldOfLanguage else {}
    return [kind(field.field_name, code, **boost, **field.kwargs) for code in available_languages()]
