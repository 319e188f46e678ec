"""Page types and settings of a journal; :mod:`diptych.articles.images.models` has the images.

A module for each type, its panels in ``panels``; ``listed`` are the rows of lists. Mixins for page
types: ``served_below`` (addresses below a page), ``side_by_side`` and ``republishing``;
``article_context`` is what the pages of an article show.
``new_journal`` makes the pages that a journal begins with, ``following`` publishes authors and
topics with the first article that names them. Imports ``lists`` and the rooms below. Begin with
``article``.
"""

from diptych.articles.images.models import (
    CaptionedImage,
    CaptionedRendition,
    ImageProblem,
    UnconfirmedImageText,
)
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
    "UnconfirmedImageText",
]
