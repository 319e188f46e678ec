"""Tell a translator by mail what was given to them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.desk.addresses import desk_url, translating_url
from articles.desk.letters import send_later
from articles.languages.available import translated_language_name


@dataclass(frozen=True)
class Order:
    """A translation that was given to somebody."""

    page: object
    language: str
    words: int


def tell_later(request, translator, orders, due_date=None, comment=""):
    """Write to ``translator`` once the assignments are stored, unless they made them themselves."""

    def context_of(root):
        return {
            "orders": [_described(order, root) for order in orders],
            "due_date": due_date,
            "comment": comment,
            "desk_url": f"{root}{desk_url()}?claimed=me",
        }

    if orders:
        failure = _("The assignment is stored, but %(name)s could not be notified by e-mail.")
        send_later(request, translator, "diptych/admin/translations/mail", context_of, failure)


def _described(order, root):
    words = ngettext("%(count)s word", "%(count)s words", order.words) % {"count": order.words}
    return {
        "title": order.page.get_admin_display_title(),
        "language": translated_language_name(order.language),
        "words": words if order.words else "",
        "url": f"{root}{translating_url(order.page.pk, order.language)}",
    }
