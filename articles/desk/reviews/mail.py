"""Tell the person who handed a text in what has become of it."""

from django.utils.translation import gettext as _

from articles.desk.addresses import review_url
from articles.desk.letters import send_later
from articles.languages.available import translated_language_name


def tell_submitter(request, page, assignment, approved):
    """Send the decision to whoever handed the text in, unless they decided it themselves."""

    def context_of(root):
        return {
            "title": page.get_admin_display_title(),
            "language_name": translated_language_name(assignment.language),
            "comment": assignment.review_comment,
            "approved": approved,
            "url": f"{root}{review_url(page.pk, assignment.language)}",
        }

    failure = _("The decision is stored, but %(name)s could not be notified by e-mail.")
    send_later(
        request,
        assignment.submitted_by,
        "diptych/admin/reviews/decision",
        context_of,
        failure,
    )
