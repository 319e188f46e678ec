"""Wagtail's views that change pages, each as one transaction.

Wagtail tells of a move or a withdrawal when its own transaction is over; what the page × language
table then says belongs to it all the same.
"""

from django.db import transaction
from django.utils.decorators import method_decorator
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.ordering import SetPagePositionView
from wagtail.admin.views.pages.unpublish import UnpublishView


@method_decorator(transaction.atomic, name="post")
class LanguageMoveConfirmView(MoveConfirmView):
    pass


@method_decorator(transaction.atomic, name="post")
class LanguagePagePositionView(SetPagePositionView):
    pass


@method_decorator(transaction.atomic, name="post")
class LanguageUnpublishView(UnpublishView):
    pass
