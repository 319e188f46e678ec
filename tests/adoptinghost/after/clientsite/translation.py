from modeltranslation.translator import TranslationOptions, register

from clientsite.models import AboutPage, EventPage, Speaker
from diptych.articles.languages import MultilingualPageOptions


@register(AboutPage)
class AboutOptions(MultilingualPageOptions):
    fields = ("introduction", "body")


@register(EventPage)
class EventOptions(MultilingualPageOptions):
    fields = ("summary",)


@register(Speaker)
class SpeakerOptions(TranslationOptions):
    fields = ("role",)
