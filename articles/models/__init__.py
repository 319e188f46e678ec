from diptych.articles.images.models import CaptionedImage, CaptionedRendition, ImageProblem
from diptych.articles.models.article import (
    ArticleAuthor,
    ArticlePage,
    ArticleTopic,
    ExcludedArticle,
    PickedArticle,
)
from diptych.articles.models.author import AuthorIndexPage, AuthorLink, AuthorPage
from diptych.articles.models.home import ArticleIndexPage, FrontArticle, FrontTopic, HomePage
from diptych.articles.models.listed import ListedArticle
from diptych.articles.models.print_issue import PrintIssueEntry, PrintIssueIndexPage, PrintIssuePage
from diptych.articles.models.series import SeriesPage
from diptych.articles.models.settings import JournalSettings
from diptych.articles.models.standard import StandardPage
from diptych.articles.models.topic import TopicIndexPage, TopicPage

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
    "ListedArticle",
    "PickedArticle",
    "PrintIssueEntry",
    "PrintIssueIndexPage",
    "PrintIssuePage",
    "SeriesPage",
    "StandardPage",
    "TopicIndexPage",
    "TopicPage",
]
