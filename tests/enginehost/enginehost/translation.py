from modeltranslation.translator import register

from diptych.articles.languages import MultilingualPageOptions
from enginehost.models import GuidePage


@register(GuidePage)
class GuideOptions(MultilingualPageOptions):
    fields = ("introduction", "body")
