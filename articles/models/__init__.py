from articles.images.models import CaptionedImage, CaptionedRendition, ImageProblem
from articles.models.article import (
    ArticleAuthor,
    ArticlePage,
    ArticleTopic,
    ExcludedArticle,
    PickedArticle,
)
from articles.models.author import AuthorIndexPage, AuthorLink, AuthorPage
from articles.models.home import ArticleIndexPage, FrontArticle, FrontTopic, HomePage
from articles.models.listed import ListedArticle
from articles.models.print_issue import PrintIssueEntry, PrintIssueIndexPage, PrintIssuePage
from articles.models.series import SeriesPage
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
