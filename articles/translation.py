"""The one list of what is translated. Every other field is shared by all languages."""

from modeltranslation.translator import TranslationOptions, register

from diptych.articles.languages.translation import MultilingualPageOptions
from diptych.articles.models import (
    ArticleAuthor,
    ArticleIndexPage,
    ArticlePage,
    AuthorIndexPage,
    AuthorPage,
    CaptionedImage,
    HomePage,
    JournalSettings,
    PrintIssueEntry,
    PrintIssueIndexPage,
    PrintIssuePage,
    SeriesPage,
    StandardPage,
    TopicIndexPage,
    TopicPage,
)


@register([HomePage, ArticleIndexPage, TopicIndexPage, AuthorIndexPage, PrintIssueIndexPage])
class IntroducedPageOptions(MultilingualPageOptions):
    fields = ("introduction",)


@register(ArticlePage)
class ArticleOptions(MultilingualPageOptions):
    fields = (
        "lead",
        "body",
        "corrections",
        "hero_alt",
        "hero_caption",
        "recording",
        "translator",
        "reviewer",
    )


@register([TopicPage, SeriesPage])
class DescribedPageOptions(MultilingualPageOptions):
    fields = ("description",)


@register(AuthorPage)
class AuthorOptions(MultilingualPageOptions):
    fields = ("role", "biography")


@register(PrintIssuePage)
class PrintIssueOptions(MultilingualPageOptions):
    fields = ("introduction", "pdf")


@register(StandardPage)
class StandardPageOptions(MultilingualPageOptions):
    fields = ("lead", "body")


@register(ArticleAuthor)
class ArticleAuthorOptions(TranslationOptions):
    fields = ("role",)
    fallback_languages = {"default": ()}


@register(PrintIssueEntry)
class PrintIssueEntryOptions(TranslationOptions):
    fields = ("section", "title")
    fallback_languages = {"default": ()}


@register(CaptionedImage)
class CaptionedImageOptions(TranslationOptions):
    fields = ("alt", "caption")
    fallback_languages = {"default": ()}


@register(JournalSettings)
class JournalSettingsOptions(TranslationOptions):
    fields = ("name", "tagline", "footer_text")
    fallback_languages = {"default": ()}
