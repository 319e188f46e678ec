"""Tell the person who handed a text in what has become of it, in their language."""

import logging

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin import messages
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url
from wagtail.users.models import UserProfile

from articles.languages.available import translated_language_name

logger = logging.getLogger("diptych")


def tell_submitter(request, page, assignment, approved):
    """Send the decision to whoever handed the text in, unless they decided it themselves.

    A mail that cannot be sent undoes nothing; the person deciding is told.
    """
    recipient = assignment.submitted_by
    if recipient is None or recipient == request.user or not recipient.is_active:
        return
    if not recipient.email:
        return
    try:
        subject, body = _letter(request, page, assignment, recipient, approved)
        send_mail(subject, body, [recipient.email], fail_silently=False)
    except OSError:
        logger.exception("The decision on page %s could not be mailed.", page.pk)
        name = {"name": recipient.get_full_name() or recipient.get_username()}
        messages.warning(request, _("%(name)s could not be told by mail.") % name)


def _letter(request, page, assignment, recipient, approved):
    address = reverse("diptych_review", args=(page.pk, assignment.language))
    with override(UserProfile.get_for_user(recipient).get_preferred_language()):
        context = {
            "recipient": recipient,
            "reviewer": request.user,
            "title": page.get_admin_display_title(),
            "language_name": translated_language_name(assignment.language),
            "comment": assignment.review_comment,
            "approved": approved,
            "url": f"{get_admin_base_url() or request.build_absolute_uri('/')[:-1]}{address}",
        }
        subject = render_to_string("diptych/admin/reviews/decision_subject.txt", context).strip()
        return subject, render_to_string("diptych/admin/reviews/decision.txt", context).strip()
