"""What waits is done; what fails is tried again, and never forgotten."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from articles.related.models import RelatedWaiting
from articles.related.updating import update

logger = logging.getLogger(__name__)

#: The pause before the second attempt; it doubles each time, up to a day.
PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(days=1)
#: A page is never tried so often that the pause would have no number.
MOST_DOUBLED = 12


def work_off(waiting):
    """See to each page that waits; returns how many were done, and how many failed."""
    done = failed = 0
    for each in list(waiting):
        try:
            _work_off_one(each)
            done += 1
        except Exception as error:
            logger.exception("What belongs beside page %s could not be found.", each.page_id)
            _put_off(each, error)
            failed += 1
    return done, failed


@transaction.atomic
def _work_off_one(waiting):
    """A page that changes meanwhile is marked anew, and waits on."""
    update(waiting.page_id)
    RelatedWaiting.objects.filter(
        page_id=waiting.page_id, marked_at__lte=waiting.marked_at
    ).delete()


def _put_off(waiting, error):
    pause = min(PAUSE * 2 ** min(waiting.attempts, MOST_DOUBLED), LONGEST_PAUSE)
    RelatedWaiting.objects.filter(page_id=waiting.page_id).update(
        attempts=waiting.attempts + 1,
        retry_at=timezone.now() + pause,
        error=f"{type(error).__name__}: {error}",
    )
