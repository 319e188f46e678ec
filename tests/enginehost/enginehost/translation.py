from modeltranslation.translator import register

from articles.languages.translation import LanguagePageOptions
from enginehost.models import GuidePage


@register(GuidePage)
class GuideOptions(LanguagePageOptions):
    fields = ("introduction", "body")
