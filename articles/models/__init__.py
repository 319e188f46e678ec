from articles.languages.models import PageLanguage
from articles.languages.schedules.models import LanguageSchedule
from articles.languages.translations.assignments import TranslationAssignment
from articles.languages.versions.history import RevisionLanguage
from articles.models.article import ArticleAuthor, ArticlePage, ArticleTopic, PickedArticle
from articles.models.author import AuthorIndexPage, AuthorLink, AuthorPage
from articles.models.home import ArticleIndexPage, HomePage
from articles.models.images import CaptionedImage, CaptionedRendition
from articles.models.settings import JournalSettings
from articles.models.standard import StandardPage
from articles.models.topic import TopicIndexPage, TopicPage

__all__ = [
    "ArticleAuthor",
    "ArticleIndexPage",
    "ArticlePage",
    "ArticleTopic",
    "AuthorIndexPage",
    "AuthorLink",
    "AuthorPage",
    "CaptionedImage",
    "CaptionedRendition",
    "HomePage",
    "JournalSettings",
    "LanguageSchedule",
    "PageLanguage",
    "PickedArticle",
    "RevisionLanguage",
    "StandardPage",
    "TopicIndexPage",
    "TopicPage",
    "TranslationAssignment",
]
