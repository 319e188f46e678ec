"""The one list of what is translated. Every other field is shared by all languages."""

from modeltranslation.translator import TranslationOptions, register

from articles.languages.translation import LanguagePageOptions
from articles.models import (
    ArticleAuthor,
    ArticleIndexPage,
    ArticlePage,
    AuthorIndexPage,
    AuthorPage,
    CaptionedImage,
    HomePage,
    JournalSettings,
    SeriesPage,
    StandardPage,
    TopicIndexPage,
    TopicPage,
)


@register([HomePage, ArticleIndexPage, TopicIndexPage, AuthorIndexPage])
class IntroducedPageOptions(LanguagePageOptions):
    fields = ("introduction",)


@register(ArticlePage)
class ArticleOptions(LanguagePageOptions):
    fields = ("lead", "body", "hero_alt", "hero_caption", "translator", "reviewer")


@register([TopicPage, SeriesPage])
class DescribedPageOptions(LanguagePageOptions):
    fields = ("description",)


@register(AuthorPage)
class AuthorOptions(LanguagePageOptions):
    fields = ("role", "biography")


@register(StandardPage)
class StandardPageOptions(LanguagePageOptions):
    fields = ("lead", "body")


@register(ArticleAuthor)
class ArticleAuthorOptions(TranslationOptions):
    fields = ("role",)
    fallback_languages = {"default": ()}


@register(CaptionedImage)
class CaptionedImageOptions(TranslationOptions):
    fields = ("alt", "caption")
    fallback_languages = {"default": ()}


@register(JournalSettings)
class JournalSettingsOptions(TranslationOptions):
    fields = ("name", "tagline", "footer_text")
    fallback_languages = {"default": ()}
