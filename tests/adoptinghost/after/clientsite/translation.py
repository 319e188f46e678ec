from modeltranslation.translator import TranslationOptions, register

from articles.languages import MultilingualPageOptions
from clientsite.models import AboutPage, EventPage, Speaker


@register(AboutPage)
class AboutOptions(MultilingualPageOptions):
    fields = ("introduction", "body")


@register(EventPage)
class EventOptions(MultilingualPageOptions):
    fields = ("summary",)


@register(Speaker)
class SpeakerOptions(TranslationOptions):
    fields = ("role",)
