from modeltranslation.translator import register

from diptych.articles.languages import MultilingualPageOptions
from oddpages.models import PAGE_TYPES


@register(PAGE_TYPES)
class Options(MultilingualPageOptions):
    fields = ()
