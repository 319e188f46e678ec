from articles.languages.models import PageLanguage
from articles.languages.schedules.models import LanguageSchedule
from articles.languages.translations.assignments import TranslationAssignment
from articles.languages.versions.history import RevisionLanguage
from articles.models.article import (
    ArticleAuthor,
    ArticlePage,
    ArticleTopic,
    ExcludedArticle,
    PickedArticle,
)
from articles.models.author import AuthorIndexPage, AuthorLink, AuthorPage
from articles.models.home import ArticleIndexPage, FrontArticle, FrontTopic, HomePage
from articles.models.image_problems import ImageProblem
from articles.models.images import CaptionedImage, CaptionedRendition
from articles.models.search import SearchEntry, SearchText, SearchWord
from articles.models.series import SeriesPage
from articles.models.settings import JournalSettings
from articles.models.standard import StandardPage
from articles.models.topic import TopicIndexPage, TopicPage
from articles.related.models import (
    RelatedPage,
    RelatedTerm,
    RelatedText,
    RelatedUncounted,
    RelatedVocabulary,
    RelatedWaiting,
)

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
    "ExcludedArticle",
    "FrontArticle",
    "FrontTopic",
    "HomePage",
    "ImageProblem",
    "JournalSettings",
    "LanguageSchedule",
    "PageLanguage",
    "PickedArticle",
    "RelatedPage",
    "RelatedTerm",
    "RelatedText",
    "RelatedUncounted",
    "RelatedVocabulary",
    "RelatedWaiting",
    "RevisionLanguage",
    "SearchEntry",
    "SearchText",
    "SearchWord",
    "SeriesPage",
    "StandardPage",
    "TopicIndexPage",
    "TopicPage",
    "TranslationAssignment",
]
