"""The stored state of each language of a page, its schedules, assignments and the bin."""

from diptych.articles.languages.models.assignments import (
    Review,
    TranslationAssignment,
    end_reviews,
    finish,
    handed_in,
)
from diptych.articles.languages.models.branch_deletions import BranchDeletion, DeletedPagePart
from diptych.articles.languages.models.deleted_files import DeletedFile
from diptych.articles.languages.models.deleted_pages import DeletedPage
from diptych.articles.languages.models.draft_links import DraftLink
from diptych.articles.languages.models.notifications import Notification
from diptych.articles.languages.models.page_languages import PageLanguage, Progress
from diptych.articles.languages.models.pending_pages import AbstractPendingPage
from diptych.articles.languages.models.revisions import (
    PUBLICATIONS,
    RevisionLanguage,
    record_languages,
    record_publication,
)
from diptych.articles.languages.models.schedules import (
    LanguageSchedule,
    call_off,
    log_schedule,
    schedule_lookup,
    schedules_of,
)
from diptych.articles.languages.models.searched_languages import PageInLanguage
from diptych.articles.languages.models.unmoved_branches import UnmovedBranch
from diptych.articles.languages.models.unpurged_addresses import UnpurgedAddress

__all__ = [
    "PUBLICATIONS",
    "AbstractPendingPage",
    "BranchDeletion",
    "DeletedFile",
    "DeletedPage",
    "DeletedPagePart",
    "DraftLink",
    "LanguageSchedule",
    "Notification",
    "PageInLanguage",
    "PageLanguage",
    "Progress",
    "Review",
    "RevisionLanguage",
    "TranslationAssignment",
    "UnmovedBranch",
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
