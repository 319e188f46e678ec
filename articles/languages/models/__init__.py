from articles.languages.models.assignments import Review, TranslationAssignment
from articles.languages.models.page_language import PageLanguage, PageLanguageQuerySet, Progress
from articles.languages.models.revision_languages import RevisionLanguage
from articles.languages.models.schedules import LanguageSchedule

__all__ = [
    "LanguageSchedule",
    "PageLanguage",
    "PageLanguageQuerySet",
    "Progress",
    "Review",
    "RevisionLanguage",
    "TranslationAssignment",
]
