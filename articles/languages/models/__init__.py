"""What is stored for each language of a page, and beside it."""

from articles.languages.models.assignments import (
    Review,
    TranslationAssignment,
    end_reviews,
    finish,
    handed_in,
)
from articles.languages.models.deleted_files import DeletedFile
from articles.languages.models.deleted_pages import DeletedPage
from articles.languages.models.draft_links import DraftLink
from articles.languages.models.notifications import Notification
from articles.languages.models.page_languages import PageLanguage, Progress
from articles.languages.models.revisions import (
    PUBLICATIONS,
    RevisionLanguage,
    record_languages,
    record_publication,
)
from articles.languages.models.schedules import (
    LanguageSchedule,
    call_off,
    log_schedule,
    schedule_lookup,
    schedules_of,
)
from articles.languages.models.unpurged_addresses import UnpurgedAddress

__all__ = [
    "PUBLICATIONS",
    "DeletedFile",
    "DeletedPage",
    "DraftLink",
    "LanguageSchedule",
    "Notification",
    "PageLanguage",
    "Progress",
    "Review",
    "RevisionLanguage",
    "TranslationAssignment",
    "UnpurgedAddress",
    "call_off",
    "end_reviews",
    "finish",
    "handed_in",
    "log_schedule",
    "record_languages",
    "record_publication",
    "schedule_lookup",
    "schedules_of",
]
